"""Definitions that officers write in the browser: drafts, and what a second person has published of them.

1. A draft (`Draft`) holds the files of a pack as texts; several people may work on it, and nobody overwrites another.
2. It is submitted, and published by somebody who did not write any of it, if it checks clean and its cases hold.
3. What is published (`Published`) never changes: a correction is another version, which takes over from its first day.
4. `queries.versions` gives the versions of a kind, shipped ones first; slices above that live by a kind of definition
   offer it with `effects.offer_kind` and are told what happens by the signals there.
"""
