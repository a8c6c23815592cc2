"""The reader: a paper in, a ledger out, every item with its place in the text.

A plan from the State Council, a county's scheme broken by a pdf, a bureau's letter saved from its web site: they are
written in one grammar, and that grammar is data (`packs/data/documents`). The reader works in five steps.

1. `formats` takes the text out of docx, pdf, html, txt or md. From here on every offset counts its characters.
2. `flow` makes it readable: widths folded, broken lines joined, stray blanks gone; each character keeps its place.
3. `head` and `outline` find what holds the paper together: title, number, dates, addressee, numbered headings.
4. `quantities`, `deadlines`, `units`, `issues` and `open_targets` find the items, each under its task. A figure is a
   target, a thing achieved or a condition, by the words around it, then by its section, then by the kind of paper.
5. `doubts` names what a person should look at: damaged dates, lost range signs, left-out annexes, telephone numbers.

Nothing is guessed silently: `inferred` and `repaired` mark what is not in the text as it stands, `why` says why an item
was read so. The same text gives the same items from every format.
"""

from __future__ import annotations

from huanchuang.engines.reader.deadlines import base_year, deadlines_of
from huanchuang.engines.reader.doubts import doubts_of
from huanchuang.engines.reader.flow import flow_of
from huanchuang.engines.reader.formats import paper_from_bytes
from huanchuang.engines.reader.grammar import Grammar
from huanchuang.engines.reader.head import head_of
from huanchuang.engines.reader.issues import issues_of
from huanchuang.engines.reader.open_targets import open_targets_of
from huanchuang.engines.reader.outline import outline_of
from huanchuang.engines.reader.quantities import quantities_of
from huanchuang.engines.reader.stacked import stacked_tables
from huanchuang.engines.reader.tables import tables_of
from huanchuang.engines.reader.units import responsibilities_of
from huanchuang.engines.reader.values import (
    Annex,
    Deadline,
    Document,
    Doubt,
    Issue,
    Node,
    OpenTarget,
    Paper,
    Quantity,
    Reading,
    Responsibility,
)

__all__ = [
    "Annex",
    "Deadline",
    "Document",
    "Doubt",
    "Grammar",
    "Issue",
    "Node",
    "OpenTarget",
    "Paper",
    "Quantity",
    "Reading",
    "Responsibility",
    "paper_from_bytes",
    "read",
]


def read(paper: Paper, grammar: Grammar) -> Reading:
    """Everything in a paper that has to be done, counted or remembered; never fails on any text."""
    flow = flow_of(paper.text, grammar, markdown=paper.kind == "md")
    head = head_of(flow, grammar)
    tables = tables_of(flow, grammar, stacked_tables(flow, grammar))
    outline = outline_of(flow, grammar, head.document, head.title, tables)
    year = base_year(flow, head.document, flow.text[slice(*head.title)])
    times = deadlines_of(flow, grammar, outline, tables, year, list(head.masked))
    figures = quantities_of(flow, grammar, outline, head, tables, times, year)
    spans = [(figure.start, figure.end) for figure in figures]
    return Reading(
        document=head.document,
        outline=outline.nodes,
        quantities=tuple(figure.item for figure in figures),
        targets_without_number=tuple(open_targets_of(flow, grammar, outline, times, spans)),
        responsibilities=tuple(
            responsibilities_of(flow, grammar, outline, head.document.addressee, head.body, tables)
        ),
        deadlines=tuple(time.item for time in times if time.listed),
        documents_to_issue=tuple(issues_of(flow, grammar, outline, head.body)),
        problems=tuple(doubts_of(flow, head)),
    )
