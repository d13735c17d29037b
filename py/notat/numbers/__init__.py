"""Quantities with names: what a row says by itself, what functions of a note derive, and where each comes from."""
