"""What web itself writes: the portable archive of everything."""
