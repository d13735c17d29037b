"""Figures of the note."""
