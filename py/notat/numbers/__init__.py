"""Quantities with names: those that are a row, those that functions of a note derive, and where each comes from."""
