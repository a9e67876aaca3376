"""Candidates become matches: anchors, chains, alignment, merging."""
