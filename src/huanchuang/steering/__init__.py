"""From the sentence of a plan to a closed line of the ledger.

An officer uploads a plan. A job hands it to the reader, which is an engine and knows nothing of us; what it finds
becomes an outline (`Item`), lines to be worked off (`Target`), and for each line its units (`Responsibility`) and
dates (`Deadline`). Every one keeps the offsets of its words and the reason why it was read so.

Nothing of this is in force until the officer has looked: lines are proposed, then accepted, corrected or rejected.
From then on units report, attach evidence, ask for closing; a second person of the bureau verifies or returns.
Each step is one service: one transaction, one audit entry, safe against the double click and the simultaneous edit.

The light of a line is never stored. It is computed by `queries.light` from deadline, figures and state as of a date,
says its reason, and admits that it does not know.

1. `models` – the plan and its outline, the lines with units and dates, reports, evidence and transitions.
2. `queries.proposal` turns a reading into lines without touching the database; the job and the command line share it.
3. `tasks.read_plan` writes those lines; killed and taken up again it gives the same rows.
4. `services` – upload, review, report, ask for closing, verify, return, adjust, end, remind.
5. `queries` – who sees what, the ledger and its filters, the light, the marked text, the workbook.
6. `views`, `api` – the same services and queries as pages and as JSON.
"""
