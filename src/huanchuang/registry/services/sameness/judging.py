"""What a person says about a pair is remembered, and asked about again where it contradicts what was said before."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from huanchuang.audit import services as audit
from huanchuang.engines.kernel import Problem, ProblemError, ProblemText, refuse
from huanchuang.engines.sameness import Comparison
from huanchuang.orm import clock
from huanchuang.registry.models import Candidate, Entry, Judgement, Said
from huanchuang.registry.queries.kinds import kind_of
from huanchuang.registry.queries.sameness.comparing import compare_entries
from huanchuang.registry.queries.sameness.judged import are_one, contradictions, ordered

LONGEST_NOTE = 300


class Contradiction(ProblemError):
    """What is about to be said contradicts what was said before: `earlier` judgements. Saying why lets it pass."""

    def __init__(self, problem: Problem, earlier: Sequence[Judgement]) -> None:
        super().__init__(problem)
        self.earlier = tuple(earlier)


def judge(
    actor: audit.Actor, one: Entry, other: Entry, verdict: str, note: str = "", despite: str = ""
) -> Judgement:
    """Say that two entries of a kind are the same, different, or that it is not sure.

    Raises Contradiction where the opposite follows from earlier judgements, unless `despite` says why it is said
    all the same; ProblemError for two kinds or one entry.
    """
    refuse_pair(one, other)
    with transaction.atomic():
        if not despite.strip():
            refuse_contradiction(one, other, verdict)
        return remember(
            actor, one, other, verdict, despite or note, compare_entries(kind_of(one), one, other)
        )


def remember(
    actor: audit.Actor, one: Entry, other: Entry, verdict: str, note: str, comparison: Comparison
) -> Judgement:
    """Write the judgement, which takes the place of an earlier one. Call it inside a transaction."""
    first, second = ordered(one.subject, other.subject)
    Judgement.objects.filter(one=first, other=second, is_current=True).update(is_current=False)
    made = Judgement.objects.create(
        one=first,
        other=second,
        verdict=verdict,
        at=clock.now(),
        by=actor.id,
        by_name=actor.name,
        note=note.strip()[:LONGEST_NOTE],
        score=comparison.score,
        comparison=comparison.as_data(),
    )
    Candidate.objects.filter(one=first, other=second).update(said=verdict)
    deed = f"registry.{kind_of(one).name}.judge"
    for subject, with_ in ((first, second), (second, first)):
        audit.record(actor, deed, subject, after={"verdict": str(verdict), "with": with_}, note=made.note)
    return made


def refuse_pair(one: Entry, other: Entry) -> None:
    """Raise ProblemError unless these are two entries of one kind."""
    if type(one) is not type(other) or one.pk == other.pk:
        raise refuse(
            "registry.same.pair",
            ("比较", "要选同一类的两条不同记录", "请重新选择"),
            ("Comparison", "needs two different entries of one kind", "Choose again"),
        )


def refuse_contradiction(one: Entry, other: Entry, verdict: str) -> None:
    """Raise Contradiction where the opposite follows from what was said before."""
    if verdict == Said.SAME and (earlier := contradictions(one.subject, other.subject)):
        raise Contradiction(_held_apart(earlier[0]), earlier)
    if verdict == Said.DIFFERENT and are_one(one.subject, other.subject):
        raise Contradiction(
            Problem(
                "判断", "按此前的判断或合并，这两条已是同一个", "确有依据时请写明理由再次提交",
                code="registry.same.contradiction",
                en=ProblemText("Judgement", "by earlier judgements or merges these two are one already", "Say why and submit again if you are sure"),
            ),
            (),
        )  # fmt: skip


def _held_apart(earlier: Judgement) -> Problem:
    day = f"{earlier.at:%Y-%m-%d}"
    return Problem(
        "判断", f"{earlier.by_name}于{day}判断过不是同一个{f'（{earlier.note}）' if earlier.note else ''}",
        "确有依据时请写明理由再次提交", code="registry.same.contradiction",
        en=ProblemText(
            "Judgement", f"{earlier.by_name} held them to be different on {day}{f' ({earlier.note})' if earlier.note else ''}",
            "Say why and submit again if you are sure",
        ),
    )  # fmt: skip
