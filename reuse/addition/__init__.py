"""Documents added to a run without comparing the old ones again."""
