"""The embedded engine: the same book that `quarto render` makes, from Python wheels alone.

config → source → execute → assemble (outline, references, citations) → html, pdf, docx. It reads the subset of Quarto
that the book uses and refuses, with file and line, what it does not know.
"""
