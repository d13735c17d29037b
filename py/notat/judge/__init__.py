"""What holds outputs to what they promise: checks, comparison, accessibility and bytes."""
