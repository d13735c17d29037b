"""What `quarto render` calls before it makes the outputs; the package does the work."""

from notat.hooks import run
from notat.hooks.pre_render import main

run(main)
