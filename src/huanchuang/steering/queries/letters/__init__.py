"""Reading 建议提案: who sees which, how they stand, what their papers say.

1. `terms` counts days by the rules of the pack and the work calendar; `standing` is the light of a letter.
2. `visibility` decides who sees and does what; `lists`, `record`, `statistics` build on it.
3. `text` is the paper as typed: tokens of cited figures, and figures without a record. `citations` takes figures from
   records and sees when a record has changed; `composing` puts a first draft together; `rendering` gives the parts of
   the paper, `word` writes them.
"""
