"""Who the organisation is and what it is recognised as."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from huanchuang.orm.language import language
from huanchuang.packs import vocabulary
from huanchuang.registry.models import Organisation, Qualification
from huanchuang.registry.queries.kinds import ORGANISATION
from huanchuang.registry.queries.kinds.values import code_name, show_value
from huanchuang.registry.queries.page import personal
from huanchuang.registry.queries.qualifications import validity_on
from huanchuang.registry.queries.visibility import sees_field
from huanchuang.web.queries.dossier.shape import Cell, Head, Part


def identity(organisation: Organisation, seen: str) -> Part:
    """The fields that say something; personal ones masked, and only for those who see the inside."""
    masked = {field.name: text for field, text in personal(organisation)}
    lines = []
    for field in ORGANISATION.fields:
        if field.name == "name" or not sees_field(field, organisation, seen):
            continue
        value = getattr(organisation, field.name)
        if isinstance(value, Organisation):
            lines.append((str(field.label), [Cell(value.name, value.get_absolute_url())]))
        elif text := masked.get(field.name) or ("" if field.personal else show_value(field, value)):
            lines.append((str(field.label), [Cell(text)]))
    return Part("identity", _("基本信息"), lines=lines, note=_confirmed(organisation))


def _confirmed(organisation: Organisation) -> str:
    if organisation.confirmed_on is None:
        return _("还没有人核实过。")
    day = organisation.confirmed_on.isoformat()
    return _("%(day)s 由%(who)s核实。") % {"day": day, "who": organisation.confirmed_by or _("系统")}


def qualifications(organisation: Organisation, today: dt.date) -> Part:
    """What it is and was recognised as, those that hold first, each with the days that are left."""
    tree, spoken = vocabulary.code_tree("qualifications"), language()
    every = sorted(
        organisation.qualifications.all(),
        key=lambda one: (not _holds(one, today), one.valid_until or dt.date.max),
    )
    rows = [
        [
            Cell(code_name(tree, one.kind, spoken), note=one.level),
            Cell(one.number or "—"),
            Cell(one.valid_from.isoformat()),
            Cell(one.valid_until.isoformat() if one.valid_until else _("长期")),
            Cell(standing.word, tone=standing.tone, note=one.revoked_because),
        ]
        for one in every
        for standing in [validity_on(one, today)]
    ]
    heads = [Head(_("资质")), Head(_("证书编号")), Head(_("有效期起")), Head(_("有效期止")), Head(_("状态"))]
    return Part("qualifications", _("资质"), heads, rows, lead=_ending(every, today))


def _holds(one: Qualification, today: dt.date) -> bool:
    begun = one.valid_from <= today and (one.valid_until is None or one.valid_until >= today)
    return begun and (one.revoked_on is None or one.revoked_on > today)


def _ending(every: list[Qualification], today: dt.date) -> str:
    """Which of them ends next, if it is soon."""
    soon = [
        (one.valid_until - today).days
        for one in every
        if _holds(one, today) and one.valid_until is not None and (one.valid_until - today).days <= 180
    ]
    return _("最近一项%(days)s天后到期") % {"days": min(soon)} if soon else ""
