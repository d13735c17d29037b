"""Tables of the note."""
