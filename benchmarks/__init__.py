"""Corpora with planted truth, quality, speed and peers, measured by anyone."""
