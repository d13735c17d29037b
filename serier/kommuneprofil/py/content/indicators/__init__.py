"""Numbers of the profiles by rule: each is of the place that it is asked for."""
