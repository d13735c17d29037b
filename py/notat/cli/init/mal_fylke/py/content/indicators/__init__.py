"""Numbers of the note that follow from several rows of the data."""
