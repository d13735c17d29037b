"""Finished outputs read back as blocks of text, so that all three formats can be judged alike."""
