"""Running this compiles the libraries that a note is rendered with, when the environment for it has just been made.

Each command, kernel and drawing process would do so anew where PYTHONDONTWRITEBYTECODE is set, as in containers.
"""

from __future__ import annotations

from importlib import import_module

USED = """
    ipykernel.kernelapp nbclient seaborn pikepdf lxml.html babel.dates babel.numbers ruamel.yaml jsonschema openpyxl
    httpx watchfiles fontTools.subset fontTools.varLib.instancer matplotlib.backends.backend_svg
"""

if __name__ == "__main__":
    for name in USED.split():
        import_module(name)
