"""Write the parts of a note – numbers, figures, claims, sources, chapters – where they belong, with their tests.

Each maker (`rows`, `derived`, `figures`, `claims`, `sources`, `chapters`) fills a `Plan` with the new text of the files
that must change together. What it writes is tried before it is written, and then all is written or nothing.
"""
