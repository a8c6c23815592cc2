"""Pages of the registry: list with export, record, history, and the forms that change an entry, for every kind."""
