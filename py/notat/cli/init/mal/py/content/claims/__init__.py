"""What the words of the note promise about its numbers."""
