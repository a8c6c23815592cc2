"""Two sheets as offices have them, for a visitor to upload: titles, merged cells, two rows of headings, a unit above the
table, totals, notes, days in five ways of writing, codes with a wrong check character, names in other spellings.

They lie in the folder `演示表格` of the installation's data; the tutorial says what to do with them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from huanchuang.web.demo.district.codes import uscc
from huanchuang.web.demo.district.enterprises import firms
from huanchuang.web.demo.district.source import trades

FOLDER = "演示表格"
CREATED = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
"""Of the workbooks, so that their bytes are the same every time."""
FIRMS, RESULTS = "青岑区科技型企业情况汇总表.xlsx", "高校院所科技成果征集表.xlsx"
NEW = ("青岑岚序微系统有限公司", "青岑砺新密封科技有限公司", "云澜芷洲生物试剂有限公司", "青岑穗禾智慧农业有限公司",
       "云澜峤川精密铸造有限公司", "青岑望舒光电有限公司", "青岑澹然水处理技术有限公司", "云澜钧衡检测仪器有限公司")  # fmt: skip
"""Firms that are not in the register yet."""
TOWNS = ("望岑镇", "柳泊镇", "沙渚镇", "江澜街道", "学府路街道", "岑南街道")
PLACES = ("青岑区", "青岑", "云澜市青岑区")
WRONG_CHECKS = (4, 11)
"""Rows (from 0) whose code was copied with a wrong last character."""
LETTER_O = 7
"""The row in which somebody typed the letter O for a zero."""
UNITS = ("云澜理工大学", "云澜精细化工研究所", "青岑智能装备创新研究院", "云澜应用光学研究所")
"""The last of them is not in the register."""
ACHIEVEMENTS: tuple[tuple[int, str, str, str, str, str, str, Any, Any], ...] = (
    (0, "耐溶剂纳滤膜及其有机溶剂回收装置", "新材料", "耐溶剂纳滤；溶剂回收", "染料截留率 ≥ 99 %", "中试阶段", "许可", 180, "2025-03-20"),
    (0, "低粉尘二氧化硅气凝胶复合毡（改进型）", "新材料", "气凝胶、绝热", "25℃导热系数 ≤ 0.020 W/(m·K)", "小批量生产阶段", "合作实施", "面议", "2025年6月30日"),
    (0, "高熵合金耐蚀镀层的电沉积工艺", "新材料", "高熵合金；电沉积", "耐盐雾时间 ≥ 1200 h；镀层厚度 ≤ 15 μm", "实验室阶段", "转让、许可", 95, "2024.11.8"),
    (0, "面向窄间隙焊缝的电弧视觉跟踪方法", "先进制造与自动化", "焊缝跟踪；机器视觉", "跟踪误差 ≤ 0.3 mm", "中试阶段", "许可", 60, 45800),
    (1, "芳烃微通道连续硝化成套技术", "新材料", "微通道、连续硝化", "转化率 ≥ 99 %", "成熟应用阶段", "许可、合作实施", 600, "2023/9/12"),
    (1, "低气味水性聚氨酯合成革树脂", "新材料", "水性聚氨酯；合成革", "挥发性有机物含量 ≤ 30 g/L；耐折次数 ≥ 100000 次", "小批量生产阶段", "转让", 220, "20250418"),
    (1, "吡唑类中间体管式连续环合技术", "新材料", "连续流；环合", "收率 ≥ 94 %；停留时间 ≤ 180 s", "放大试验", "合作实施", "", "2025-13-02"),
    (2, "恒力浮动打磨末端执行器", "先进制造与自动化", "力控打磨", "力控精度 ≤ 1 N", "成熟应用阶段", "作价投资", 150, "2024-05-16"),
    (2, "柔性线束自动插接末端工具", "先进制造与自动化", "线束；柔顺装配", "插接成功率 ≥ 99.5 %；单次节拍 ≤ 4 s", "中试阶段", "许可", "约80", "2026-02-11"),
    (3, "宽谱段红外窗口增透膜", "新材料", "增透膜；红外", "平均透过率 ≥ 97 %", "实验室阶段", "转让", 130, "2025-08-01"),
)  # fmt: skip
"""Place of the unit, title, field, keywords, figures, stage, ways, price, day as somebody typed them."""


def write(data: Path) -> None:
    """Put both sheets into the data folder; those that are there already are left alone."""
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in SHEETS.items():
        if not (folder / name).is_file():
            (folder / name).write_bytes(make())


def firm_sheet() -> bytes:
    """Firms: some in the register under other spellings, some new, some with a code that cannot be."""
    buffer = BytesIO()
    with _book(buffer) as book:
        sheet, middle = (
            book.add_worksheet("企业汇总"),
            book.add_format({"align": "center", "valign": "vcenter"}),
        )
        sheet.merge_range(0, 0, 0, 10, "青岑区科技型企业情况汇总表（2026年上半年）", middle)
        sheet.merge_range(1, 0, 1, 4, "填报单位：青岑区科学技术局", middle)
        sheet.merge_range(1, 5, 1, 10, "截止时间：2026年6月30日", middle)
        for place, word in enumerate(
            ("序号", "企业名称*", "单位类型", "社会信用代码", "成立时间", "所属行业", "属地", "单位地址")
        ):
            sheet.merge_range(2, place, 3, place, word, middle)
        sheet.merge_range(2, 8, 2, 9, "联系方式", middle)
        sheet.write_row(3, 8, ["联系人", "手机"], middle)
        sheet.merge_range(2, 10, 3, 10, "备注", middle)
        rows = list(_firm_rows())
        for number, row in enumerate(rows):
            sheet.write_row(4 + number, 0, [number + 1, *row])
        foot = 4 + len(rows)
        sheet.write_row(foot, 0, ["合  计", f"{len(rows)}家"], middle)
        sheet.merge_range(
            foot + 1, 0, foot + 1, 10, "注：1.名称与营业执照一致；2.成立时间填到日；3.“备注”可不填。"
        )
    return buffer.getvalue()


def _firm_rows() -> Iterator[Sequence[Any]]:
    known = [firm for firm in firms() if firm.number and firm.number % 29 == 1]
    industries = [trade.industries[0] for trade in trades()]
    ways: Sequence[Callable[[dt.date], Any]] = (
        lambda day: day.isoformat(), lambda day: f"{day.year}.{day.month}.{day.day}", lambda day: f"{day.year}年{day.month}月{day.day}日",
        lambda day: (day - dt.date(1899, 12, 30)).days, lambda day: f"{day:%Y%m%d}",
    )  # fmt: skip
    made = [
        (_other_spelling(firm.name, firm.number), firm.code, firm.founded_on, firm.industry) for firm in known
    ]
    made += [
        (name, uscc("91", 88_000_000 + place * 7919), dt.date(2018, 3, 5) + dt.timedelta(days=place * 271), industries[place % 7])
        for place, name in enumerate(NEW)
    ]  # fmt: skip
    for place, (name, code, day, industry) in enumerate(made):
        yield (
            name, "企业", _copied(code, place), ways[place % len(ways)](day), industry, PLACES[place % len(PLACES)],
            f"{TOWNS[place % len(TOWNS)]}创新大道{100 + place * 6}号", "张工" if place % 3 else "李经理", f"1390000{7000 + place}",
            "新增" if name in NEW else "",
        )  # fmt: skip


def _other_spelling(name: str, number: int) -> str:
    """The same firm as another office writes it: the long form, full-width brackets, spaces."""
    changes = (
        lambda text: text.replace("有限公司", "有限责任公司"),
        lambda text: f" {text[:2]} {text[2:]} ",
        lambda text: f"{text[2:]}（{text[:2]}）",
    )
    return changes[number % len(changes)](name)


def _copied(code: str, place: int) -> str:
    if place in WRONG_CHECKS:
        return code[:-1] + ("A" if code[-1] != "A" else "B")
    return code.replace("0", "O", 1) if place == LETTER_O else code


def result_sheet() -> bytes:
    """Achievements: the unit merged over its rows, some registered already, some with a cell to put right."""
    buffer = BytesIO()
    with _book(buffer) as book:
        sheet, middle = (
            book.add_worksheet("征集表"),
            book.add_format({"align": "center", "valign": "vcenter"}),
        )
        sheet.merge_range(0, 0, 0, 9, "高校院所科技成果征集表", middle)
        sheet.merge_range(
            1, 0, 1, 9, "征集单位：青岑区科学技术局成果转化科　　截止日期：2026年6月20日", middle
        )
        heads = ("序号", "第一完成单位", "成果（项目）名称", "所属技术领域", "关键词", "主要技术指标", "成熟度阶段", "拟转化方式",
                 "意向金额（万元）", "完成时间")  # fmt: skip
        sheet.write_row(3, 0, heads, middle)
        start = 4
        for place, (unit, *cells) in enumerate(ACHIEVEMENTS):
            sheet.write_row(start + place, 0, [place + 1, UNITS[unit], *cells])
        for unit, name in enumerate(UNITS):
            rows = [start + place for place, row in enumerate(ACHIEVEMENTS) if row[0] == unit]
            if len(rows) > 1:
                sheet.merge_range(rows[0], 1, rows[-1], 1, name, middle)
        foot = start + len(ACHIEVEMENTS)
        sheet.write_row(foot, 0, ["合计", "", f"{len(ACHIEVEMENTS)}项"], middle)
        sheet.write(foot + 1, 0, "填表人：刘工    审核人：          填表日期：2026年6月18日")
    return buffer.getvalue()


def _book(buffer: BytesIO) -> Workbook:
    book = Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": CREATED})
    return book


SHEETS: Mapping[str, Callable[[], bytes]] = {FIRMS: firm_sheet, RESULTS: result_sheet}
"""File name → what makes it."""
