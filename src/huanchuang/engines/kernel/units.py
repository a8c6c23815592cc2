"""The table of units that occur in plans, reports and forms.

A unit belongs to a dimension; quantities add up only within the same unit or its decimal scales (万元 and 亿元, 家 and 万家).
The characters after | are traps: followed by one of them the unit is the beginning of another word (人 in 2020人力资源).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

SCALES = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
_SCALES_LONGEST_FIRST = sorted(filter(None, SCALES), key=len, reverse=True)


@dataclass(frozen=True, slots=True)
class Unit:
    """A base unit: its name, dimension (count, money, share, points, multiple, time, area, length …) and word traps."""

    name: str
    dimension: str
    traps: str = ""


@dataclass(frozen=True, slots=True)
class ScaledUnit:
    """A unit as written, such as 万平方米: its base unit and the factor to it."""

    base: Unit
    scale: str

    @property
    def name(self) -> str:
        """The unit as written."""
        return self.scale + self.base.name

    @property
    def factor(self) -> int:
        """How many base units one of these is."""
        return SCALES[self.scale]


_COUNTS = """
人次 户次 家次 人天 人年 场次 车次 架次 班次 件次 批次 例次 台套 台(套) 台（套） 台/套 个班 标段 课时 学时 学分 机架 车位 床位 席位
重量箱 标准箱 项 件 册 篇 辆 艘 栋 幢 枚 株 棵 宗 盏 趟 匹 羽 颗 瓶|颈
个|体性别税 家|庭禽畜属 条|件例款理约 起|源点因步草到 支|持撑付出援线流配柱 名|单录称牌义 位|于置居列移能 次|要级生品 所|有需属得在谓以 场|地所景馆外
期|间末内限望待刊货满初 批|准发复评示 类|别型似 种|植子养 门|户店槛诊口 部|门分署长队级委位 本|市区地科省县校级身次月年质溪土行
组|织建成合长团 对|接于应外标照象比策内口 片|区面 块|状 只|有要是能 头|部雁 口|岸径碑
人|力才民工员大均类文体际格 岁|月末 户|籍外均型 处|置理于在罚级 张|力 款|项式 轮|换岗候胎值 份|额量 座|谈位 间|接隔
台|账阶 套|餐路用 架|构设 届|时满 卷|烟 尾|气矿 幅|度 笔|记
"""
_MEASURES = {
    "money": "元|素件旦宇器月宵 美元 欧元 日元 港元 港币 英镑",
    "share": "% ‰ 成|都立员果效本功品长熟就型为渝套绩分交",
    "points": "个百分点 百分点 个基点 基点",
    "multiple": "倍|增",
    "time": "个工作日 工作日 个自然日 自然日 个交易日 个月 个季度 个星期 个小时 小时 分钟 秒 毫秒 天|然津河府空地 "
    "日 周|边期围转年岁 年|级代制期鉴均轻报 星期 学年 周岁",
    "area": "平方米 平方公里 平方千米 平米 ㎡ 亩 公顷 平方厘米",
    "length": "公里 千米 海里 米|粉 厘米 毫米 微米 纳米 里|程 km",
    "volume": "立方米 立方公里 方|面式案向法针位便可言 升|级学值本 毫升",
    "weight": "吨标准煤 吨标煤 吨 公斤 千克 克|服 毫克 微克 斤",
    "power": "千瓦时 千瓦 兆瓦时 兆瓦 吉瓦 瓦|斯 度|假过 千伏 伏 马力 千伏安",
    "data": "GB TB PB EB Mbps Gbps 兆 字节 核|心算查定准实发验对 P PFLOPS PFlops EFLOPS",
    "frequency": "赫兹 兆赫 吉赫 Hz kHz MHz GHz",
    "pressure": "MPa kPa Pa",
    "level": "dB",
    "temperature": "摄氏度 ℃",
    "score": "分|之别类局公院行工析配布解为期段级层红管步批校厂支离散歧享成组区部馆店册流",
}


def _table() -> dict[str, Unit]:
    rows = (("count", _COUNTS), *_MEASURES.items())
    entries = ((dimension, *entry.partition("|")) for dimension, names in rows for entry in names.split())
    return {name: Unit(name, dimension, traps) for dimension, name, _, traps in entries}


UNITS = _table()
NO_UNIT = Unit("", "number")
"""The unit of a bare number with a scale word: 6000多万 of something."""
NO_SCALED_UNIT = ScaledUnit(NO_UNIT, "")

_SYNONYMS = {
    "％": "%",
    "百分点": "个百分点",
    "平米": "平方米",
    "㎡": "平方米",
    "m²": "平方米",
    "mm": "毫米",
    "cm": "厘米",
    "nm": "纳米",
    "μm": "微米",
    "um": "微米",
    "kg": "千克",
    "mg": "毫克",
    "kW": "千瓦",
    "MW": "兆瓦",
    "kWh": "千瓦时",
    "°C": "℃",
    "km": "公里",
    "台（套）": "台(套)",
}


@dataclass(frozen=True)
class UnitTable:
    """Units by name, and other spellings of them. The one of the kernel is `TABLE`; a pack may hold words beyond it."""

    units: Mapping[str, Unit]
    synonyms: Mapping[str, str]

    def find(self, name: str) -> ScaledUnit | None:
        """The unit written as `name` (万平方米, 亿元, 家), or None; a name in the table goes before a split into scale and unit."""
        name = self.synonyms.get(name, name)
        if name in self.units:
            return ScaledUnit(self.units[name], "")
        for scale in _SCALES_LONGEST_FIRST:
            rest = name[len(scale) :]
            rest = self.synonyms.get(rest, rest)
            if name.startswith(scale) and (rest in self.units or not rest):
                return ScaledUnit(self.units.get(rest, NO_UNIT), scale)
        return None

    def with_units(self, more: Iterable[Unit]) -> UnitTable:
        """This table and further units, which go before those of the same name."""
        return UnitTable({**self.units, **{unit.name: unit for unit in more}}, self.synonyms)

    def pattern(self) -> str:
        """A regular expression for every unit of the table, longest first, each with its traps as a look-ahead."""
        names = sorted({*self.units, *self.synonyms}, key=lambda name: (-len(name), name))
        first = "".join(sorted({re.escape(name[0]) for name in names}))
        return f"(?=[{first}])(?:{'|'.join(map(self._one_pattern, names))})"

    def _one_pattern(self, name: str) -> str:
        traps = self.units[name].traps if name in self.units else ""
        if name[-1].isascii() and name[-1].isalpha():
            traps += "A-Za-z"
        return re.escape(name) + (f"(?![{traps}](?!(?<=以)[上下内外]))" if traps else "")


DIMENSIONS = frozenset(("count", *_MEASURES))
"""What a unit can measure."""
TABLE = UnitTable(UNITS, _SYNONYMS)


@cache
def find_unit(name: str) -> ScaledUnit | None:
    """The unit of the kernel's table that is written as `name`, or None."""
    return TABLE.find(name)


def units_at_end(text: str) -> list[str]:
    """The units with which `text` ends, longest first; at least one character is left for the number."""
    ends = (text[start:] for start in range(max(1, len(text) - 8), len(text)))
    return [end for end in ends if find_unit(end) is not None]
