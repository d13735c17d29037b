"""Scripts that `quarto render` calls, named in `_quarto.yml`; they do what the embedded engine does itself."""
