"""The lives of entries as data: which deed leads from which state to which, what it asks for, what stands in its way.

Achievements go from disclosure through evaluation and listing to transfer; patents from application to grant and to
their end, with a fee each year between. `services.life` takes the steps, pages show them from here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huanchuang.engines.kernel import Problem, ProblemText
from huanchuang.orm import clock
from huanchuang.packs import vocabulary
from huanchuang.registry.models import Achievement, Entry, Patent, Revision, Step
from huanchuang.registry.queries.kinds import ACHIEVEMENT, Field, kind_of
from huanchuang.registry.queries.kinds.values import label_en

Word = str | Promise
DATE, NOTE, REASON = _("日期"), _("说明"), _("原因")


@dataclass(frozen=True)
class Deed:
    """One deed: its name (its right is `registry.<kind>.<name>`), the verb on its button, from where it leads to where.

    `end` is empty where the state stays. `day` and `note` head what it asks for; `asks` names further fields that may
    be filled in with it, `stamps` the column that takes its day. `back` marks what leads back or out: it needs a reason.
    """

    name: str
    word: Word
    start: tuple[str, ...]
    end: str
    day: Word = DATE
    note: Word = NOTE
    hint: Word = ""
    icon: str = "arrow-right"
    back: bool = False
    asks: tuple[str, ...] = ()
    stamps: str = ""
    officer_only: bool = False


@dataclass(frozen=True)
class Life:
    """The deeds of a kind and the states of its usual path, in order; `sideways` are ends that lie off the path."""

    path: tuple[str, ...]
    sideways: tuple[str, ...]
    deeds: tuple[Deed, ...]

    def named(self, name: str) -> Deed:
        """The deed of that name; KeyError where there is none."""
        return {deed.name: deed for deed in self.deeds}[name]


ALIVE = ("disclosed", "evaluated", "listed")

LIVES: Mapping[str, Life] = {
    "achievement": Life(
        path=("disclosed", "evaluated", "listed", "transferred"),
        sideways=("ended",),
        deeds=(
            Deed("evaluate", _("登记评价"), ("disclosed",), "evaluated", _("评价日期"), _("评价结论"), _("写明评价机构和结论，评价报告作为材料上传"), "clipboard-check"),
            Deed("list", _("挂牌"), ("evaluated",), "listed", _("挂牌日期"), _("挂牌说明"), _("写明挂牌方式和范围，例如“公开挂牌，面向全区企业”"), "bulb"),
            Deed("transfer", _("登记转化"), ("listed",), "transferred", _("转化日期"), _("转化去向"), _("写明受让方、方式和合同登记编号，合同作为材料上传"), "heart-handshake"),
            Deed("return", _("退回补正"), ("evaluated",), "disclosed", _("退回日期"), REASON, _("写明要补正什么"), "arrow-back-up", back=True, officer_only=True),
            Deed("withdraw", _("撤回挂牌"), ("listed",), "evaluated", _("撤回日期"), REASON, "", "arrow-back-up", back=True),
            Deed("undo-transfer", _("撤销转化"), ("transferred",), "listed", _("撤销日期"), REASON, _("例如合同解除"), "arrow-back-up", back=True),
            Deed("end", _("终止"), (*ALIVE, "transferred"), "ended", _("终止日期"), REASON, _("例如合同期满，或不再转化"), "ban", back=True),
            Deed("reopen", _("恢复办理"), ("ended",), "disclosed", _("恢复日期"), REASON, "", "arrow-back-up", back=True),
        ),
    ),
    "patent": Life(
        path=("pending", "granted"),
        sideways=("rejected", "withdrawn", "lapsed", "transferred"),
        deeds=(
            Deed("grant", _("登记授权"), ("pending",), "granted", _("授权日"), NOTE, _("授权公告日，专利证书作为材料上传"), "certificate", asks=("expires_on", "fee_due_on", "fee_amount"), stamps="granted_on"),
            Deed("pay-fee", _("登记缴费"), ("granted",), "", _("缴费日期"), NOTE, _("缴费后，下次缴费期限顺延一年"), "receipt", asks=("fee_amount",)),
            Deed("reject", _("登记驳回"), ("pending",), "rejected", _("驳回日期"), REASON, "", "ban", back=True),
            Deed("withdraw", _("登记撤回"), ("pending",), "withdrawn", _("撤回日期"), REASON, _("主动撤回或视为撤回"), "arrow-back-up", back=True),
            Deed("lapse", _("登记失效"), ("granted",), "lapsed", _("失效日期"), REASON, _("例如期限届满、未缴年费、放弃或被宣告无效"), "ban", back=True),
            Deed("transfer", _("登记转让"), ("granted",), "transferred", _("转让日期"), _("受让方和依据"), _("写明受让方和登记变更的依据"), "heart-handshake", back=True),
            Deed("reopen", _("恢复审查"), ("rejected", "withdrawn"), "pending", _("恢复日期"), REASON, _("例如复审撤销驳回"), "arrow-back-up", back=True),
            Deed("restore", _("恢复权利"), ("lapsed",), "granted", _("恢复日期"), REASON, _("例如补缴年费后恢复"), "arrow-back-up", back=True, asks=("fee_due_on", "fee_amount")),
        ),
    ),
}  # fmt: skip
"""Kind → its life. Kinds that are not here have none."""

NEEDED_FOR_LISTING = ("owner", "field", "keywords", "summary", "solves", "stage", "transfer_ways")
"""What buyers must find in a listed achievement."""
ON_OFFER = ("listed", "transferred")
"""States in which an achievement stands open to others: it can be neither confidential nor without what is needed."""


@dataclass(frozen=True)
class PathStep:
    """One state of the path of an entry: its day where it was reached; where the entry is now."""

    state: str
    on: dt.date | None
    done: bool
    now: bool


def life_of(entry: Entry) -> Life | None:
    """The life that an entry of this kind has, or None."""
    return LIVES.get(kind_of(entry).name)


def state_of(entry: Entry) -> str:
    """The state that an entry with a life is in."""
    return str(getattr(entry, "state", ""))


def deeds_open(entry: Entry) -> Sequence[Deed]:
    """The deeds that start from where the entry stands, those that lead on first; none of a retired one."""
    life = life_of(entry)
    if life is None or entry.retired_on is not None:
        return []
    found = [deed for deed in life.deeds if state_of(entry) in deed.start]
    if isinstance(entry, Patent) and entry.fee_due_on is None:
        found = [deed for deed in found if deed.name != "pay-fee"]
    return sorted(found, key=lambda deed: deed.back)


def steps_of(entry: Entry) -> Sequence[Step]:
    """Every deed so far, the oldest first."""
    return list(Step.objects.filter(subject_of=entry.subject).order_by("on", "id"))


def path_of(entry: Entry, steps: Sequence[Step]) -> Sequence[PathStep]:
    """The states of the usual path with the days on which they were reached, and the side end where the entry lies there.

    A deed that leads back takes the days of what came after with it.
    """
    life = life_of(entry)
    if life is None:
        return []
    state = state_of(entry)
    reached = _reached(life, entry, steps)
    shown = (*life.path, state) if state in life.sideways else life.path
    here = max(place for place, one in enumerate(life.path) if one == state or one in reached)
    return [
        PathStep(one, reached.get(one), place <= here or one == state, one == state)
        for place, one in enumerate(shown)
    ]


def _reached(life: Life, entry: Entry, steps: Sequence[Step]) -> dict[str, dt.date | None]:
    reached: dict[str, dt.date | None] = {life.path[0]: _beginning(entry, steps)}
    if isinstance(entry, Patent) and entry.granted_on is not None:
        reached["granted"] = entry.granted_on
    now = ""
    for step in steps:
        if step.state == now:
            continue
        now = step.state
        if now not in life.path:
            reached[now] = step.on
            continue
        place = life.path.index(now)
        if place:
            reached[now] = step.on
        for after in (*life.path[place + 1 :], *life.sideways):
            reached.pop(after, None)
    return reached


def _beginning(entry: Entry, steps: Sequence[Step]) -> dt.date | None:
    """When its life began: the application of a patent, else its registration unless it had gone on before that."""
    if isinstance(entry, Patent) and entry.applied_on is not None:
        return entry.applied_on
    first = (
        Revision.objects.filter(subject_of=entry.subject).order_by("id").values_list("at", flat=True).first()
    )
    day = timezone.localdate(first) if first else None
    return None if day and steps and steps[0].on < day else day


def earliest_day(entry: Entry) -> dt.date | None:
    """The day before which nothing more can happen: that of the last deed, of a patent's application and grant."""
    last = Step.objects.filter(subject_of=entry.subject).order_by("-on").values_list("on", flat=True).first()
    days = [last]
    if isinstance(entry, Patent):
        days += [entry.applied_on, entry.granted_on]
    return max((day for day in days if day is not None), default=None)


