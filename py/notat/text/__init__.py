"""Text in and out: files read strictly, markup escaped, paths held inside the project, errors with a place.

Every other package may use this one, and it uses none of them.
"""
