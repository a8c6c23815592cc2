"""The words of the language. Everything that can be written stands in these tables; nothing else is understood.

Full-width signs count as half-width ones (（ ） ， ： ＞ ＝ ％), 、 is a comma, line breaks are spaces, # begins a remark.
"""

from __future__ import annotations

INFIX = {
    "and": "and", "且": "and", "并且": "and",
    "or": "or", "或": "or", "或者": "or",
    ">=": ">=", "≥": ">=", "大于等于": ">=", "不低于": ">=", "不少于": ">=", "不小于": ">=",
    "<=": "<=", "≤": "<=", "小于等于": "<=", "不超过": "<=", "不高于": "<=", "不多于": "<=", "不大于": "<=",
    ">": ">", "大于": ">", "高于": ">", "超过": ">", "多于": ">",
    "<": "<", "小于": "<", "低于": "<", "少于": "<",
    "=": "=", "==": "=", "等于": "=",
    "!=": "!=", "≠": "!=", "不等于": "!=",
    "in": "in", "属于": "in", "not in": "not in", "不属于": "not in",
    "+": "+", "-": "-", "*": "*", "×": "*", "/": "/", "÷": "/",
    "is known": "is known", "已知": "is known", "is unknown": "is unknown", "未知": "is unknown",
}  # fmt: skip
"""What stands between or behind two values. A Chinese one ends a name without a space: 职工总数不超过500人."""

PREFIX = {"not": "not", "非": "not", "yes": "yes", "是": "yes", "true": "yes", "no": "no", "否": "no", "false": "no", "else": "else", "其他": "else", "其余": "else", "否则": "else", "as_of": "as_of", "as-of": "as_of", "基准日": "as_of"}  # fmt: skip
"""Words that stand alone: they want a space or a sign behind them."""

SIGNS = ("(", ")", ",", ":", "@", ".")

FUNCTIONS = {
    "sum": "sum", "合计": "sum",
    "average": "average", "avg": "average", "平均": "average",
    "count": "count", "计数": "count",
    "min": "min", "最小": "min", "cap": "min", "封顶": "min",
    "max": "max", "最大": "max", "at_least": "max", "保底": "max",
    "round": "round", "四舍五入": "round",
    "round_down": "floor", "floor": "floor", "向下取整": "floor",
    "round_up": "ceil", "ceil": "ceil", "向上取整": "ceil",
    "if": "if", "如果": "if",
    "band": "band", "分档": "band",
    "score": "score", "评分": "score",
    "age": "age", "满年数": "age",
    "workdays": "workdays", "工作日数": "workdays",
    "known": "known", "有数据": "known",
}  # fmt: skip
"""Chinese and English name of each function; cap is min and at_least is max under the name a formula of amounts uses."""

SCALES = {
    "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
    "thousand": 1000, "million": 10**6, "billion": 10**9,
}  # fmt: skip
ENGLISH_UNITS = {
    "yuan": "元", "year": "年", "years": "年", "month": "月", "months": "月", "day": "天", "days": "天",
    "workday": "工作日", "workdays": "工作日", "person": "人", "persons": "人", "people": "人",
    "item": "件", "items": "件", "point": "分", "points": "分", "percent": "%",
}  # fmt: skip

PERIODS = {
    "年": "year", "半年": "half", "季度": "quarter", "季": "quarter", "个季度": "quarter", "月": "month", "个月": "month",
    "year": "year", "years": "year", "half": "half", "halves": "half", "half-years": "half",
    "quarter": "quarter", "quarters": "quarter", "month": "month", "months": "month",
}  # fmt: skip
"""The last word of 近3年, 近4个季度, last 12 months."""

MOMENTS = {
    "本年": ("year", 0), "本年度": ("year", 0), "当年": ("year", 0), "今年": ("year", 0), "this year": ("year", 0),
    "上年": ("year", 1), "上年度": ("year", 1), "上一年": ("year", 1), "上一年度": ("year", 1), "去年": ("year", 1), "last year": ("year", 1),
    "前年": ("year", 2), "year before last": ("year", 2),
    "大前年": ("year", 3),
    "本季度": ("quarter", 0), "this quarter": ("quarter", 0), "上季度": ("quarter", 1), "last quarter": ("quarter", 1),
    "本月": ("month", 0), "this month": ("month", 0), "上月": ("month", 1), "last month": ("month", 1),
    "本半年": ("half", 0), "this half": ("half", 0), "上一半年": ("half", 1), "last half": ("half", 1),
}  # fmt: skip
"""After @: which period of a fact, counted back from the one that is running on the day of the question."""
NUMERALS = {
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
MOST_PERIODS = 20

MISTAKES = {"=>": ">=", "=<": "<=", "&&": "and", "||": "or", "&": "and", "|": "or", "!": "not", "===": "=", ":=": "=", "<>": "!=", "**": "*", "^": "*", "%%": "%"}  # fmt: skip
"""Signs of other languages, and what is written here instead."""
