"""Word documents: fixes to what Pandoc writes, and parts merged into one document, byte for byte the same each time."""
