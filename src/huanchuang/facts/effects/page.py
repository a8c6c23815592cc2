"""The figures on an organisation's page, and the words for facts in its history."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huanchuang.accounts.models import User
from huanchuang.facts.queries.access import reader_for
from huanchuang.facts.queries.table import YEARS_SHOWN, table_of
from huanchuang.packs import vocabulary
from huanchuang.registry.effects import Section, name_verbs, on_record_page
from huanchuang.registry.models import Entry


@on_record_page(order=10)
def yearly_figures(user: User, entry: Entry) -> Section | None:
    """The section with the newest yearly figures."""
    reader = reader_for(user, entry)
    table = table_of(reader, kind="year", newest=YEARS_SHOWN)
    if not table.as_of and not vocabulary.fact_dictionary().about(entry.kind_name()):
        return None  # nothing is kept about this kind
    return Section(_("年度数据"), "facts/_record.html", {"table": table, "reader": reader})


name_verbs(
    {
        "facts.fact.record": _("记录数据"),
        "facts.fact.withdraw": _("撤回数据"),
        "facts.fact.record_bulk": _("批量记录数据"),
        "registry.facts.import": _("导入年度数据"),
        "facts.source.choose": _("选定来源"),
        "facts.source.take_back": _("撤销选定"),
    }
)
