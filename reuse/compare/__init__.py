"""Documents compared by what they repeat."""
