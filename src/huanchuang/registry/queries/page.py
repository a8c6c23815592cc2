"""What the pages of the registry show, put together for one reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from huanchuang.accounts.models import User
from huanchuang.orm.masking import mask_name, mask_phone
from huanchuang.packs import vocabulary
from huanchuang.registry.models import Membership, Organisation
from huanchuang.registry.queries import listing
from huanchuang.registry.queries.organisations import sees_more_than_public


@dataclass(frozen=True)
class Masked:
    """Whom to call, as far as it is shown without a recorded look."""

    name: str
    phone: str


def public_facts(organisation: Organisation) -> list[tuple[str, Any]]:
    """What anyone with an account may read about an organisation: (label, value)."""
    uscc = organisation.uscc.text if organisation.uscc else None
    rows = [
        (_("全称"), organisation.name),
        (_("简称"), organisation.short_name),
        (_("别名"), "、".join(organisation.aliases)),
        (_("类型"), listing.kind_name(organisation)),
        (_("统一社会信用代码"), uscc),
        (_("所在区划"), listing.region_name(organisation)),
        (_("行业"), listing.industry_name(organisation)),
        (_("发展阶段"), str(listing.STAGES.get(organisation.stage, ""))),
        (_("成立日期"), organisation.founded_on and organisation.founded_on.isoformat()),
        (_("地址"), organisation.address),
    ]
    return [(label, value or None) for label, value in rows]


def inner_facts(user: User, organisation: Organisation) -> list[tuple[str, Any]]:
    """What only the whole-district roles and members read: source and confirmation."""
    if not sees_more_than_public(user):
        return []
    confirmed = " ".join(
        part for part in (str(organisation.confirmed_on or ""), organisation.confirmed_by) if part
    )
    return [(_("来源"), organisation.source or None), (_("核实"), confirmed or None)]


def masked_contact(organisation: Organisation) -> Masked:
    """The contact person with name and number masked."""
    return Masked(mask_name(organisation.contact_name), mask_phone(organisation.contact_phone))


def members_of(user: User, organisation: Organisation) -> Sequence[Membership]:
    """Who belongs to an organisation, those who left last; nothing for readers of the public part."""
    if not sees_more_than_public(user):
        return []
    members = Membership.objects.filter(organisation=organisation).select_related("user")
    return sorted(members, key=lambda member: (member.until is not None, member.since))


def filter_groups(user: User) -> list[Mapping[str, Any]]:
    """The chips above the list: state, and the kinds that are in use."""
    kinds = vocabulary.organisation_kinds()
    states = [{"value": code, "label": name} for code, name in listing.STATES.items()]
    used = _options(kinds, _groups(kinds, listing.codes_in_use(user, "kind")))
    return _useful(
        [
            {"label": _("状态"), "name": "state", "options": states, "default": "in-force"},
            {"label": _("类型"), "name": "kind", "options": used},
        ]
    )


def more_groups(user: User) -> list[Mapping[str, Any]]:
    """Further chips: the divisions of industry and the regions that are in use."""
    industries = _options(vocabulary.industries(), _divisions(listing.codes_in_use(user, "industry")))
    regions = _options(vocabulary.regions(), listing.codes_in_use(user, "region"))
    return _useful(
        [
            {"label": _("行业"), "name": "industry", "options": industries},
            {"label": _("区划"), "name": "region", "options": regions},
        ]
    )


def _useful(groups: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """A group of one chip decides nothing."""
    return [group for group in groups if len(group["options"]) > 1]


def _groups(tree: vocabulary.CodeTree, codes: Sequence[str]) -> list[str]:
    """The top-level codes above these, in the order of the vocabulary."""
    above = {tree.ancestors(code)[0] if tree.ancestors(code) else code for code in codes if code in tree}
    return [code for code in tree.roots() if code in above]


def _divisions(codes: Sequence[str]) -> list[str]:
    """The two-digit divisions of industry codes: few enough to stand as chips."""
    return sorted({code[:2] for code in codes})


def _options(tree: vocabulary.CodeTree, codes: Sequence[str]) -> list[dict[str, str]]:
    return [{"value": code, "label": listing.code_name(tree, code)} for code in codes]
