"""The book as web pages, PDF and Word."""
