"""Writing accounts: one verb per function, one transaction each, each with its audit entry."""
