"""What the organisation is related to, which lines of the ledger it answers for, its files, people and history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from huanchuang.accounts.models import User
from huanchuang.audit import queries as audit
from huanchuang.files.queries import files_of
from huanchuang.registry.effects import verb_name
from huanchuang.registry.models import ImportRow, Membership, Organisation
from huanchuang.registry.queries.imports.listing import visible_imports
from huanchuang.registry.queries.page import related
from huanchuang.steering.models import Evidence, Responsibility, Target
from huanchuang.steering.queries.ledger import Row, rows_of
from huanchuang.steering.queries.visibility import OPENS_EVIDENCE, own_lines, visible_targets
from huanchuang.steering.queries.words import COLOURS
from huanchuang.web.queries.dossier.shape import Cell, Head, Part

LINES, PAPERS, EDITS, NAMED = 50, 30, 10, 60


def relations(user: User, organisation: Organisation) -> Part:
    """What it is related to, gathered by the word of the relation; those that ended say when."""
    found: dict[str, list[Cell]] = {}
    for link in related(user, organisation):
        until = link.relation.until
        note = _("至 %(day)s") % {"day": until.isoformat()} if until else ""
        found.setdefault(link.word, []).append(Cell(link.title, link.url, note))
    lines = [
        (f"{word}（{len(cells)}）" if len(cells) > 1 else word, cells[:NAMED] + _rest(cells, organisation))
        for word, cells in found.items()
    ]
    return Part("relations", _("关系"), lines=lines)


def _rest(cells: list[Cell], organisation: Organisation) -> list[Cell]:
    left = len(cells) - NAMED
    return (
        [Cell(_("另有 %(count)s 项") % {"count": left}, organisation.get_absolute_url())] if left > 0 else []
    )


def ledger(user: User, organisation: Organisation, today: dt.date) -> Iterator[Part]:
    """Lines that it leads or helps with, the leading ones first, each with its light; then the evidence it handed in."""
    lines = list(rows_of(_answered_for(user, organisation), today, "due")[:LINES])
    lines.sort(key=lambda row: not _leads(row, organisation))
    rows = [
        [
            Cell(row.target.name, reverse("steering:target", args=[row.target.pk]), row.goal),
            Cell(_("牵头") if _leads(row, organisation) else _("配合")),
            Cell(row.due or "—"),
            Cell(f"{row.target.percent}%" if row.target.percent is not None else "—"),
            _standing(row),
        ]
        for row in lines
    ]
    heads = [
        Head(_("任务与目标")),
        Head(_("职责")),
        Head(_("时限")),
        Head(_("进度"), number=True),
        Head(_("状态")),
    ]
    late = sum(row.light.colour.value == "red" for row in lines)
    lead = _("%(late)s 项滞后") % {"late": late} if late else ""
    yield Part("lines", _("承担的任务与目标"), heads, rows, count=len(lines) or None, lead=lead)
    yield _evidence(user, organisation) if lines else Part("evidence", _("佐证材料"))


def _standing(row: Row) -> Cell:
    """Its light in a word, with the reason; what is closed has none."""
    colour = row.light.colour.value
    return Cell(
        str(COLOURS[row.light.colour]), light=colour, note=f"{row.target.get_state_display()} · {row.reason}"
    )


def _answered_for(user: User, organisation: Organisation) -> QuerySet[Target]:
    answers = Responsibility.objects.filter(target=OuterRef("pk"), organisation=organisation)
    return visible_targets(user).filter(Exists(answers))


def _leads(row: Row, organisation: Organisation) -> bool:
    return any(duty.organisation_id == organisation.pk for duty in row.leads)


def _evidence(user: User, organisation: Organisation) -> Part:
    handed_in = Evidence.objects.filter(report__organisation=organisation).select_related("file", "target")
    opened = (
        visible_targets(user)
        if user.role in OPENS_EVIDENCE
        else visible_targets(user).filter(own_lines(user))
    )
    found = handed_in.filter(target__in=opened.values("pk")).order_by("-id")[:PAPERS]
    rows = [
        [
            Cell(one.name, reverse("files:download", args=[one.file_id]), one.note),
            Cell(one.target.name, reverse("steering:target", args=[one.target_id])),
            Cell(_day(one.created_at)),
        ]
        for one in found
    ]
    return Part("evidence", _("佐证材料"), [Head(_("文件")), Head(_("用于")), Head(_("提交日期"))], rows)


def files(organisation: Organisation) -> Part:
    """The files attached to it."""
    rows = [
        [
            Cell(use.stored.name, reverse("files:download", args=[use.stored_id])),
            Cell(use.added_by_name),
            Cell(_day(use.created_at)),
        ]
        for use in files_of(organisation.subject)[:PAPERS]
    ]
    return Part("files", _("附件"), [Head(_("文件")), Head(_("上传人")), Head(_("日期"))], rows)


def seats(organisation: Organisation) -> Part:
    """The accounts that belong to it, those that left last."""
    members = Membership.objects.filter(organisation=organisation).select_related("user")
    rows = [
        [
            Cell(one.user.name, note=one.post),
            Cell(one.since.isoformat()),
            Cell(one.until.isoformat() if one.until else _("至今")),
        ]
        for one in sorted(members, key=lambda one: (one.until is not None, one.since))
    ]
    return Part("seats", _("账户"), [Head(_("姓名")), Head(_("起")), Head(_("止"))], rows)


def imports(user: User, organisation: Organisation) -> Part:
    """Imports that made or changed its record, as far as the reader sees them."""
    touched = ImportRow.objects.filter(imported=OuterRef("pk"), subject_of=organisation.subject)
    found = visible_imports(user).filter(Exists(touched)).order_by("-id")[:EDITS]
    rows = [
        [
            Cell(str(one), reverse("registry:import", args=[one.pk])),
            Cell(one.get_state_display()),
            Cell(one.by_name),
            Cell(_day(one.asked_at)),
        ]
        for one in found
    ]
    return Part(
        "imports",
        _("导入"),
        [Head(_("名称")), Head(_("状态")), Head(_("经手人")), Head(_("日期"))],
        rows,
    )


def history(organisation: Organisation) -> Part:
    """The newest deeds on its record."""
    rows = [
        [Cell(verb_name(one.verb), note=one.note or one.purpose), Cell(one.actor_name), Cell(_moment(one.at))]
        for one in audit.history(organisation.subject, limit=EDITS)
    ]
    address = reverse("registry:organisation-history", args=[organisation.pk])
    return Part(
        "history",
        _("来源与变更"),
        [Head(_("事项")), Head(_("经手人")), Head(_("时间"))],
        rows,
        more_url=address,
    )


def _day(moment: dt.datetime) -> str:
    return timezone.localtime(moment).date().isoformat()


def _moment(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
