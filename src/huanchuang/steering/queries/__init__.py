"""Reading: who sees what, the ledger, the marked text, the light, sheets."""
