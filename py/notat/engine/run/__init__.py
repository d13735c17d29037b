"""Chapters executed in a Jupyter kernel, and only those whose code, or anything it used, has changed."""
