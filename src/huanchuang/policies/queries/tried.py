"""A draft put to one organisation, and what is known of it as an example case of the draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from huanchuang.definitions.models import Draft
from huanchuang.packs.editing.writing import inline
from huanchuang.packs.pack import CASES
from huanchuang.packs.policies import criteria
from huanchuang.policies.queries.decided import Found
from huanchuang.policies.queries.known import subject_of
from huanchuang.policies.queries.library import Listed
from huanchuang.policies.queries.outlook import answers_of, card_of
from huanchuang.policies.queries.shown import shown_value
from huanchuang.policies.queries.words import RESULTS
from huanchuang.registry.models import Organisation


def tried(listed: Listed, organisation: Organisation, as_of: dt.date) -> Found:
    """The draft decided for an organisation on a day, with the answers its published version has."""
    subject = subject_of(organisation, as_of)
    answers = answers_of(organisation, as_of).get(listed.id, {})
    return Found(organisation, subject, card_of(listed, subject, as_of, answers), as_of, answers)


def case_of(draft: Draft, found: Found) -> str:
    """The figures that were asked for, the answers and the result as the lines of a case; the organisation is not named."""
    return "\n".join([
        f"name: {inline(_name(draft, found))}",
        "ask: result",
        f"of: {found.as_of.isoformat()}",
        *_known(found),
        f"gives: {found.card.result}",
    ])  # fmt: skip


def _name(draft: Draft, found: Found) -> str:
    """A name that no other case of the draft has."""
    written = draft.files.get(CASES, "")
    first = f"取自实际数据：{found.as_of.isoformat()}，{RESULTS[found.card.result][0]}"
    number = next(number for number in range(1, len(written) + 2) if f"{first}（{number}）" not in written)
    return f"{first}（{number}）"


def _known(found: Found) -> Iterator[str]:
    facts, answers = (
        list(_facts(found)),
        [(name, met) for name, met in found.answers.items() if met is not None],
    )
    if facts or answers:
        yield "more:"
    if facts:
        yield "  facts:"
        yield from facts
    if answers:
        yield "  answers:"
        yield from (f"    {name}: {'yes' if met else 'no'}" for name, met in answers)


def _facts(found: Found) -> Iterator[str]:
    by_name: dict[str, dict[str, str]] = {}
    for key, period in found.needed:
        fact, taken = criteria().vocabulary.fact(key), found.subject.taken.get((key, period))
        if fact is not None and taken is not None:
            by_name.setdefault(fact.zh, {})[period] = inline(shown_value(taken))
    for name, values in by_name.items():
        dated = ", ".join(f"{period}: {value}" for period, value in values.items() if period)
        yield f"    {inline(name)}: {values[''] if '' in values else '{' + dated + '}'}"
