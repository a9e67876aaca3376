"""Find the passages that reports share and the formulas that recur across them."""
