"""One file a format, and `registry.py`, which has one line for each.

A reader is a module with a function `read(path, options, troubles)` that yields the `Record`s of a file and tells
`troubles` what it leaves out. To add a format, write one and put its line into the registry.
"""
