"""Each example case of each shipped pack is a test of its own name."""

import pytest

from huanchuang.packs import cli, library
from huanchuang.packs.kinds import MODULES, kind_named
from huanchuang.packs.pack import run_case

CASES = [(pack, case) for pack in library().all() for case in pack.cases]


@pytest.mark.parametrize(("pack", "case"), CASES, ids=[f"{pack.id}: {case.name}" for pack, case in CASES])
def test_it_answers_as_the_case_says(pack, case):
    wrong = run_case(pack, kind_named(pack.kind), case)
    assert wrong is None, wrong.text()


def test_all_shipped_packs_are_sound():
    assert cli.check() == []


@pytest.mark.parametrize("pack", library().all("vocabulary"), ids=lambda pack: pack.id)
def test_every_vocabulary_cites_its_sources_and_is_proven(pack):
    assert pack.sources
    assert pack.cases
    assert "## 依据" in (pack.path / "README.md").read_text(encoding="utf-8")


def test_every_folder_of_packs_is_a_known_kind():
    assert {pack.kind for pack in library().all()} <= set(MODULES)
