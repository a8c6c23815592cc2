"""A Django admin as anybody would write it in an afternoon, for the same data."""
