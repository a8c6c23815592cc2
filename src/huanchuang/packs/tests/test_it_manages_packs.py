"""What a person does with ``huanchuang packs``, and what a district does with packs of its own."""

from datetime import date

import pytest

from huanchuang.engines.kernel import ProblemError
from huanchuang.packs import cli, library, vocabulary
from huanchuang.packs.kinds import MODULES
from huanchuang.packs.library import open_library

TOWN = """\
id: hechuan.regions
title: 合川镇街
title_en: Towns of Hechuan
version: 1.0
vocabulary: regions
shape: codes
extends: national.regions
codes:
  - code: "500117001"
    zh: 示例街道
    en: Sample street
    parent: "500117"
"""
CASES = "cases:\n  - name: 街道有名称\n    ask: name\n    of: '500117001'\n    gives: 示例街道\n"


@pytest.fixture
def own(tmp_path):
    """A folder of packs beside the database, with the towns of a county."""
    folder = tmp_path / "vocabulary" / "hechuan.regions"
    folder.mkdir(parents=True)
    (folder / "vocabulary.yaml").write_text(TOWN)
    (folder / "cases.yaml").write_text(CASES)
    (folder / "README.md").write_text("# 合川镇街\n")
    return tmp_path


@pytest.mark.parametrize("kind", MODULES)
def test_a_new_pack_is_sound_from_the_first_moment(tmp_path, kind):
    folder = cli.new(kind, "hechuan.first", tmp_path)
    assert folder == tmp_path / kind / "hechuan.first"
    assert cli.check(tmp_path) == []
    assert cli.check(folder) == []


@pytest.mark.parametrize(
    ("kind", "pack_id", "message"),
    [
        ("vocabluary", "hechuan.first", "您是不是想写“vocabulary”"),
        ("vocabulary", "Hechuan", "编号写成“地区.名称”"),
        ("vocabulary", "../escape", "编号写成“地区.名称”"),
        ("vocabulary", "", "编号写成“地区.名称”"),
    ],
)
def test_it_refuses_to_begin_a_pack_of_wrong_kind_or_id(tmp_path, kind, pack_id, message):
    with pytest.raises(ProblemError, match=message):
        cli.new(kind, pack_id, tmp_path)
    assert not any(tmp_path.iterdir())


def test_it_does_not_overwrite_a_pack(tmp_path):
    folder = cli.new("vocabulary", "hechuan.first", tmp_path)
    (folder / "README.md").write_text("# 我的\n")
    with pytest.raises(ProblemError, match="已经存在"):
        cli.new("vocabulary", "hechuan.first", tmp_path)
    assert (folder / "README.md").read_text() == "# 我的\n"


def test_it_lists_all_packs():
    lines = {summary.id: summary for summary in cli.listing()}
    assert lines["national.regions"].kind == "vocabulary"
    assert lines["national.regions"].cases > 5
    assert "全国县级以上行政区划" in lines["national.regions"].text()
    assert "Administrative divisions" in lines["national.regions"].text("en")


def test_it_shows_a_pack_in_both_languages():
    assert "编号：national.industries" in cli.show("national.industries")
    assert "Source: 国民经济行业分类 GB/T 4754-2017" in cli.show("national.industries", "en")


def test_it_names_the_nearest_id():
    with pytest.raises(ProblemError, match=r"您是不是想写“national\.regions”"):
        cli.show("national.region")


def test_packs_of_a_district_stand_beside_the_national_ones(own):
    regions = vocabulary.regions((own,))
    assert regions.full_name("500117001") == "重庆市合川区示例街道"
    assert "500117001" in regions.children("500117")
    assert "500117001" not in vocabulary.regions()


def test_a_check_of_own_packs_sees_the_shipped_ones(own):
    assert cli.check(own) == []
    assert cli.check(own / "vocabulary" / "hechuan.regions") == []


def test_the_same_folders_give_the_same_library(own):
    assert library((own,)) is library([own])
    assert library() is library(())
    assert library((own,)).get("national.regions") is library().get("national.regions")


def test_one_faulty_pack_does_not_keep_others_from_being_read(own):
    bad = own / "vocabulary" / "hechuan.words"
    bad.mkdir()
    (bad / "vocabulary.yaml").write_text("id: hechuan.words\n")
    packs = open_library([own], base=library())
    assert packs.get("hechuan.regions").version == "1.0"
    with pytest.raises(ProblemError, match="缺少必填项“title”"):
        packs.get("hechuan.words")
    with pytest.raises(ProblemError):
        packs.all()


def test_a_pack_tells_whether_it_is_in_force():
    regions = library().get("national.regions")
    assert not regions.is_in_force(date(2023, 12, 30))
    assert regions.is_in_force(date(2023, 12, 31))
    assert regions.is_in_force(date(2099, 1, 1))


def test_packs_are_frozen():
    pack = library().get("national.glossary")
    with pytest.raises(AttributeError):
        pack.version = "2.0"
    with pytest.raises(AttributeError):
        pack.content.terms[0].value.en = "other"
    grammar = library().get("national.plan-documents")
    with pytest.raises(TypeError):
        grammar.content["markers"] = ()
