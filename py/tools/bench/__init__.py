"""How fast the engine is, measured in one run against the cost of the same work alone on the same machine."""
