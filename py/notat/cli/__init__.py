"""The command `notat`: puts the engine and the domain together, and helps authors along."""
