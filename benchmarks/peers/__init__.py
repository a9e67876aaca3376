"""Other detectors, each behind the same small adapter, run on the same corpora and scored by the same truth.

`peer.py` says what an adapter does; `scripts/` holds what runs in a peer's own environment. Nothing here is imported by
the package itself, and nothing is installed unless asked for.
"""
