"""Long work that survives: a row of its own for each job, done by a worker, watched on a page.

A slice registers a *body* for a kind of work and starts jobs of that kind. The job row is written together with its
task in the queue of django-tasks, so that neither exists alone. A worker takes the job by a conditional update, which
gives the run a token and a lease. Each report of progress renews the lease and notices a cancel; each checkpoint saves
where the next attempt goes on, in the transaction of the work itself. When a worker is killed, the lease runs out, the
ticker queues the job again and the next run goes on at the cursor; a run that lost its token can write nothing more.

1. `effects.body(kind)` registers a body, `effects.every(seconds, name)` regular work, `effects.finished` is the news.
2. `services.start` writes and queues, a double click gets the same job; `services.cancel` calls it off.
3. `services.perform` claims, works, ends: a `ProblemError` is shown as it is, any other failure as a reference number.
4. `services.tick` (every few seconds) reclaims and calls the regular work; `services.work_off` needs no worker.
5. The bookkeeping of progress and leases is not audited; start, cancel, reclaim and end are.
"""
