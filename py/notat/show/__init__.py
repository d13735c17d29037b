"""What a chapter can say: numbers, figures, tables, claims, and where each number comes from.

This is the domain, which the engine gets as a `Domain` and does not import.
"""
