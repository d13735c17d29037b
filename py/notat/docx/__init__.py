"""Word documents: what Pandoc leaves to be mended, and parts merged into one document with the same bytes each time."""
