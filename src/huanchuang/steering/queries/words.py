"""The words for reasons, comparators and recurrences, as the reader of a page or sheet sees them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from huanchuang.steering.queries.light import Colour, Light, plain

REASONS = {
    "ended": _("已终止，不再亮灯"),
    "closed": _("已销号"),
    "no_deadline": _("原文没有写明时限，无法判断"),
    "late": _("已超期{days}天（时限{due}）"),
    "late_to_verify": _("已申请销号，待核验；时限{due}已过{days}天"),
    "late_to_close": _("已完成但尚未销号；时限{due}已过{days}天"),
    "to_verify": _("已申请销号，待核验"),
    "reached": _("已达到目标：{reached}（目标{target}）"),
    "near": _("临近时限：还有{days}个工作日（时限{due}）"),
    "due_today": _("今天到期（时限{due}）"),
    "far_behind": _("严重滞后：完成{done}%，按时间应为{planned}%"),
    "behind": _("进度滞后：完成{done}%，按时间应为{planned}%"),
    "on_time": _("按时推进：完成{done}%，按时间应为{planned}%"),
    "not_reported": _("还没有填报进展，无法判断"),
    "node_missed": _("节点未完成：{node}（{day}）"),
    "no_baseline": _("增长目标还没有登记基数，无法判断"),
    "units_missing": _("分解到单位的目标还有单位没有填报，无法判断"),
    "parts_unknown": _("有{parts}项目标进展未知，合计在{low}%到{high}%之间，无法判断"),
    "no_list": _("覆盖目标还没有登记名单，无法判断"),
    "no_reference": _("对标目标还没有登记参照值，无法判断"),
    "old_reference": _("参照值与填报数据相隔太久，无法判断，请登记较新的参照值"),
}
TRACE_WORDS = (
    _("截至"), _("时限"), _("目标值"), _("达到值"), _("填报进度"), _("时间进度"),
    _("业务日期"), _("方案原文"), _("最新数据"), _("进展填报"), _("从成文日期到时限"),
    _("计划进度"), _("按节点推算"), _("各目标加权进度"), _("按权重合成"),
)  # fmt: skip
"""The words of the light's trace, which the engine writes in Chinese; named here so that pages can translate them."""
COLOURS = {Colour.GREEN: _("正常"), Colour.AMBER: _("预警"), Colour.RED: _("滞后"), Colour.GREY: _("未知")}
LIFE = {
    "not_started": _("未启动"),
    "in_progress": _("进行中"),
    "warned": _("预警"),
    "behind": _("滞后"),
    "to_verify": _("待核验"),
    "closed": _("已销号"),
    "ended": _("已终止"),
}
"""The life of a line as officials speak of it; 预警 and 滞后 are what the light says of a line that is under way."""
RECURRENCES = {
    "yearly": _("每年"),
    "quarterly": _("每季度"),
    "monthly": _("每月"),
    "weekly": _("每周"),
    "regularly": _("定期"),
}
COMPARATORS = {
    ">": "＞",
    ">=": "≥",
    "<": "＜",
    "<=": "≤",
    "~": "约",
    "=": "",
    "growth": "增长 ≥",
    "range": "",
}


def stage(state: str, colour: Colour) -> str:
    """Where a line stands in its life: a key of `LIFE`. 预警 and 滞后 come from the light, nobody sets them."""
    if state not in {"not_started", "in_progress"}:
        return state
    return {Colour.AMBER: "warned", Colour.RED: "behind"}.get(colour, state)


def reason(light: Light) -> str:
    """Why the light stands as it does, in one sentence of the reader's language."""
    return str(REASONS[light.reason]).format(**light.values)


def goal(value: Decimal | None, value_max: Decimal | None, comparator: str, unit: str) -> str:
    """The figure of a target as it is written in a ledger: ≥ 30%; empty where there is no figure."""
    if value is None:
        return ""
    if comparator == "range" and value_max is not None:
        return f"{plain(value)}～{plain(value_max)}{unit}"
    sign = COMPARATORS.get(comparator, "")
    return f"{sign} {plain(value)}{unit}".strip()


def recurrence(code: str) -> str:
    """每年 and the like; the code itself where no word is known."""
    known: Mapping[str, object] = RECURRENCES
    return str(known.get(code, code))
