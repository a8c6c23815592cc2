"""Policies decided for organisations: what one can have, nearly can have, and what would settle the rest; whom none reaches.

1. Definitions are packs (`packs.policies`); the engine (`engines.rules`) decides. This slice brings in what the register and
   the facts hold (`queries.known`), keeps what people answered (`Answer`) and what was decided (`Decision`, `Run`).
2. `queries.library` tells of policies, `queries.outlook` of one organisation, `queries.population` of all of them at once.
3. A decision that is kept stores policy version and hash, day, inputs with their sources, result and trace: it can be read
   years later, whatever became of the policy.
4. A run over all organisations is a job; its result is a file of columns (Parquet), kept by its hash.
"""
