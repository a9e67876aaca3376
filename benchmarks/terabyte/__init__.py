"""A model of a scan of a terabyte: what is measured on one machine, fitted, and played through on many workers.

`trace` measures a scan part by part, `shingles` how unevenly shingles are spread, `growth` says from both what each
stage would take at any size, and `simulation` plays the parts through on so many workers.
"""
