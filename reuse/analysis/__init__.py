"""Documents and groups of documents compared by what they repeat.

One module a table, its columns declared beside the function that computes it: `keyness` (groups against the rest),
`contrast` (two groups), `reference` (against another run), `profiles`, `matrix`, `lives`, `edits`, `changes`,
`families`, `frames`, `concordance`. The other modules are what these share; `stored` reads the run.
"""
