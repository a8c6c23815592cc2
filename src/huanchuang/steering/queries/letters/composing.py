"""The first draft of a paper, put together from the ledger and the facts; each figure with the record behind it.

Nothing is written here: the text and the citations it needs come back, the service keeps them. What units wrote in their
reports keeps its words; the figures in it are cited to that report.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from huanchuang.engines.kernel import Period
from huanchuang.steering.models import (
    Citation,
    Draft,
    Duty,
    Handling,
    HandlingState,
    Letter,
    LetterKind,
    Report,
    Source,
    State,
    Target,
    TargetKind,
)
from huanchuang.steering.queries.letters.citations import (
    NAME,
    Offer,
    count_offers,
    days_of_figures,
    goal_offer,
    reached_offer,
)
from huanchuang.steering.queries.letters.text import bare_figures, token
from huanchuang.steering.queries.visibility import visible_targets

NUMERALS = "一二三四五六七八九十"
FIGURE_AT_MOST = 200
LINES_AT_MOST = 30


@dataclass
class Sheaf:
    """Citations gathered while a text is written."""

    draft: Draft
    next: int
    citations: list[Citation] = field(default_factory=list)

    def cite(self, offer: Offer) -> str:
        """The token of an offered figure."""
        self.citations.append(offer.citation(self.draft, self.next))
        self.next += 1
        return token(offer.text, self.next - 1)

    def quote(self, words: str, offer: Offer) -> str:
        """Words of a record with every figure in them cited to it. `offer` says which; its text is each figure's own."""
        told, done = "", 0
        for figure in bare_figures(words, {}):
            text = figure.text[:FIGURE_AT_MOST]
            own = Offer(
                offer.source, offer.about, offer.label, text, offer.as_of, offer.origin, offer.key,
                record_id=offer.record_id,
            )  # fmt: skip
            told += words[done : figure.start] + self.cite(own)
            done = figure.end
        return told + words[done:]


def reply_text(draft: Draft, targets: Sequence[Target], sheaf: Sheaf) -> str:
    """The body of a reply: that it came and who worked on it, what was done, what is wanting, what comes next."""
    letter = draft.letter
    assert letter is not None  # noqa: S101  (a reply answers a letter)
    days, newest = days_of_figures(targets), newest_reports(targets)
    done = [_done(target, sheaf, days.get(target.pk), newest.get(target.pk)) for target in targets]
    done += [_opinion(one, sheaf) for one in _opinions(letter)]
    short = [_quoted(one, one.difficulty, sheaf) for one in newest.values() if one.difficulty]
    ahead = [_quoted(one, one.next_step, sheaf) for one in newest.values() if one.next_step]
    ahead += [
        _promise(target, sheaf) for target in targets if target.state not in (State.CLOSED, State.ENDED)
    ]
    sections = [
        ("目前工作情况", [one for one in done if one]),
        ("存在的问题", short),
        ("下一步工作", list(dict.fromkeys(filter(None, ahead)))),
    ]
    return "\n".join([opening(letter), *_sections(sections)])


def opening(letter: Letter) -> str:
    """您提出的《…》（第0328号提案）收悉，经会同…研究办理，现答复如下："""
    noun = "建议" if letter.kind == LetterKind.CONGRESS else "提案"
    helpers = "、".join(one.organisation.name for one in _helpers(letter))
    together = f"经会同{helpers}共同研究办理" if helpers else "经认真研究办理"
    return f"您提出的《{letter.title}》（{letter.session}第{letter.number}号{noun}）收悉。{together}，现答复如下："


def reply_title(letter: Letter, issuer: str) -> str:
    """青岑区科学技术局关于区政协九届三次会议第0328号提案的答复函"""
    noun = "建议" if letter.kind == LetterKind.CONGRESS else "提案"
    return f"{issuer}关于{letter.session}第{letter.number}号{noun}的答复函"


def report_text(draft: Draft, targets: Sequence[Target], sheaf: Sheaf, as_of: dt.date) -> str:
    """The body of a half-year report: where the plan stands, its figures, its tasks, what is wanting, what comes next."""
    plan, period = draft.plan, draft.half_year
    assert plan is not None and period is not None  # noqa: S101, PT018  (a report is of a plan and a half-year)
    days, newest = days_of_figures(targets), newest_reports(targets, period)
    counts = count_offers(draft.written_by, plan, as_of)
    said = {key: sheaf.cite(offer) for key, offer in counts.items()}
    overall = (
        f"{period.label('zh')}，《{plan.title}》共有任务目标{said['all']}，截至{spoken(as_of)}，已销号{said['closed']}；"
        f"按灯号统计，正常推进（含已销号）{said['green']}，预警{said['amber']}，滞后{said['red']}，进展未知{said['grey']}。"
    )
    figures = [_done(one, sheaf, days.get(one.pk), None) for one in targets if one.reached is not None]
    tasks = [one for one in targets if one.kind == TargetKind.TASK and one.pk in newest]
    work = [_done(one, sheaf, None, newest[one.pk]) for one in tasks]
    short = [_quoted(one, one.difficulty, sheaf) for one in newest.values() if one.difficulty]
    ahead = [_quoted(one, one.next_step, sheaf) for one in newest.values() if one.next_step]
    soon = [
        one for one in targets if one.state not in (State.CLOSED, State.ENDED) and _due_after(one, period)
    ]
    ahead += [_promise(one, sheaf) for one in soon]
    sections = [
        ("总体进展", [overall]), ("主要目标完成情况", list(filter(None, figures))), ("重点任务推进情况", list(filter(None, work))),
        ("存在的问题", short), ("下一步工作", list(dict.fromkeys(filter(None, ahead)))),
    ]  # fmt: skip
    return "\n".join(_sections(sections))