def obstacles(entry: Entry, deed: Deed) -> Sequence[Problem]:
    """What has to be put right before this deed can be done; empty where nothing stands in its way."""
    if deed.name == "list" and isinstance(entry, Achievement):
        return [*_secret(entry), *missing_for_listing(entry)]
    return []


def missing_for_listing(achievement: Achievement) -> Sequence[Problem]:
    """The fields that a listed achievement must have and this one has not."""
    return [
        Problem(
            str(field.label), "还没有填写", "挂牌前请先补充", code="registry.listing.missing",
            en=ProblemText(label_en(field), "is not filled in", "Complete it before listing"),
        )
        for field in fields_for_listing()
        if not getattr(achievement, field.name)
    ]  # fmt: skip


def fields_for_listing() -> Sequence[Field]:
    """The fields that a listed achievement must have."""
    return [ACHIEVEMENT.by_name[name] for name in NEEDED_FOR_LISTING]


def _secret(achievement: Achievement) -> Sequence[Problem]:
    if not achievement.is_confidential:
        return []
    field = ACHIEVEMENT.by_name["is_confidential"]
    return [
        Problem(
            str(field.label), "保密的成果不能挂牌", "专利申请后先取消保密，再挂牌", code="registry.listing.confidential",
            en=ProblemText(label_en(field), "a confidential achievement cannot be listed", "Lift the confidentiality once the patent is filed"),
        )
    ]  # fmt: skip


