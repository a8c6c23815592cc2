"""Same or different: which entries may be one, what people said about them, and what hangs on each.

1. `records` turns entries into the plain values that the engine compares, personal data as digests.
2. `comparing` puts two entries, or one and everything like it, to the engine.
3. `judged` knows what follows from what people said: same is transitive, different reaches across it.
4. `queue` lists the candidates a reader may see; `merging` says what a merge would move and what stands in its way.
"""
