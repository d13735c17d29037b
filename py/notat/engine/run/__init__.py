"""Chapters executed in a Jupyter kernel, and only those whose code or whatever it used has changed."""
