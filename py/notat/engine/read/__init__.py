"""From executed chapters to a book: Pandoc's tree in sections, numbered, with references and citations resolved."""
