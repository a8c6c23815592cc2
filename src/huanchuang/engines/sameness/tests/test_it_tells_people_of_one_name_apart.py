"""A name alone never says that two records are of one person."""

from __future__ import annotations

import pytest

from huanchuang.engines.sameness import Context, PersonRecord, Verdict, compare_people
from huanchuang.engines.sameness.parts import NameReader
from huanchuang.engines.sameness.tests.pairs import person, written

PAIRS = written("people.dev")
LEFT_TO_A_PERSON = {
    "siblings by sign at one unit",
    "two generations",
    "lecturer before and professor later",
    "common name at firms of one industry",
    "other surname",
    "rare name moved into a firm of the field",
}
BEYOND_US = {"the same team has two of one name"}


@pytest.mark.parametrize(("label", "why", "one", "other"), PAIRS, ids=[pair[1] for pair in PAIRS])
def test_it_answers_the_labelled_pairs(
    names: NameReader, label: str, why: str, one: dict, other: dict
) -> None:
    verdict = compare_people(person(one), person(other), names).verdict
    right = {"same": Verdict.SAME, "different": Verdict.DIFFERENT, "open": Verdict.UNSURE}[label]
    if why in BEYOND_US:
        assert verdict == Verdict.SAME  # same name, unit, field and team: nothing tells them apart
    else:
        assert verdict == (Verdict.UNSURE if why in LEFT_TO_A_PERSON else right)


@pytest.mark.parametrize("name", ["张伟", "王晓禾", "上官澜月", "ZHANG Wei"])
def test_it_never_proposes_one_person_by_name_alone(names: NameReader, name: str) -> None:
    assert compare_people(PersonRecord(name), PersonRecord(name), names).verdict != Verdict.SAME


def test_it_never_takes_two_names_at_one_address_for_one_person(names: NameReader) -> None:
    """The address may be the laboratory's; a changed name is for a person to see."""
    shared = {
        "unit": "云澜理工大学",
        "fields": ("碳纤维",),
        "emails": frozenset({"e"}),
        "phones": frozenset({"p"}),
    }
    made = compare_people(PersonRecord("秦砚秋", **shared), PersonRecord("林晓岚", **shared), names)
    assert made.verdict != Verdict.SAME


def test_it_learns_from_the_register_how_common_a_name_is(names: NameReader) -> None:
    one = PersonRecord("上官澜月", unit="松川大学", fields=("水处理",))
    other = PersonRecord("上官澜月", unit="云澜理工大学", fields=("水处理",))
    assert compare_people(one, other, names, Context(0)).verdict == Verdict.SAME
    assert compare_people(one, other, names, Context(9)).verdict != Verdict.SAME


def test_it_names_the_co_workers_that_two_records_share(names: NameReader) -> None:
    made = compare_people(
        PersonRecord("王伟", coworkers=frozenset({"沈知夏", "卫南乔"})),
        PersonRecord("王伟", coworkers=frozenset({"沈知夏", "俞立群"})),
        names,
    )
    row = next(row for row in made.fields if row.field == "coworkers")
    assert "沈知夏" in row.why("zh")
    assert "卫南乔" not in row.why("zh")


def test_it_never_shows_a_telephone_or_an_address(names: NameReader) -> None:
    """Contacts are compared by digest, and not even the digest is handed on."""
    made = compare_people(
        PersonRecord("王伟", phones=frozenset({"digest-1"}), emails=frozenset({"digest-2"})),
        PersonRecord("王伟", phones=frozenset({"digest-1"}), emails=frozenset({"digest-3"})),
        names,
    )
    assert "digest" not in str(made.as_data())