RANKS = {"Ⅰ类": _("Ⅰ类"), "Ⅱ类": _("Ⅱ类")}


def rank_of(patent: Patent) -> str:
    """Whether a right counts as class I or II when high-tech enterprises are recognised (国科发火〔2016〕195号), in a word.

    Empty for rights that the rule does not name. Only rights in force count.
    """
    entry = vocabulary.code_tree("patent-kinds").get(patent.kind)
    return str(RANKS.get(entry.level, entry.level)) if entry else ""


YEARS_OF_PROTECTION = {"invention": 20, "utility-model": 10, "design": 15}
"""From the day of application, 专利法第四十二条; a design filed before 2021-06-01 has ten."""
LONGER_FOR_DESIGNS = dt.date(2021, 6, 1)


def later(day: dt.date, years: int) -> dt.date:
    """The same day so many years later; 28 February for a 29th that is not there."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def end_of_protection(patent: Patent) -> dt.date | None:
    """The last day of protection as the law counts it from the application; None where it does not say."""
    years = YEARS_OF_PROTECTION.get(patent.kind)
    if years is None or patent.applied_on is None:
        return None
    if patent.kind == "design" and patent.applied_on < LONGER_FOR_DESIGNS:
        years = 10
    return later(patent.applied_on, years)


def first_fee(patent: Patent, granted_on: dt.date) -> dt.date | None:
    """The first yearly fee falls on the anniversary of the application that follows the grant."""
    if patent.applied_on is None or patent.kind not in YEARS_OF_PROTECTION:
        return None
    years = 1
    while later(patent.applied_on, years) <= granted_on:
        years += 1
    return later(patent.applied_on, years)


def next_fee(patent: Patent) -> dt.date | None:
    """When the fee after the one that is due now falls due; None once protection ends before it."""
    if patent.fee_due_on is None:
        return None
    due = later(patent.fee_due_on, 1)
    end = patent.expires_on or end_of_protection(patent)
    return due if end is None or due < end else None


def proposed(entry: Entry, deed: Deed) -> dict[str, object]:
    """What the form of a deed begins with, worked out from what is known: days of a patent from its application."""
    if not isinstance(entry, Patent) or deed.name != "grant":
        return {name: getattr(entry, name) for name in deed.asks}
    return {
        "expires_on": entry.expires_on or end_of_protection(entry),
        "fee_due_on": entry.fee_due_on or first_fee(entry, entry.granted_on or clock.today()),
        "fee_amount": entry.fee_amount,
    }
