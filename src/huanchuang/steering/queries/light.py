"""The light of a line: green on time, amber near or behind, red late or far behind, grey not known.

Pure: the date comes in, nothing is looked up. What counts as progress is said by `typed`, what was planned by `path`,
the numbers by the definition of the ledger (pack `national.ledger-rules`). Each colour can be followed in the trace:

1. An ended line has no light (grey); a closed one is green.
2. No deadline, nothing to measure against: grey.
3. After the deadline: red; amber where the work is done and only the closing is missing.
4. Reached or handed in: green.
5. What has been done is compared with the way from the start through the nodes to the deadline: more than
   `far_behind` short of it is red.
6. At most `near` working days left: amber.
7. A node past its grace and not met: amber.
8. A line with parts is as far as they are together (`rollup`), within bounds where some are not known.
9. More than `behind` short of the way: amber; less: green. Without a baseline, list or reference that its kind needs,
   and without a report: grey, never green.

Time alone never improves a light. A line that recurs is judged in the period that contains the date; what was
reported in an earlier period does not count, so a new period begins grey.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from fractions import Fraction

from huanchuang.engines.kernel import Period, Trace, WorkCalendar
from huanchuang.packs.ledgers import LightNumbers
from huanchuang.steering.queries.path import fulfils, missed_node, share_done, share_planned
from huanchuang.steering.queries.rollup import Rolled
from huanchuang.steering.queries.typed import GRAINS, Standing, Waypoint, typed


class Colour(StrEnum):
    """What stands on the lamp. The word that goes with it comes from the template `ui/light.html`."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


@dataclass(frozen=True)
class Rules:
    """The parameters of the definition: working days, days, and shares of the whole way for the gaps."""

    near: int = 20
    behind: Fraction = Fraction(1, 10)
    far_behind: Fraction = Fraction(3, 10)
    grace: int = 3
    reference_days: int = 400

    @classmethod
    def of(cls, numbers: LightNumbers) -> Rules:
        """The parameters as a definition gives them."""
        return cls(
            near=numbers.near_workdays,
            behind=Fraction(numbers.behind_percent, DONE),
            far_behind=Fraction(numbers.far_behind_percent, DONE),
            grace=numbers.node_grace_workdays,
            reference_days=numbers.reference_days,
        )


DONE = 100
RULES = Rules()


@dataclass(frozen=True)
class Light:
    """A colour with its reason: a message with named places, and the trace that leads to it."""

    colour: Colour
    reason: str
    """A key of `REASONS`."""
    values: Mapping[str, object] = field(default_factory=dict)
    trace: Trace | None = None


LONGEST_HOLIDAY = 20
"""Days that working days can at most be stretched by; spares counting them where the deadline is far away."""


def light(
    standing: Standing,
    as_of: dt.date,
    calendar: WorkCalendar,
    rules: Rules = RULES,
    *,
    explain: bool = True,
) -> Light:
    """The light of a line as of a date; without `explain` there is no trace, which lists do not show."""
    now = in_its_period(typed(standing, as_of, rules.reference_days), as_of)
    colour, reason, values = _verdict(now, as_of, calendar, rules)
    trace = _trace(now, as_of, colour, reason, values) if explain else None
    return Light(colour, reason, values, trace)


def light_by_parts(
    standing: Standing,
    rolled: Rolled,
    as_of: dt.date,
    calendar: WorkCalendar,
    rules: Rules = RULES,
    *,
    explain: bool = True,
) -> Light:
    """The light of a line that has parts, by how far they are together (`rollup`).

    Where some are not known, bad news counts that holds even if those were done, or whatever they are (the day has
    passed, it is near, a node was missed); good news only if it holds even if nothing of them was; else it is grey.
    """
    best = light(replace(standing, share=rolled.high), as_of, calendar, rules, explain=explain)
    if rolled.value is not None or standing.state in AT_REST:
        return best
    open_question = replace(standing, reached=None, percent=None, lacks="parts_unknown")
    whatever = light(open_question, as_of, calendar, rules, explain=explain)
    bad = max((best, whatever), key=lambda lamp: SEVERITY[lamp.colour])
    if SEVERITY[bad.colour]:
        return bad
    least = light(replace(standing, share=rolled.low), as_of, calendar, rules, explain=explain)
    if least.colour == Colour.GREEN:
        return least
    values = {"low": _percent(rolled.low), "high": _percent(rolled.high), "parts": rolled.unknown}
    return replace(whatever, values=values)


def done_of(standing: Standing, as_of: dt.date, rules: Rules = RULES) -> Fraction | None:
    """How much of its way a line has behind it, as a part of something larger; all of it once it is closed."""
    if standing.state == "closed":
        return Fraction(1)
    return share_done(in_its_period(typed(standing, as_of, rules.reference_days), as_of))


SEVERITY = {Colour.GREEN: 0, Colour.GREY: 0, Colour.AMBER: 1, Colour.RED: 2}
AT_REST = frozenset({"closed", "ended", "to_verify"})
Verdict = tuple[Colour, str, dict[str, object]] | None


def _verdict(
    now: Standing, as_of: dt.date, calendar: WorkCalendar, rules: Rules
) -> tuple[Colour, str, dict[str, object]]:
    for judge in (_at_rest, _overdue, _fulfilled, _far_behind, _near, _node_missed, _on_the_way):
        verdict = judge(now, as_of, calendar, rules)
        if verdict:
            return verdict
    return Colour.GREY, now.lacks or "not_reported", {}


