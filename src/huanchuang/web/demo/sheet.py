"""A list of needs as a town sends it: title, unit above the table, merged units, a total, a note, and mistakes in it.

It waits to be looked at on the page of imports; beside it stands an import that a clerk has finished and could undo.
"""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.registry.models import Equipment, Import
from huanchuang.registry.queries import organisations_of
from huanchuang.registry.services import imports

NAME = "青岑区2026年企业技术需求征集汇总表.xlsx"
HEADING = (
    "序号", "所属单位或公司名称*", "需求名称", "需求类型", "技术领域", "预算金额", "有效期", "合作方式\n（可多选）",
    "拟解决的技术难题", "信息来源",
)  # fmt: skip
ROWS: tuple[tuple[Any, ...], ...] = (
    ("青岑化工园", "精馏塔尾气中低浓度溶剂回收", "技术需求", "资源与环境", 180, "2026.12.31", "委托开发、合作开发", "溶剂浓度低、波动大，活性炭更换频繁"),
    ("", "园区污水中含氟有机物的在线监测", "技术需求", "资源与环境", "面议", "2026年12月", "合作开发", "现有方法离线，两小时才出一个数"),
    ("理工孵化器", "小批量精密铝件的柔性装夹", "技术攻关类", "先进制造与自动化", 60, 20270331, "合作开发", "换一种工件要停机四十分钟"),
    ("新材料研究院", "碳纤维预浸料低温储运", "技术需求", "新材料", "1,250.5", "2026-02-30", "技术服务", "出库后八小时内必须用完"),
    ("云澜查无此厂有限公司", "减速器噪声治理", "技术需求", "先进制造与自动化", 45, "2027/6/30", "委托开发", "满载时噪声超过75分贝"),
    ("青岑加速器", "两千平方米标准厂房", "场地需求", "先进制造与自动化", "-", "长期", "其他", ""),
    ("新材料产业园", "热处理炉余热用于园区供暖", "技术需求", "新能源与节能", 300, "2027年3月31日", "产业联盟", "余热温度只有90度，距离一点八公里"),
)  # fmt: skip
SOURCE = "望岑镇征集"
CREATED = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
"""Of the workbooks, so that their bytes are the same every time."""


UPDATE = "设备开放情况更新.xlsx"


def bring_in(officer: User, clerk: User) -> None:
    """The list, taken and checked, waiting for the officer's word; and an import that the clerk has finished. Done once."""
    if Import.objects.filter(owner=clerk).exists():
        return
    if not Import.objects.filter(owner=officer).exists():
        checked(officer, "need", workbook(), NAME)
    made = checked(clerk, "equipment", hours(clerk), UPDATE)
    imports.start_step(imports.TAKE_JOB, actor_of(clerk), made, inline=True)


def checked(user: User, kind: str, data: bytes, name: str) -> Import:
    """A sheet uploaded, its columns taken as they were recognised, its rows checked."""
    importer = imports.importer_named(kind)
    if importer is None:
        raise LookupError(f"{kind} cannot be imported")
    actor = actor_of(user)
    made = imports.begin(actor, user, importer, data, name)
    imports.choose_reading(actor, made, importer, imports.Reading.of_plain(made.mapping))
    made = imports.start_step(imports.CHECK_JOB, actor, made, inline=True)
    if made.failure_zh:
        raise RuntimeError(made.failure_zh)
    return made


def hours(clerk: User) -> bytes:
    """When the instruments of the clerk's own unit are open, as the unit says it again each half-year."""
    own = Equipment.objects.filter(owner__in=organisations_of(clerk), retired_on=None).select_related("owner")
    rows = [
        (
            one.name,
            one.owner.name,
            one.model,
            one.asset_no,
            (one.hours_open or 600) + 120,
            "每小时300元，批量面议",
        )
        for one in own.order_by("pk")
        if one.owner is not None
    ]
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": CREATED})
        sheet = book.add_worksheet("开放情况")
        sheet.write_row(
            0, 0, ["仪器名称", "所属单位", "规格型号", "资产编号", "年开放机时（小时）", "收费标准"]
        )
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def workbook() -> bytes:
    """The list as a workbook; the same bytes every time."""
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": CREATED})
    sheet = book.add_worksheet("汇总表")
    middle = book.add_format({"align": "center", "valign": "vcenter", "text_wrap": True})
    last = len(HEADING) - 1
    sheet.merge_range(0, 0, 0, last, NAME.removesuffix(".xlsx"), middle)
    sheet.merge_range(1, 0, 1, 4, "填报单位：望岑镇人民政府", middle)
    sheet.merge_range(1, 5, 1, last, "金额单位：万元", middle)
    sheet.write_row(2, 0, HEADING, middle)
    for number, (unit, *cells) in enumerate(ROWS, start=1):
        sheet.write_row(2 + number, 0, [number, unit, *cells, SOURCE], middle)
    sheet.merge_range(3, 1, 4, 1, ROWS[0][0], middle)
    foot = 3 + len(ROWS)
    sheet.write_row(foot, 0, ["合  计", "", f"{len(ROWS)}项", "", "", 1835.5], middle)
    sheet.merge_range(foot + 1, 0, foot + 1, last, "注：1.预算金额可填“面议”；2.有效期填到日。", middle)
    book.close()
    return buffer.getvalue()
