"""Who did what, when, what stood before and after: appended only, never changed, sealed in a chain.

Every service that writes calls `services.record` inside its own transaction, so that a deed and its entry
stand or fall together. An entry costs one insert and carries the digest of its own content. Once a minute the
sealer closes the batch of entries that came since and chains it: the head of a seal is the digest of the head
before it and of every entry in the batch. The head goes into the log (`huanchuang.audit.seal`), into
`audit-heads.log` beside the data and into each backup; somebody who rewrites the table would have to rewrite
those as well.

The table knows no user model: an actor is an id and a name, so that the trail outlives the account.

1. `models`   Entry and Seal; both refuse change and removal, in Python and by database triggers.
2. `services` record, record_look, record_bulk; seal; verify.
3. `queries`  the trail of a subject, the filtered list, the readable difference, the state of the chain.
"""
