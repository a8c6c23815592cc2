"""The list of organisations: what was asked for, its rows, its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huanchuang.accounts.models import User
from huanchuang.packs import vocabulary
from huanchuang.packs.vocabulary import CodeTree
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.organisations import find, visible_organisations

PAGE_SIZE = 50
STATES = {"in-force": _("在册"), "retired": _("已停用单位"), "all": _("全部")}
STAGES = {"startup": _("初创期"), "growth": _("成长期"), "mature": _("成熟期")}


@dataclass(frozen=True)
class Asked:
    """What a reader asked the list for; all of it stands in the address."""

    text: str = ""
    kind: str = ""
    region: str = ""
    industry: str = ""
    state: str = "in-force"
    sort: str = "name"


@dataclass(frozen=True)
class Column:
    """One column: its name in the address, its heading, the cell's text, and the field it is sorted by."""

    code: str
    title: str | Promise
    cell: Callable[[Organisation], str]
    sort: str = ""


def code_name(tree: CodeTree, code: str) -> str:
    """The name of a code in the reader's language; the code itself when the vocabulary has dropped it."""
    return tree.name(code, reader_language()) if code in tree else code


def reader_language() -> str:
    """`en` or `zh`, as the reader chose."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def kind_name(organisation: Organisation) -> str:
    """The name of its kind."""
    return code_name(vocabulary.organisation_kinds(), organisation.kind)


def region_name(organisation: Organisation) -> str:
    """The name of its region."""
    return code_name(vocabulary.regions(), organisation.region)


def industry_name(organisation: Organisation) -> str:
    """The name of its industry."""
    return code_name(vocabulary.industries(), organisation.industry)


def _text(field: str, organisation: Organisation) -> str:
    value = getattr(organisation, field)
    return "" if value is None else str(value)


def _uscc(organisation: Organisation) -> str:
    return organisation.uscc.text if organisation.uscc else ""


def _stage(organisation: Organisation) -> str:
    return str(STAGES.get(organisation.stage, ""))


COLUMNS: Sequence[Column] = (
    Column("name", _("名称"), partial(_text, "name"), "name"),
    Column("short_name", _("简称"), partial(_text, "short_name"), "short_name"),
    Column("kind", _("类型"), kind_name, "kind"),
    Column("uscc", _("统一社会信用代码"), _uscc, "uscc"),
    Column("region", _("所在区划"), region_name, "region"),
    Column("industry", _("行业"), industry_name, "industry"),
    Column("stage", _("发展阶段"), _stage, "stage"),
    Column("founded_on", _("成立日期"), partial(_text, "founded_on"), "founded_on"),
    Column("confirmed_on", _("核实日期"), partial(_text, "confirmed_on"), "confirmed_on"),
    Column("retired_on", _("停用日期"), partial(_text, "retired_on"), "retired_on"),
)
"""No personal data here: neither the list nor its export ever carries them."""
USUAL_COLUMNS = ("name", "kind", "uscc", "region", "industry", "founded_on")
SORTS = frozenset(sign + column.sort for column in COLUMNS if column.sort for sign in ("", "-"))


def columns_named(codes: Iterable[str]) -> list[Column]:
    """The columns of these names in their usual order, the name always first; the usual ones when none is known."""
    chosen = {code for code in codes if any(column.code == code for column in COLUMNS)} or set(USUAL_COLUMNS)
    return [column for column in COLUMNS if column.code in chosen | {"name"}]


def listing(user: User, asked: Asked) -> QuerySet[Organisation]:
    """The organisations that a person may see and asked for, in the order asked for."""
    found = find(asked.text, visible_organisations(user))
    if asked.state != "all":
        found = found.filter(retired_on__isnull=asked.state == "in-force")
    if asked.kind:
        found = found.filter(kind__in=with_descendants(vocabulary.organisation_kinds(), asked.kind))
    if asked.region:
        found = found.filter(region__in=with_descendants(vocabulary.regions(), asked.region))
    if asked.industry:
        found = found.filter(industry__in=with_descendants(vocabulary.industries(), asked.industry))
    sort = asked.sort if asked.sort in SORTS else "name"
    return found.order_by(sort, "id")


def with_descendants(tree: CodeTree, code: str) -> list[str]:
    """A code with all codes below it; an unknown one alone, so that it finds only itself."""
    return [code, *tree.descendants(code)] if code in tree else [code]


def codes_in_use(user: User, field: str) -> list[str]:
    """The codes of `kind`, `region` or `industry` that visible organisations have, for the filter chips."""
    return sorted(
        code
        for code in visible_organisations(user).order_by().values_list(field, flat=True).distinct()
        if code
    )
