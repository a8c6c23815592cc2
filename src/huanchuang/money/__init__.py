"""Money of programmes in fen. For now: budgets, and amounts kept free of them for somebody until they are paid or let go.

A budget can never be promised twice: whatever is reserved stands in the budget's own row beside its total, changed only under
a lock and guarded by a constraint, so that a hundred hands at once, or a mistake in a service, cannot go beyond it.
"""
