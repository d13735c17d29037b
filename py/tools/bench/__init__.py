"""How fast the engine is, measured in one run against what the same work costs by itself on the same machine."""
