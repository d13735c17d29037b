"""Figures of the profiles, which know the municipality that they are drawn for."""
