"""What `quarto render` calls after it makes the outputs; the package does the work."""

from notat.hooks import run
from notat.hooks.post_render import main

run(main)
