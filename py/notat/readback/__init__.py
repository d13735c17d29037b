"""Finished outputs read back as blocks of text, so that the same checks apply to all three formats."""
