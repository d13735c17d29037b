"""What the tables in `data/` say: rows, their schema, sources and contracts, and each value as an exact quantity.

A quantity carries its unit, its rounding interval and the cells that it came from through all arithmetic.
"""
