"""The list: search, chips, sort, columns, fifty a page; the export carries exactly that and nothing that runs."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from huanchuang.audit.services import SYSTEM
from huanchuang.registry.models import Organisation
from huanchuang.registry.services import register_organisation, retire_organisation

pytestmark = pytest.mark.django_db
LIST = "registry:organisations"


@pytest.fixture
def officer(client, people):
    client.force_login(people.officer)
    return client


def names(page):
    return [row.name for row, _ in page.context["rows"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=岑科", ["云澜岑科新材料有限责任公司"]),
        ("kind=government", ["青岑区财政局"]),
        ("kind=enterprise", ["云澜岑科新材料有限责任公司"]),
        ("industry=26", ["云澜岑科新材料有限责任公司"]),
        ("region=990000&sort=-name", ["青岑区财政局", "云澜岑科新材料有限责任公司"]),
        ("kind=nonsense", []),
        ("sort=nonsense&page=999&status=nonsense", ["云澜岑科新材料有限责任公司", "青岑区财政局"]),
    ],
)
def test_it_finds_filters_and_sorts(officer, query, expected):
    assert names(officer.get(f"{reverse(LIST)}?{query}")) == expected


def test_it_keeps_retired_ones_apart(officer, firm):
    retire_organisation(SYSTEM, firm, firm.version, "已注销")
    assert firm.name not in names(officer.get(reverse(LIST)))
    assert names(officer.get(f"{reverse(LIST)}?status=retired")) == [firm.name]


def test_it_remembers_the_columns(officer):
    officer.get(f"{reverse(LIST)}?column=name&column=stage")
    page = officer.get(reverse(LIST))
    assert [str(head["title"]) for head in page.context["heads"]] == ["名称", "发展阶段"]


def test_it_exports_the_rows_and_columns_of_the_address(officer):
    answer = officer.get(
        reverse("registry:organisation-export", kwargs={"form": "xlsx"}) + "?q=岑科&column=name&column=uscc"
    )
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert sheet == [["名称", "统一社会信用代码"], ["云澜岑科新材料有限责任公司", "91350100M000100Y43"]]


@pytest.mark.parametrize("evil", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1+1"])
def test_it_disarms_formulas(officer, evil):
    Organisation.objects.filter(name__contains="岑科").update(short_name=evil)
    query = "?q=岑科&column=name&column=short_name"
    plain = officer.get(
        reverse("registry:organisation-export", kwargs={"form": "csv"}) + query
    ).content.decode("utf-8-sig")
    cell = plain.splitlines()[1].split(",", 1)[1].strip('"')
    assert cell.startswith("'")
    book = officer.get(reverse("registry:organisation-export", kwargs={"form": "xlsx"}) + query).content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert sheet[1][1].strip() == evil.strip()


def test_it_gives_csv_a_byte_order_mark(officer):
    assert officer.get(reverse("registry:organisation-export", kwargs={"form": "csv"})).content.startswith(
        b"\xef\xbb\xbf"
    )


def test_it_knows_no_other_file(officer):
    assert officer.get(reverse("registry:organisation-export", kwargs={"form": "exe"})).status_code == 404


def test_it_asks_no_more_questions_for_a_hundred_times_the_rows(officer, firm, django_assert_max_num_queries):
    def questions(url):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as caught:
            officer.get(url)
        return len(caught)

    urls = [
        reverse(LIST),
        reverse("registry:organisation-export", kwargs={"form": "csv"}),
        firm.get_absolute_url(),
    ]
    officer.get(urls[0])
    few = [questions(url) for url in urls]
    for number in range(200):
        register_organisation(
            SYSTEM, name=f"青岑第{number}号企业有限公司", kind="company", region="990101", industry="2651"
        )
    many = [questions(url) for url in urls]
    assert many == few
    assert max(many) <= 31
