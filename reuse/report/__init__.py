"""Reports of a run, one writer a format."""
