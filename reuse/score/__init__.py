"""How surprising a match is: the background model, bits and E-values."""
