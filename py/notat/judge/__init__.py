"""Tests of the outputs: checks, comparison, accessibility and reproducible bytes."""
