"""A plan names a unit in its own way; the register knows which one is meant, and says nothing when it is not sure."""

from __future__ import annotations

import pytest

from huanchuang.audit.services import SYSTEM
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries import find, resolve_unit, resolve_units
from huanchuang.registry.services import change_organisation, register_organisation, retire_organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "written",
    [
        "青岑区财政局",
        "区财政局",
        "财政局",
        "云澜市青岑区财政局",
        " 青岑区 财政局 ",
        "财政局国资办",
        "区财政局（国有资产办公室）",
        "11500000009276804m",
    ],
)
def test_it_knows_the_bureau(bureau, written):
    assert resolve_unit(written) == bureau


@pytest.mark.parametrize(
    "written",
    [
        "云澜岑科新材料有限责任公司",
        "云澜岑科新材料有限公司",
        "云澜岑科新材料（有限公司）",
        "岑科新材",
        "岑科材料",
        "云澜市青岑区云澜岑科新材料有限公司",
    ],
)
def test_it_knows_the_firm(firm, written):
    assert resolve_unit(written) == firm


def test_it_stays_silent_when_two_fit(bureau):
    other = register_organisation(SYSTEM, name="云澜市财政局", kind="bureau", region="990000")
    assert resolve_unit("财政局") is None
    assert resolve_unit("云澜市财政局") == other
    assert resolve_unit("区财政局") == bureau


@pytest.mark.parametrize("written", ["", "  ", "()", "税务局", "91350100M000100Y4Z"])
def test_it_knows_nobody_by_that_name(bureau, written):
    assert resolve_unit(written) is None


def test_it_prefers_the_one_in_force(bureau):
    retire_organisation(SYSTEM, bureau, bureau.version, "机构改革")
    heir = register_organisation(SYSTEM, name="青岑区财政局", kind="bureau", region="990101")
    assert resolve_unit("区财政局") == heir


def test_it_follows_a_new_name_and_keeps_the_old_one_as_alias(firm):
    change_organisation(
        SYSTEM, firm, firm.version, name="云澜岑科高分子有限公司", aliases=["云澜岑科新材料有限公司"]
    )
    assert resolve_unit("云澜岑科高分子有限公司") == firm
    assert resolve_unit("云澜岑科新材料有限责任公司") == firm
    assert resolve_unit("岑科材料") is None


def test_it_resolves_a_whole_plan_with_two_questions(firm, bureau, django_assert_num_queries):
    written = ["区财政局", "岑科新材", "区税务局", "11500000009276804M"] * 50
    with django_assert_num_queries(2):
        found = resolve_units(written)
    assert found == {"区财政局": bureau, "岑科新材": firm, "区税务局": None, "11500000009276804M": bureau}


@pytest.mark.parametrize("words", ["岑科", "新材 岑科", "ＣＥＮＫＥ", "m000100y43", "有限责任公司"])
def test_it_searches_names_and_codes(firm, bureau, words):
    if words == "ＣＥＮＫＥ":
        change_organisation(SYSTEM, firm, firm.version, aliases=["Cenke Materials"])
    assert list(find(words, Organisation.objects.all())) == [firm]


def test_it_takes_percent_and_underscore_as_letters(firm):
    assert not find("%岑", Organisation.objects.all()).exists()
