"""Facts: figures and statements about a subject, each with its period, source and the moment it became known.

A fact is never overwritten. A better figure supersedes the one before it; a wrong one can be withdrawn. Every row
keeps the stretch of time in which it was the current one, from `recorded_at` until `current_until`, so that
“what did we know on 31 March” is the same simple question as “what do we know now”.

Different sources do not push each other aside: for one subject, key and period each kind of source (a report,
an import, a reading by hand) has its own current fact, and pages show them side by side.

1. `models.Fact`: a constraint keeps one current fact for each subject, key, period, source kind and origin (the subject
   it came with in a merge). `models.SourceChoice`: which source counts where they differ, with the reason.
2. `services` record, correct, withdraw and choose; `record_facts` takes a million with one audit entry, and
   `services.sheets` the yearly sheets of offices.
3. `queries` answer value, series, history and table, now or as known at a past moment, within what one may see; `many`
   for very many subjects, `freshness` and `quality` for what a person must look after, `compare` for two dates.
4. `effects.may_see` lets a slice above answer who may see the facts of its own subjects.
"""
