"""The one language of criteria: conditions of policies, guards of workflows, checks of reports, formulas of indicators.

    sum(研发费用, 近3年) / sum(销售收入, 近3年) >= band(销售收入, 5000万: 5%, 2亿: 4%, else: 3%)

It is small, total and typed, with Chinese and English words. A text is parsed (`parser`), its types and units are checked
(`check`), and it becomes an `Expression`. Bound to a `Situation` (the day of the question, values of parameters, the work
calendar) it means the same in two executions: on one `Record`, step by step, so that it can say why (`explain`), and as
columns of Polars for millions of subjects (`columns.Answers`). A third, for a database, would join through the same port (`port`).

1. `Vocabulary`: the facts, parameters, related records and code trees that may be named.
2. `read(text, vocabulary)`: an `Expression`, or a `ProblemError` that names the place, the mistake and what to write.
3. `expression.at(situation).evaluate(record)`: a `Step` with value and reasons; `why`, `trace`, `missing` put it into words.
4. `Answers({name: bound}).of(table)`: a column of yes, no, unknown or exact numbers for each.

What is unknown stays unknown: Kleene's tables, made sharper by bounds (a score that reaches 60 without its missing part is
yes). A fact with periods means the last period that ended before the day of the question; 近3年 the last three ended
years, less those that ended before the registration. A value dated before the registration is no fact of the subject.
Money counts in fen, shares are exact fractions, quotients are compared by multiplying out: nothing is rounded but by `round`.
"""

from huanchuang.engines.expression.columns import Answers
from huanchuang.engines.expression.explain import Missing, missing, trace, why
from huanchuang.engines.expression.expression import Bound, Expression
from huanchuang.engines.expression.reading import read
from huanchuang.engines.expression.record import Record, Span, Step
from huanchuang.engines.expression.situation import Situation
from huanchuang.engines.expression.trees import Node, Tree
from huanchuang.engines.expression.vocabulary import Fact, Parameter, Relation, Vocabulary

__all__ = [
    "Answers",
    "Bound",
    "Expression",
    "Fact",
    "Missing",
    "Node",
    "Parameter",
    "Record",
    "Relation",
    "Situation",
    "Span",
    "Step",
    "Tree",
    "Vocabulary",
    "missing",
    "read",
    "trace",
    "why",
]
