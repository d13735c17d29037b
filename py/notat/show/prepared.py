"""Importing this loads all that figures are drawn with, once for all the processes that fork from here."""

from __future__ import annotations

from notat.text import codebase


def _prepared() -> str:
    codebase.adopt()
    try:
        from notat.show import charts
        from notat.show.authoring import numbers
        from notat.show.charts.style import pyplot, register_fonts

        numbers()
        charts.names()
        pyplot()
        import seaborn as sns  # noqa: F401  # and pandas with it

        register_fonts()
    except Exception as error:  # the data and the chapters report it, and the note's code may raise anything
        return f"{type(error).__name__}: {error}"
    return ""


PROBLEM = _prepared()  # what went wrong, or nothing
