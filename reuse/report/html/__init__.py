"""The report as one HTML file: opened by a double click, read without a network, a server or, if need be, a script.

`page` writes it; `content` reads the run; `blocks` packs the data; `charts` draws; `assets/` has the template, the
style and the script, which this package carries along and writes into every report.
"""
