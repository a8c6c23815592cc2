"""Two records of organisations: likely the same, unsure, likely different, and why."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.sameness import (
    Comparison,
    Context,
    Mark,
    OrganisationRecord,
    Verdict,
    compare_organisations,
)
from huanchuang.engines.sameness.parts import NameReader
from huanchuang.engines.sameness.tests.conftest import standard_rules
from huanchuang.engines.sameness.tests.pairs import code, organisation, places, written

PAIRS = written("organisations.dev")
HARD = {
    "former name and code changed at re-registration",  # the code differs: a person looks
}
WRONG = {"same": Verdict.DIFFERENT, "different": Verdict.SAME}


@pytest.mark.parametrize(("label", "why", "one", "other"), PAIRS, ids=[pair[1] for pair in PAIRS])
def test_it_answers_the_labelled_pairs(
    names: NameReader, label: str, why: str, one: dict, other: dict
) -> None:
    verdict = compare_organisations(organisation(one), organisation(other), names).verdict
    right = {"same": Verdict.SAME, "different": Verdict.DIFFERENT, "open": Verdict.UNSURE}[label]
    assert verdict == (Verdict.UNSURE if why in HARD else right)


def named(name: str, **values: object) -> OrganisationRecord:
    return OrganisationRecord(name, **values)


def test_it_says_for_every_field_what_it_found(names: NameReader) -> None:
    made = compare_organisations(
        named("青岑恒峤化工有限公司", code=code(1), founded_on=dt.date(2010, 5, 1)),
        named("青岑恒峤化工股份有限公司", code=code(2), founded_on=dt.date(2010, 5, 1)),
        names,
    )
    found = {row.field: row for row in made.fields}
    assert found["name"].mark == Mark.AGREE
    assert found["form"].mark == Mark.DIFFER
    assert found["code"].mark == Mark.DIFFER
    assert (found["code"].left, found["code"].right) == (code(1), code(2))
    assert found["founded"].mark == Mark.AGREE
    assert found["address"].mark == Mark.MISSING
    assert all(row.why("zh") and row.why("en") and row.label("en") for row in made.fields)


def test_it_never_proposes_one_organisation_for_two_valid_codes(names: NameReader) -> None:
    """Whatever else agrees: a branch, or a new registration, is for a person to see."""
    one = named(
        "青岑启砾软件有限公司", code=code(1), address="澜江路9号", phones=frozenset({"p"}), contact="何青",
        founded_on=dt.date(2012, 3, 1), industry="65", kind="enterprise", regions=("云澜市", "青岑区"),
    )  # fmt: skip
    other = dataclasses.replace(one, code=code(2))
    assert compare_organisations(one, other, names).verdict != Verdict.SAME
    told = dataclasses.replace(other, former_codes=(code(1),))
    assert compare_organisations(one, told, names).verdict == Verdict.SAME


def test_it_knows_the_own_part_of_a_code_after_a_move(names: NameReader) -> None:
    """The first eight characters change with the registration office, characters 9 to 17 stay."""
    here, there = "91500117MA5U12345H", "91370600MA5U12345"
    from huanchuang.engines.kernel.identifiers.uscc import check_character

    made = compare_organisations(
        named("青岑启砾软件有限公司", code=here),
        named("青岑启砾软件有限公司", code=there + check_character(there)),
        names,
    )
    assert next(row.outcome for row in made.fields if row.field == "code") == "body"
    assert made.verdict == Verdict.SAME


def test_it_does_not_let_a_short_name_hide_another_legal_form(names: NameReader) -> None:
    one = named("青岑恒峤化工有限公司", other_names=("恒峤化工",))
    other = named("青岑恒峤化工股份有限公司", other_names=("恒峤化工",))
    made = compare_organisations(one, other, names)
    row = next(row for row in made.fields if row.field == "form")
    assert (row.outcome, row.left, row.right) == ("changed", "有限公司", "股份有限公司")
    assert made.verdict == Verdict.UNSURE


def test_it_holds_parent_and_child_apart(names: NameReader) -> None:
    above = named("云澜星辰汽车部件有限公司", subject="registry.organisation:1", phones=frozenset({"p"}))
    below = named(
        "云澜星辰汽车部件有限公司", subject="registry.organisation:2", parent="registry.organisation:1", phones=frozenset({"p"})
    )  # fmt: skip
    assert compare_organisations(above, below, names).verdict != Verdict.SAME


def test_it_trusts_an_equal_name_less_where_several_are_called_so(names: NameReader) -> None:
    one, other = named("华瑞科技有限公司"), named("华瑞科技有限公司")
    alone = compare_organisations(one, other, names)
    crowded = compare_organisations(one, other, names, Context(namesakes=5))
    assert alone.verdict == Verdict.SAME
    assert crowded.verdict == Verdict.UNSURE


def test_it_can_be_stored_and_read_again(names: NameReader) -> None:
    made = compare_organisations(named("青岑星澜有限公司"), named("青岑星岚有限公司", code=code(3)), names)
    assert Comparison.from_data(made.as_data()) == made


signs = st.text("岑澜砺峤沐禾星辰材料科技一二三第（）青岑区市有限公司股份集团大学分医院局 ", max_size=18)
records = st.builds(
    OrganisationRecord,
    name=signs,
    other_names=st.lists(signs, max_size=2).map(tuple),
    code=st.sampled_from(["", code(1), code(2), "91990101MA0000001"]),
    regions=st.sampled_from([(), ("云澜市",), ("云澜市", "青岑区"), ("松川市",)]),
    address=st.sampled_from(["", "澜江路3号", "青岑区澜江路3号5楼", "理工北路8号"]),
    phones=st.frozensets(st.sampled_from("ab"), max_size=2),
)


@given(records, records)
def test_it_does_not_matter_which_record_comes_first(
    one: OrganisationRecord, other: OrganisationRecord
) -> None:
    names = NameReader(standard_rules(), places())
    forth, back = compare_organisations(one, other, names), compare_organisations(other, one, names)
    assert forth.score == pytest.approx(back.score)
    assert forth.verdict == back.verdict
    assert 0 <= forth.score <= 1


@given(records)
def test_it_never_calls_a_record_different_from_itself(record: OrganisationRecord) -> None:
    names = NameReader(standard_rules(), places())
    assert compare_organisations(record, record, names).verdict != Verdict.DIFFERENT
