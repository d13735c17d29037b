"""What this note computes and takes for granted."""

PLACE = "<< navn >>"
