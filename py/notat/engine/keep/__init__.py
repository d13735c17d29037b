"""Results of earlier builds under keys of all that they were made from, and outputs that appear whole or not at all."""
