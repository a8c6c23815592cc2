"""Identifiers: right ones pass in every writing, wrong ones are explained."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel import IndustryCode, PatentNumber, ProblemError, RegionCode, Uscc
from huanchuang.engines.kernel.identifiers import patent, uscc

GOOD_USCC = [
    "91350100M000100Y43",
    "91512081MA62K0260E",
    "11500000009276804M",
    "1150010700927688XM",
    "11500000MB15895317",
    "11500104009286420B",
]
SIGNS = st.sampled_from(uscc.ALPHABET)
FIRST_17 = st.tuples(
    st.text(SIGNS, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(SIGNS, min_size=9, max_size=9),
).map("".join)


@pytest.mark.parametrize("text", GOOD_USCC)
def test_it_accepts_real_codes_in_any_writing(text):
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in text.lower())
    assert Uscc.parse(text).text == Uscc.parse(text.lower()).text == Uscc.parse(f" {wide} ").text == text


@given(FIRST_17, st.integers(0, 16), SIGNS)
def test_one_wrong_character_is_always_found(first, place, sign):
    good = first + uscc.check_character(first)
    assert Uscc.parse(good).text == good
    if first[place] != sign:
        with pytest.raises(ProblemError):
            Uscc.parse(good[:place] + sign + good[place + 1 :])


def test_it_names_the_parts():
    code = Uscc.parse("1150010700927688XM")
    assert (code.category, code.region, code.organisation_code) == ("11", "500107", "00927688X")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "91350100M000100Y4Z",
            "统一社会信用代码“91350100M000100Y4Z”：校验位（第18位）是“Z”，按前17位应为“3”。请逐位核对，多半是前面某一位抄错",
        ),
        (
            "91350100MO00100Y43",
            "统一社会信用代码“91350100MO00100Y43”：第10位“O”不是允许的字符。请改正第10位，可能是“0”",
        ),
        ("9135", "统一社会信用代码“9135”：有4位，应为18位。请对照营业执照补全或删去多余的字符"),
    ],
)
def test_it_explains_a_wrong_code(text, message):
    with pytest.raises(ProblemError) as error:
        Uscc.parse(text)
    assert str(error.value) == message


def test_it_explains_in_english_too():
    with pytest.raises(ProblemError) as error:
        Uscc.parse("91350100M000100Y44")
    assert error.value.text("en") == (
        'unified social credit code "91350100M000100Y44": check character 18 is "4", expected "3". '
        "Compare every character; most often an earlier one is mistyped"
    )


@pytest.mark.parametrize(
    ("text", "canonical", "kind", "year"),
    [
        ("ZL201710601862.3", "ZL201710601862.3", "invention", 2017),
        ("zl 2017 1 0601862.3", "ZL201710601862.3", "invention", 2017),
        ("CN201710601862.3", "201710601862.3", "invention", 2017),
        ("2017106018623", "201710601862.3", "invention", 2017),
        ("95115608.X", "95115608.X", "invention", 1995),
        ("专利号：ZL95115608.x", "ZL95115608.X", "invention", 1995),
    ],
)
def test_it_reads_patent_numbers_old_and_new(text, canonical, kind, year):
    number = PatentNumber.parse(text)
    assert (number.text, number.kind, number.year) == (canonical, kind, year)
    assert PatentNumber.parse(number.text) == number


@given(
    st.integers(2004, 2099),
    st.sampled_from("12389"),
    st.integers(0, 9_999_999),
    st.integers(0, 11),
    st.sampled_from("0123456789"),
)
def test_a_wrong_digit_of_a_patent_number_is_found(year, kind, serial, place, digit):
    digits = f"{year}{kind}{serial:07d}"
    check = patent.check_character(digits)
    assert PatentNumber.parse(f"{digits}.{check}").digits == digits
    if digits[place] != digit:
        with pytest.raises(ProblemError):
            PatentNumber.parse(f"{digits[:place]}{digit}{digits[place + 1 :]}.{check}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("201710601862.4", "专利号“201710601862.4”：校验位是“4”，应为“3”。请对照证书核对每一位数字"),
        ("95115608", "专利号“95115608”：缺少小数点后的校验位。请对照证书补上校验位（按前面的数字应为“X”）"),
        (
            "CN107123456A",
            "专利号“CN107123456A”：是公开（公告）号，不是申请号。请填写申请号或专利号，例如 ZL201710601862.3",
        ),
        ("专利若干", "专利号“专利若干”：不是专利号的形式。请填写申请号或专利号，例如 ZL201710601862.3"),
        (
            "201740601862.3",
            "专利号“201740601862.3”：第5位种类号“4”不存在。请对照证书核对种类号（1发明、2实用新型、3外观设计、8、9国际申请）",
        ),
    ],
)
def test_it_explains_a_wrong_patent_number(text, message):
    with pytest.raises(ProblemError) as error:
        PatentNumber.parse(text)
    assert str(error.value) == message


@given(st.text(max_size=20))
def test_no_text_breaks_an_identifier(text):
    for kind in (Uscc, PatentNumber, RegionCode, IndustryCode):
        with suppress(ProblemError):
            assert kind.parse(text).text


def test_regions_know_their_level_and_parent():
    village = RegionCode.parse("５００１０７００１００２")
    assert [village.level, village.parent.level, village.parent.parent.text] == [
        "village",
        "township",
        "500107",
    ]
    assert RegionCode.parse("500107").parent.text == "500100"
    assert RegionCode.parse("500100").parent.text == "500000"
    assert RegionCode.parse("500000").parent is None


def test_industries_know_their_section_and_parent():
    code = IndustryCode.parse("c3521")
    assert (code.text, code.section, code.parent.text, code.parent.parent.text) == (
        "C3521",
        "C",
        "C352",
        "C35",
    )
    assert code.parent.parent.parent.text == "C"
    assert IndustryCode.parse("C").parent is None


@pytest.mark.parametrize(
    ("kind", "text"),
    [(RegionCode, "50010"), (RegionCode, "050107"), (IndustryCode, "U10"), (IndustryCode, "3521")],
)
def test_other_forms_are_refused_with_an_example(kind, text):
    with pytest.raises(ProblemError, match="例如"):
        kind.parse(text)
