"""A list that was searched shows the same rows and the same count, whichever way its pages are turned."""

from __future__ import annotations

import pytest
from django.core.paginator import Paginator

from huanchuang.audit.services import SYSTEM
from huanchuang.registry.queries import paging
from huanchuang.registry.queries.kinds import ORGANISATION
from huanchuang.registry.queries.listing import Asked, listing
from huanchuang.registry.services import register_organisations

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(db):
    rows = [
        {"name": f"云澜{place}{number:03d}有限公司", "kind": "company"}
        for number in range(60)
        for place in ("岑", "澜")
    ]
    register_organisations(SYSTEM, rows, digest="0" * 64)


@pytest.mark.parametrize("few", [5, 59, 60, 2000])
@pytest.mark.parametrize("number", ["1", "2", "99", "nonsense", None])
@pytest.mark.parametrize("text", ["云澜岑", "云澜", "岑 007", "没有这一家"])
def test_it_shows_what_a_plain_list_would_show(cast, many, monkeypatch, few, number, text):
    monkeypatch.setattr(paging, "FEW", few)
    found = listing(cast.officer, ORGANISATION, Asked(text=text, sort="-name"))
    plain = Paginator(found, paging.PAGE_SIZE).get_page(number)
    page = paging.page_of(found, number, searched=True)
    assert (list(page), page.number, page.paginator.count) == (
        list(plain),
        plain.number,
        plain.paginator.count,
    )
    assert page.paginator.num_pages == plain.paginator.num_pages


def test_it_looks_through_the_text_once(cast, many, django_assert_num_queries):
    found = listing(cast.officer, ORGANISATION, Asked(text="云澜岑"))
    with django_assert_num_queries(2):  # the keys, and the rows of the page
        page = paging.page_of(found, "2", searched=True)
        assert len(list(page)) == 10
        assert page.paginator.count == 60
