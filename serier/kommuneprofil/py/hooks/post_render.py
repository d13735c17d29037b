"""What `quarto render` calls after it makes the outputs; the package does the work."""

from notat.cli.hooks import run
from notat.cli.hooks.post_render import main

run(main)
