"""一企一档: everything about one organisation, for each reader what they may see, on the page and as a Word paper."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import Period
from huanchuang.facts.models import SourceKind
from huanchuang.facts.services import FactGiven, record_facts
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.kinds import kind_named
from huanchuang.registry.services import (
    join,
    qualify,
    register,
    register_many,
    register_organisation,
    relate,
    retire,
)
from huanchuang.web.queries.dossier import dossier
from huanchuang.web.queries.dossier.belongings import SHOWN

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 6, 30)


@pytest.fixture
def school(db):
    return register_organisation(SYSTEM, name="云澜理工大学", kind="university", region="990101")


@pytest.fixture
def firm(school, cast):
    made = register_organisation(
        SYSTEM, name="云澜岑科新材料有限公司", short_name="岑科新材", kind="company", region="990101",
        contact_name="何晓月", contact_phone="13800001234",
    )  # fmt: skip
    join(SYSTEM, cast.clerk, made, post="会计", since=dt.date(2020, 1, 1))
    qualify(SYSTEM, made, "high-tech-enterprise", dt.date(2023, 10, 16), valid_until=dt.date(2026, 10, 15))
    figures = [
        FactGiven(
            made.subject, "sales-revenue", Period.year(year), value, "万元", SourceKind.IMPORT, "年度汇总"
        )
        for year, value in ((2023, "80"), (2024, "100"), (2025, "112.5"))
    ]
    record_facts(SYSTEM, figures)
    relate(SYSTEM, "partner-of", school, made)
    return made


def of_kind(name, owner, title, **more):
    kind = kind_named(name)
    return register(SYSTEM, kind, {kind.title_field: title, kind.owner_field: owner, **more})


def part(user, organisation, name):
    found = [one for one in dossier(user, organisation, TODAY).parts if one.id == name]
    return found[0] if found else None


def words(shown):
    return [cell.text for row in shown.rows for cell in row]


def test_it_shows_what_there_is_and_names_what_there_is_not(cast, firm):
    found = dossier(cast.officer, firm, TODAY)
    assert [one.id for one in found.parts] == [
        "identity",
        "qualifications",
        "figures",
        "relations",
        "seats",
        "history",
    ]
    assert "仪器设备" in found.empty
    assert found.as_of == TODAY


def test_a_qualification_says_how_long_it_lasts(cast, firm):
    shown = part(cast.officer, firm, "qualifications")
    assert "107天后到期" in words(shown)
    assert "107" in shown.lead


def test_three_years_of_figures_show_trend_and_source(cast, firm):
    shown = part(cast.officer, firm, "figures")
    assert [head.title for head in shown.heads] == ["指标", "2023年", "2024年", "2025年", "变化", "来源"]
    row = next(row for row in shown.rows if row[0].text.startswith("销售收入"))
    assert row[4].text == "↑ 12.5%"
    assert "年度汇总" in row[5].text
    assert row[3].why
    assert "增长12.5%" in shown.lead


def test_a_stranger_to_the_firm_sees_only_what_is_public(cast, firm):
    found = dossier(cast.manager, firm, TODAY)
    assert "联系人" not in [label for label, _cells in found.parts[0].lines]
    assert not {"seats", "history", "imports", "files"} & {one.id for one in found.parts}
    assert not {"账户", "来源与变更"} & set(found.empty)


def test_personal_data_stay_masked_for_everybody(cast, firm):
    for user in (cast.officer, cast.clerk, cast.auditor):
        lines = dict(part(user, firm, "identity").lines)
        assert lines["联系电话"][0].text == "138****1234"


def test_nobody_outside_learns_of_what_is_confidential(cast, firm):
    of_kind("achievement", firm, "公开的涂层")
    of_kind("achievement", firm, "保密的配方", is_confidential=True)
    assert words(part(cast.officer, firm, "achievements"))[0] == "公开的涂层"
    assert part(cast.officer, firm, "achievements").count == 1
    inside = part(cast.clerk, firm, "achievements")
    assert inside.count == 2
    assert "保密" in {row[0].note for row in inside.rows}


def test_an_anonymous_need_is_not_told_to_be_its_owners(cast, firm):
    of_kind("need", firm, "匿名的难题", kind="technology", is_anonymous=True)
    assert part(cast.manager, firm, "needs") is None
    assert part(cast.clerk, firm, "needs").count == 1
    assert part(cast.officer, firm, "needs").count == 1


def test_what_was_retired_is_not_among_what_it_has(cast, firm):
    entry = of_kind("service", firm, "停办的服务", category="testing")
    retire(SYSTEM, entry, entry.version, "不再提供")
    assert part(cast.officer, firm, "services") is None


def test_rights_are_told_by_what_is_in_force_and_due(cast, firm):
    of_kind("patent", firm, "甲", kind="invention", state="granted", number="201710601862.3",
            applied_on=dt.date(2017, 7, 21), fee_due_on=dt.date(2026, 7, 21))  # fmt: skip
    of_kind("patent", firm, "乙", kind="design", state="pending")
    assert part(cast.officer, firm, "patents").lead == "有效 1 件，审查中 1 件，90天内应缴年费 1 件"
    outside = part(cast.manager, firm, "patents")
    assert "年费" not in outside.lead
    assert "2026-07-21" not in words(outside)


def test_a_long_list_is_cut_and_says_where_the_rest_is(cast, firm):
    rows = [{"title": f"服务{n}", "owner": firm, "category": "testing"} for n in range(SHOWN + 5)]
    register_many(SYSTEM, kind_named("service"), rows, "0" * 64)
    shown = part(cast.officer, firm, "services")
    assert (len(shown.rows), shown.count) == (SHOWN, SHOWN + 5)
    assert shown.more_url.endswith(f"?owner={firm.pk}")


def test_the_number_of_questions_does_not_grow_with_the_organisation(client, cast, firm):
    client.force_login(cast.officer)
    address = reverse("web:dossier", args=[firm.pk])

    def asked():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    for name, more in (("person", {"roles": ["engineer"]}), ("achievement", {}), ("patent", {"kind": "design"}),
                       ("need", {"kind": "talent"}), ("equipment", {}), ("service", {"category": "testing"}),
                       ("space", {"kind": "office"}), ("document", {"kind": "report"})):  # fmt: skip
        of_kind(name, firm, f"{name}一", **more)
    few = asked()
    for number in range(20):
        of_kind("achievement", firm, f"成果{number}")
        of_kind("equipment", firm, f"仪器{number}")
    assert asked() == few
    assert few <= 30


def test_it_is_not_there_for_those_who_may_not_see_the_organisation(client, cast, firm):
    other = register_organisation(SYSTEM, name="别家有限公司", kind="company")
    client.force_login(cast.clerk)
    assert client.get(reverse("web:dossier", args=[firm.pk])).status_code == 200
    assert client.get(reverse("web:dossier", args=[other.pk])).status_code == 404
    assert client.get(reverse("web:dossier_word", args=[other.pk])).status_code == 404


def test_the_record_leads_to_it(client, cast, firm):
    client.force_login(cast.officer)
    assert reverse("web:dossier", args=[firm.pk]) in client.get(firm.get_absolute_url()).content.decode()


def test_the_word_paper_says_the_same_with_day_and_reader(client, cast, firm):
    of_kind("achievement", firm, "公开的涂层")
    client.force_login(cast.officer)
    answer = client.get(reverse("web:dossier_word", args=[firm.pk]))
    assert "attachment" in answer["Content-Disposition"]
    paper = Document(io.BytesIO(answer.content))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "截至 2026-06-30" in text
    assert cast.officer.name in text
    assert {"公开的涂层", "2023年", "↑ 12.5%"} <= set(cells)
    assert any("年度汇总" in cell for cell in cells)
    assert "13800001234" not in text + "".join(cells)


def test_a_bare_organisation_has_a_page_too(client, cast):
    bare = register_organisation(SYSTEM, name="空空如也有限公司", kind="company")
    client.force_login(cast.officer)
    page = client.get(reverse("web:dossier", args=[bare.pk])).content.decode()
    assert "没有登记的内容" in page
    assert Organisation.objects.get(pk=bare.pk).name in page
