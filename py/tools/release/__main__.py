"""What `make test` ends with, and what `make release` does.

Without a version: record that all tests have passed with the present files. With one: make that release.
"""

from __future__ import annotations

import sys

import click

from notat.text import paths
from notat.text.errors import NotatError
from tools.release import release
from tools.release.state import mark_tested


def main(versions: list[str]) -> None:
    """Run for the project around the working folder; a problem gives one message and exit code 1."""
    try:
        root = paths.find_root()
        if not versions:
            mark_tested(root)
        for version in versions:
            for file in release(root, version, lambda step: click.echo(step, err=True)):
                click.echo(file.relative_to(root))
    except NotatError as error:
        sys.exit(f"Feil: {error}")


if __name__ == "__main__":
    main(sys.argv[1:])
