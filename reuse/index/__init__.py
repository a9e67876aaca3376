"""Tokens become candidates: shingles, MinHash signatures, LSH bands, the stored index."""
