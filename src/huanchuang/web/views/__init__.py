"""Pages that belong to no slice: home, search, errors, health."""
