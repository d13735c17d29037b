"""What the author wrote, read and checked once: configuration, chapters with their includes, house style, data."""
