"""Results of earlier builds under keys of all their inputs, and outputs that appear complete or not at all."""
