"""Corpora with known truth, made on the spot: deterministic by seed, streamed to disk, of any size."""
