"""Tables of the note, a module for each chapter."""
