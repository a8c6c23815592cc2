"""Reading: drafts, versions, and what differs between two of them."""
