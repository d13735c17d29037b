"""What a chapter can say: numbers, figures, tables, claims, and where each number comes from.

This is the domain that the engine is told of but does not know.
"""