def in_its_period(standing: Standing, as_of: dt.date) -> Standing:
    """For a recurring line: the deadline of the running period, without what belongs to earlier ones."""
    grain = GRAINS.get(standing.recurring)
    if grain is None or (standing.due and as_of > standing.due):
        return standing
    period = Period.containing(as_of, grain)
    due = min(period.end, standing.due) if standing.due else period.end
    stale = standing.reported_on is None or standing.reported_on < period.start
    return replace(
        standing,
        due=due,
        started=period.start,
        percent=None if stale else standing.percent,
        reported_on=None if stale else standing.reported_on,
        reached=None if stale else standing.reached,
        baseline=standing.baseline if standing.comparator != "growth" else None,
    )


def _at_rest(now: Standing, as_of: dt.date, calendar: WorkCalendar, rules: Rules) -> Verdict:
    if now.state == "ended":
        return Colour.GREY, "ended", {}
    if now.state == "closed":
        return Colour.GREEN, "closed", {}
    if now.due is None:
        return Colour.GREY, "no_deadline", {}
    return None


def _overdue(now: Standing, as_of: dt.date, calendar: WorkCalendar, rules: Rules) -> Verdict:
    assert now.due is not None  # noqa: S101  (_at_rest has dealt with it)
    if as_of <= now.due:
        return None
    late = {"days": (as_of - now.due).days, "due": now.due}
    if now.state == "to_verify":
        return Colour.AMBER, "late_to_verify", late
    if _complete(now):
        return Colour.AMBER, "late_to_close", late
    return Colour.RED, "late", late


def _fulfilled(now: Standing, as_of: dt.date, calendar: WorkCalendar, rules: Rules) -> Verdict:
    if now.state == "to_verify":
        return Colour.GREEN, "to_verify", {}
    if _complete(now):
        return Colour.GREEN, "reached", _figures(now)
    return None


def _near(now: Standing, as_of: dt.date, calendar: WorkCalendar, rules: Rules) -> Verdict:
    assert now.due is not None  # noqa: S101
    if (now.due - as_of).days > 2 * rules.near + LONGEST_HOLIDAY:
        return None
    left = calendar.workdays_between(as_of, now.due)
    if left > rules.near:
        return None
    return Colour.AMBER, "near" if as_of < now.due else "due_today", {"days": left, "due": now.due}


def _far_behind(now: Standing, as_of: dt.date, calendar: WorkCalendar, rules: Rules) -> Verdict:
    gap = _gap(now, as_of)
    return (
        (Colour.RED, "far_behind", _shares(now, as_of))
        if gap is not None and gap > rules.far_behind
        else None
    )


def _node_missed(now: Standing, as_of: dt.date, calendar: WorkCalendar, rules: Rules) -> Verdict:
    node = missed_node(now, as_of, calendar, rules.grace) if now.nodes else None
    return (Colour.AMBER, "node_missed", {"node": _name_of(node, now), "day": node.day}) if node else None


def _on_the_way(now: Standing, as_of: dt.date, calendar: WorkCalendar, rules: Rules) -> Verdict:
    if share_done(now) is None:
        return None
    gap = _gap(now, as_of)
    if gap is not None and gap > rules.behind:
        return Colour.AMBER, "behind", _shares(now, as_of)
    return Colour.GREEN, "on_time", _shares(now, as_of)


def _gap(now: Standing, as_of: dt.date) -> Fraction | None:
    done, planned = share_done(now), share_planned(now, as_of)
    return None if done is None or planned is None else planned - done


def _shares(now: Standing, as_of: dt.date) -> dict[str, object]:
    done, planned = share_done(now), share_planned(now, as_of)
    return {"done": _percent(done or Fraction(0)), "planned": _percent(planned or Fraction(0))}


def _name_of(node: Waypoint, now: Standing) -> str:
    if node.value is not None:
        return f"{plain(node.value)}{now.unit}"
    return node.text or f"{node.percent}%"


def _complete(now: Standing) -> bool:
    if now.share is not None:
        return now.share == 1
    if now.lacks:
        return False
    met = fulfils(now.reached, now.comparator, now.value)
    return met if met is not None else now.percent == DONE


def _percent(share: Fraction) -> int:
    return int(share * DONE + Fraction(1, 2))


def _figures(now: Standing) -> dict[str, object]:
    if now.share is not None or now.reached is None or now.value is None:
        percent = DONE if now.share is not None else now.percent
        return {"reached": f"{percent}%", "target": "100%"}
    return {"reached": f"{brief(now.reached)}{now.unit}", "target": f"{plain(now.value)}{now.unit}"}


def plain(number: Decimal) -> str:
    """A decimal as people write it, without the zeros that a column adds."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def brief(number: Decimal) -> str:
    """A computed figure with two places, cut and never rounded up: 29.999 % is not shown as 30 %."""
    return plain(number.quantize(Decimal("0.01"), ROUND_DOWN))


def _trace(now: Standing, as_of: dt.date, colour: Colour, reason: str, values: Mapping[str, object]) -> Trace:
    planned = share_planned(now, as_of)
    used = [
        Trace.of("截至", as_of, "业务日期"),
        Trace.of("时限", now.due, "方案原文"),
        Trace.of("目标值", None if now.value is None else f"{plain(now.value)}{now.unit}", "方案原文"),
        Trace.of("达到值", None if now.reached is None else f"{plain(now.reached)}{now.unit}", "最新数据"),
        Trace.of("填报进度", None if now.percent is None else f"{now.percent}%", "进展填报"),
        *([] if now.share is None else [Trace.of("各目标加权进度", f"{_percent(now.share)}%", "按权重合成")]),
        Trace.of("时间进度", None if planned is None else f"{_percent(planned)}%", "从成文日期到时限"),
    ]
    if now.nodes:
        used[-1] = Trace.of("计划进度", used[-1].value, "按节点推算")
    return Trace(reason, colour.value, "", tuple(used))
