"""Pages of accounts: `gate` for everybody, `people` for the administrator, `own` for oneself, `door` for coming in."""
