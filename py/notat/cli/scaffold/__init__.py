"""Write the parts of a note – numbers, figures, claims, sources, chapters – where they belong, with their tests.

Each maker (`rows`, `derived`, `figures`, `claims`, `sources`, `chapters`) fills a `Plan` with the new text of the files
that must change together. The new code is tried before it is written, and then all files are written or none.
"""