def lines_of_report(draft: Draft) -> list[Target]:
    """Every line of the plan of a report, in its order."""
    lines = visible_targets(draft.written_by).filter(plan=draft.plan_id)
    return list(lines.select_related("plan", "item").order_by("position"))


def newest_reports(targets: Iterable[Target], period: Period | None = None) -> dict[int, Report]:
    """Line → its newest report, within a period where one is given; in the order of the lines."""
    keys = [target.pk for target in targets]
    reports = Report.objects.filter(target__in=keys).order_by("as_of", "pk")
    if period is not None:
        reports = reports.filter(as_of__gte=period.start, as_of__lte=period.end)
    newest = {
        report.target_id: report
        for report in reports.select_related("target__plan", "target__item", "organisation")
    }
    return {key: newest[key] for key in keys if key in newest}


def _sections(sections: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    lines: list[str] = []
    filled = [(title, parts) for title, parts in sections if parts]
    for place, (title, parts) in enumerate(filled):
        lines.append(f"{NUMERALS[place]}、{title}")
        lines += (
            [f"{_counter(number)}{part}" for number, part in enumerate(parts[:LINES_AT_MOST], 1)]
            if len(parts) > 1
            else parts
        )
    return lines


def _counter(number: int) -> str:
    """（一） to （九十九）."""
    tens, ones = divmod(number, 10)
    words = ("" if tens == 0 else "十" if tens == 1 else f"{NUMERALS[tens - 1]}十") + (
        NUMERALS[ones - 1] if ones else ""
    )
    return f"（{words}）"


def _done(target: Target, sheaf: Sheaf, day: dt.date | None, report: Report | None) -> str:
    """What a line has come to: its figure with its goal, then the words of its newest report."""
    parts = []
    reached = reached_offer(target, day)
    if reached is not None:
        goal = goal_offer(target)
        until = f"截至{spoken(day)}，" if day else ""
        aim = f"（目标{sheaf.cite(goal)}）" if goal else ""
        verb = "增长" if target.comparator == "growth" else "为"
        parts.append(f"{until}{_bare_name(target, sheaf)}{verb}{sheaf.cite(reached)}{aim}。")
    if report is not None and report.text.strip():
        parts.append(_quoted(report, report.text, sheaf))
    if not parts:
        return ""
    heading = target.name if target.kind == TargetKind.TASK else ""
    return (f"{heading.rstrip('。')}。" if heading else "") + "".join(parts)


def _bare_name(target: Target, sheaf: Sheaf) -> str:
    """The name of a line; figures in it are its goal's."""
    origin = f"《{target.plan.title}》{target.item.path}原文"
    offer = Offer(
        Source.GOAL, target.subject, f"{target.name}（原文）", "", target.plan.issued_on, origin, NAME
    )
    return sheaf.quote(target.name, offer)


def _quoted(report: Report, words: str, sheaf: Sheaf) -> str:
    """Words of a report, each figure cited to it."""
    target = report.target
    unit = report.organisation.name if report.organisation else "主管科室"
    origin = f"{unit}进展填报，《{target.plan.title}》{target.item.path}"
    offer = Offer(Source.REPORT, target.subject, target.name, "", report.as_of, origin, record_id=report.pk)
    told = sheaf.quote(words.strip(), offer)
    return told if told.endswith(("。", "！", "？")) else f"{told}。"


def _promise(target: Target, sheaf: Sheaf) -> str:
    """What is still to be reached, and until when."""
    goal = goal_offer(target)
    if goal is None or target.due_on is None:
        return ""
    verb = "增长" if target.comparator == "growth" else "达到"
    return f"到{spoken(target.due_on)}，{_bare_name(target, sheaf)}{verb}{sheaf.cite(goal)}。"


def _due_after(target: Target, period: Period) -> bool:
    return target.due_on is not None and period.end < target.due_on <= period.end + dt.timedelta(days=184)


def _helpers(letter: Letter) -> list[Handling]:
    given = letter.handlings.filter(duty=Duty.CO).exclude(state=HandlingState.GONE)
    return list(given.select_related("organisation").order_by("pk"))


def _opinions(letter: Letter) -> list[Handling]:
    return [one for one in _helpers(letter) if one.opinion]


def _opinion(handling: Handling, sheaf: Sheaf) -> str:
    """Words of a co-unit, each figure cited to them."""
    unit = handling.organisation.name
    offer = Offer(
        Source.OPINION, handling.letter.subject, f"{unit}会办意见", "", handling.opinion_on, f"{unit}会办意见",
        record_id=handling.pk,
    )  # fmt: skip
    return f"{unit}方面，{sheaf.quote(handling.opinion.strip(), offer)}"


def spoken(day: dt.date) -> str:
    """2026年6月30日."""
    return f"{day.year}年{day.month}月{day.day}日"
