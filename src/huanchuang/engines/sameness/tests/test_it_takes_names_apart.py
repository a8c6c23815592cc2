"""A name in its parts: region, core, legal form, branch."""

from __future__ import annotations

import pytest

from huanchuang.engines.sameness.parts import NameReader


@pytest.mark.parametrize(
    ("written", "core", "form", "part"),
    [
        ("云澜市青岑区星澜新材料科技股份有限公司", "星澜新材科技", "joint-stock", ""),
        ("星澜（青岑）新材料有限责任公司", "星澜新材", "limited", ""),
        ("云澜恒峤建设工程有限公司青岑分公司", "恒峤建设工程", "limited", "青岑分公司"),
        ("云澜银行青岑支行", "云澜银行", "", "青岑支行"),
        ("云澜理工大学化学化工学院", "云澜理工大学", "", "化学化工学院"),
        ("青岑创新二号股权投资合伙企业（有限合伙）", "创新2号股权投资", "partnership", ""),
        ("岑创空间望屿基地", "岑创空间", "", "望屿基地"),
    ],
)
def test_it_splits_a_name(names: NameReader, written: str, core: str, form: str, part: str) -> None:
    parts = names.read(written)
    assert (parts.cores[0], parts.form, parts.part) == (core, form, part)


def test_it_keeps_a_region_that_is_all_the_brand_there_is(names: NameReader) -> None:
    """青岑新材 has no other word: without the region nothing would be left to compare but the trade."""
    assert "青岑新材" in names.read("青岑新材有限公司").cores


def test_it_never_cuts_a_region_off_a_university(names: NameReader) -> None:
    assert names.read("云澜大学").cores == ("云澜大学",)
    assert names.read("云澜理工大学").cores == ("云澜理工大学",)


def test_it_knows_bodies_that_only_their_region_tells_apart(names: NameReader) -> None:
    bureau = names.read("青岑区科学技术局")
    assert bureau.bare
    assert bureau.cores == names.read("区科技局").cores == ("科技局",)
    assert not names.read("青岑检验检测中心").bare


def test_it_reads_a_group_inside_and_outside_of_brackets(names: NameReader) -> None:
    assert names.read("云澜宏砺集团有限公司").group
    assert names.read("云澜宏砺（集团）有限公司").group
    assert not names.read("云澜宏砺有限公司").group


def test_it_takes_a_former_name_out_of_brackets(names: NameReader) -> None:
    assert names.read("松川鼎力钢构有限公司（原松川钢构厂）").formers == ("松川钢构厂",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("云澜市第一人民医院", "云澜市第1人民医院"),
        ("青岑加速器二期", "青岑加速器2期"),
        ("青岑環瀾電子有限公司", "青岑环澜电子有限公司"),
        ("ＡＢＣ科技有限公司", "abc 科技有限公司"),
        ("云澜市第十二中学", "云澜市第12中学"),
        ("云澜市第一〇三中学", "云澜市第103中学"),
        ("云澜市第一百零三中学", "云澜市第103中学"),
    ],
)
def test_it_folds_ways_of_writing(names: NameReader, one: str, other: str) -> None:
    assert names.read(one).whole == names.read(other).whole


def test_it_leaves_numerals_that_count_nothing(names: NameReader) -> None:
    assert names.read("三一重工股份有限公司").cores == ("三一重工",)
