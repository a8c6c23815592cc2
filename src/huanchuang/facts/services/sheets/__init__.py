"""Yearly figures from sheets: one row for a unit and a year, one column for each figure.

1. `columns` says which figures a heading may mean: by name, alias or code, with the year in it or without.
2. `checking` holds the rows against what is known: new, changed, the same, or wrong in this cell for that reason.
3. `writing` records the good rows and takes them back, always by superseding and withdrawing.
4. `importer` puts the three together for the registry, whose pages and jobs do the rest.
"""
