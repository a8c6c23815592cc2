"""A dozen achievements whose life can be followed: evaluated, listed, transferred on a day, matured level by level.

The others came with an old register, which kept where they stood but neither when nor why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from huanchuang.audit.services import Actor
from huanchuang.files.services import store
from huanchuang.registry.models import Achievement, Proof, Step
from huanchuang.registry.queries.lives import later
from huanchuang.registry.services import Evidence, raise_trl, take_step
from huanchuang.web.demo.district.enterprises import TODAY
from huanchuang.web.demo.district.knowledge import FOLLOWED, Item
from huanchuang.web.demo.district.results import DAY, achieved, completed, maturity

SHOWN = {
    1: "综述报告说明了原理和可能的用途",
    2: "立项论证通过，技术方案明确",
    3: "关键指标经小试和计算验证",
    4: "实验室联调通过，样品测试报告齐全",
    5: "初样在模拟工况下通过测试，使用方参加",
    6: "中试记录完整，样机演示成功",
    7: "用户现场试运行三个月，出具意见",
    8: "第三方检测合格，产品定型",
    9: "批量供货，有销售合同和用户证明",
}
"""Level of maturity → what was handed in for it."""
PATH = ("disclosed", "evaluated", "listed", "transferred")
DEEDS = {
    "evaluated": ("evaluate", "云澜市技术评价中心组织专家评价，同意通过"),
    "listed": ("list", "公开挂牌，面向全区企业"),
    "transferred": ("transfer", "已签技术许可合同并登记，合同号990101-2026-0027"),
}
PAPER = "成熟度证明材料汇编.txt"


def follow(actor: Actor, achievements: Mapping[str, tuple[Item, Achievement]]) -> int:
    """Let the followed achievements live; returns how many deeds are new. One that has a past is left alone."""
    return sum(_live(actor, *achievements[key]) for key in sorted(FOLLOWED))


def _live(actor: Actor, item: Item, achievement: Achievement) -> int:
    begun = Step.objects.filter(subject_of=achievement.subject).exists()
    if begun or Proof.objects.filter(achievement=achievement).exists():
        return 0
    _prove(actor, item, achievement)
    deeds = list(_deeds(item))
    for name, day, note in deeds:
        achievement.refresh_from_db()
        take_step(actor, achievement, achievement.version, name, on=day, note=note)
    return len(deeds) + 1


def _prove(actor: Actor, item: Item, achievement: Achievement) -> None:
    """One collection of papers that shows every level, each on a day of its own."""
    level, began = maturity(item), later(completed(item), -2)
    words = "\n".join(f"{one}级：{SHOWN[one]}。" for one in range(1, level + 1))
    paper = store(f"演示材料\n{item.title}\n{words}\n".encode(), PAPER, actor)
    span = (min(TODAY, completed(item) + DAY * 200) - began).days
    raise_trl(
        actor, achievement, achievement.version, level,
        {one: Evidence(SHOWN[one], stored=[paper], on=began + DAY * (span * one // level)) for one in range(1, level + 1)},
    )  # fmt: skip


def _deeds(item: Item) -> Iterator[tuple[str, dt.date, str]]:
    reached = PATH[1 : PATH.index(achieved(item)) + 1]
    first = TODAY - DAY * item.draw.whole("evaluated", 200, 420)
    for place, state in enumerate(reached):
        name, note = DEEDS[state]
        yield name, first + DAY * 60 * place, note
