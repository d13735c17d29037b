"""What this note computes, shows and promises: its numbers, figures, tables and claims, a module for each chapter."""

PLACE = "Nordland"
