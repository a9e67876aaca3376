"""Files become Documents, Documents become Tokens.

`document.py` says what a Document is, `tokens.py` what the columns of Tokens are; a reader per format turns files into
Documents, `normalise.py` and `tokenise.py` turn their texts into Tokens whose spans point into the original text.
"""
