"""Achievements, patents, needs, instruments: anything with a title."""

from __future__ import annotations

import datetime as dt

import pytest

from huanchuang.engines.sameness import ThingRecord, Verdict, compare_things
from huanchuang.engines.sameness.parts import NameReader


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (ThingRecord("一种碳纤维预浸料及其制备方法", number="ZL201710601862.3"), ThingRecord("碳纤维预浸料的制备", number="201710601862.3"), Verdict.SAME),
        (ThingRecord("扫描电子显微镜 SU3500", owner="云澜理工大学"), ThingRecord("扫描电子显微镜 SU8100", owner="云澜理工大学"), Verdict.DIFFERENT),
        (ThingRecord("高导热石墨烯薄膜制备技术", owner="云澜理工大学", people=frozenset({"秦砚秋"})), ThingRecord("高导热石墨烯薄膜的制备技术", owner="云澜理工大学", people=frozenset({"秦砚秋"})), Verdict.SAME),
        (ThingRecord("高导热石墨烯薄膜制备技术", owner="云澜理工大学"), ThingRecord("高导热石墨烯薄膜制备技术", owner="松川大学"), Verdict.UNSURE),
        (ThingRecord("求购激光切割机", owner="云澜宏砺机械有限公司"), ThingRecord("招聘数控编程人员", owner="云澜宏砺机械有限公司"), Verdict.DIFFERENT),
        (ThingRecord("扫描电镜", number="A-001", owner="云澜理工大学"), ThingRecord("扫描电镜", number="A-002", owner="云澜理工大学"), Verdict.DIFFERENT),
        (ThingRecord("科技成果转化资金管理办法", on=dt.date(2021, 1, 1)), ThingRecord("科技成果转化资金管理办法", on=dt.date(2024, 1, 1)), Verdict.UNSURE),
    ],
)  # fmt: skip
def test_it_answers(names: NameReader, one: ThingRecord, other: ThingRecord, verdict: Verdict) -> None:
    assert compare_things(one, other, names).verdict == verdict
    assert compare_things(other, one, names).verdict == verdict


def test_it_compares_models_and_figures(names: NameReader) -> None:
    one = ThingRecord("流变仪", owner="云澜理工大学", figures={"型号": "MCR302", "原值": "980000"})
    other = ThingRecord("流变仪", owner="云澜理工大学", figures={"型号": "MCR92", "原值": "410000"})
    row = next(row for row in compare_things(one, other, names).fields if row.field == "figures")
    assert row.outcome == "differ"
    assert "MCR302" in row.left
