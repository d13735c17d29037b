"""Programs for those who work on the package: benchmarks, mutation, releases and the Word reference document.

They are no part of the wheel.
"""
