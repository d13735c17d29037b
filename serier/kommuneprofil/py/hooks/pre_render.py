"""What `quarto render` calls before it makes the outputs; the package does the work."""

from notat.cli.hooks import run
from notat.cli.hooks.pre_render import main

run(main)
