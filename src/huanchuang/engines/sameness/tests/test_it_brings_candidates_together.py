"""Blocking: records that may be the same share a key; the rest need not be compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.sameness import (
    OrganisationRecord,
    PersonRecord,
    ThingRecord,
    candidates,
    organisation_keys,
    person_keys,
    thing_keys,
)
from huanchuang.engines.sameness.parts import NameReader
from huanchuang.engines.sameness.tests.conftest import standard_rules
from huanchuang.engines.sameness.tests.pairs import organisation, places, written

SAME = [pair for pair in written("organisations.dev") if pair[0] == "same"]


@pytest.mark.parametrize(("label", "why", "one", "other"), SAME, ids=[pair[1] for pair in SAME])
def test_it_lets_every_pair_of_one_organisation_meet(
    names: NameReader, label: str, why: str, one: dict, other: dict
) -> None:
    assert organisation_keys(organisation(one), names) & organisation_keys(organisation(other), names)


@given(st.text("岑澜砺峤沐禾星辰材", min_size=3, max_size=6), st.data())
def test_it_lets_names_one_sign_apart_meet(core: str, data: st.DataObject) -> None:
    names = NameReader(standard_rules(), places())
    place = data.draw(st.integers(0, len(core) - 1))
    sign = data.draw(st.sampled_from("丘丙丁"))
    for other in (core[:place] + sign + core[place + 1 :], core[:place] + sign + core[place:]):
        one, two = (
            OrganisationRecord(f"{name}有限公司", address=address)
            for name, address in ((core, "澜江路3号"), (other, "青岑区澜江路3号2楼"))
        )
        assert organisation_keys(one, names) & organisation_keys(two, names)


def test_it_lets_people_meet_by_name_contact_or_slip_at_one_unit(names: NameReader) -> None:
    person = PersonRecord("周建伟", unit="青岑检验检测中心", phones=frozenset({"t"}))
    for other in (
        PersonRecord("周建伟", unit="云澜理工大学"),
        PersonRecord("周建炜", unit="青岑检验检测中心"),
        PersonRecord("吴敏", phones=frozenset({"t"})),
    ):
        assert person_keys(person, names) & person_keys(other, names)
    assert not person_keys(person, names) & person_keys(PersonRecord("周建炜", unit="云澜理工大学"), names)


def test_it_lets_things_meet_by_number_or_much_of_the_title(names: NameReader) -> None:
    patent = ThingRecord("一种高导热石墨烯薄膜及其制备方法和应用", number="ZL201710601862.3")
    others = [
        ThingRecord("石墨烯薄膜", number="201710601862.3"),
        ThingRecord("一种高导热石墨烯薄膜及其制备方法"),
    ]
    for other in others:
        assert thing_keys(patent, names.rules) & thing_keys(other, names.rules)


def test_it_names_every_pair_once_and_leaves_out_crowded_keys() -> None:
    keys = {1: {"a", "b"}, 2: {"a", "b"}, 3: {"c"}, 4: {"c"}, 5: {"d"}} | {
        n: {"crowd"} for n in range(10, 20)
    }
    assert list(candidates(keys, crowded=5)) == [(1, 2), (3, 4)]
