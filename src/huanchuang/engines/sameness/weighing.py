"""Evidence added up: bits of each field, the caps, the score and the verdict."""

from __future__ import annotations

from collections.abc import Sequence

from huanchuang.engines.sameness.rules import Scale
from huanchuang.engines.sameness.values import Comparison, FieldComparison, Mark, Verdict

MISSING_ZH, MISSING_EN = "有一方没有填写，不作比较", "One side does not say; not compared"
_FAR = 60.0


def outcome(scale: Scale, field: str, found: str, left: str, right: str, detail: str = "") -> FieldComparison:
    """The row for one field; `found` is one of its outcomes or "" where there is nothing to compare."""
    rule = scale.fields[field]
    if not found:
        return FieldComparison(
            field, rule.zh, rule.en, Mark.MISSING, "", left, right, 0.0, MISSING_ZH, MISSING_EN
        )
    known = rule.outcomes[found]
    zh = f"{known.zh}：{detail}" if detail else known.zh
    en = f"{known.en}: {detail}" if detail else known.en
    return FieldComparison(
        field, rule.zh, rule.en, known.mark, found, left, right, known.bits, zh, en, known.cap
    )


def add_up(scale: Scale, rows: Sequence[FieldComparison]) -> Comparison:
    """The comparison that the rows amount to."""
    bits = scale.prior + sum(row.bits for row in rows)
    caps = [row.cap for row in rows if row.cap is not None]
    bits = min([bits, *caps])
    score = 1 / (1 + 2 ** -max(-_FAR, min(_FAR, bits)))
    verdict = (
        Verdict.SAME
        if bits >= scale.same
        else Verdict.DIFFERENT
        if bits <= scale.different
        else Verdict.UNSURE
    )
    return Comparison(score, verdict, tuple(rows))
