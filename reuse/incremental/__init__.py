"""A run is changed without comparing again what stays: documents are added and removed."""
