"""The words that tell how a number binds: before it, after it, and further up in its clause.

超过 excludes the number, 以上 and 以内 include it (Civil Code art. 1259). 达到, 为 and 提高到 name a level without more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

BLANK = r"[ \u00a0\t]{0,2}"

AFTER_BOUNDS = {
    "及以上": ">=", "或以上": ">=", "以上": ">=", "之上": ">=", "及以下": "<=", "以下": "<=", "及以内": "<=", "以内": "<=",
    "之内": "<=", "内": "<=", "左右": "~", "上下": "~", "前后": "~",
}  # fmt: skip

_BEFORE = {
    ">=": "不低于 不少于 不小于 不得低于 不得少于 不能低于 不能少于 不应低于 不应少于 至少 最少 最低 最短 年满 起码 不下 不下于 不亚于 ≥ ≧",
    ">": "超过 突破 超 逾 高于 多于 大于 超出 ＞ >",
    "<=": "不超过 不得超过 不能超过 不应超过 不超 不高于 不得高于 不多于 不得多于 不大于 最高 最多 最长 至多 上限 封顶 控制在 ≤ ≦",
    "<": "低于 少于 小于 不足 不到 不满 未满 ＜ <",
    "~": "近 约 大约 接近 将近 大概 左右",
    "=": "达到 达 实现 完成 为 共 共计 总计 合计 稳定在 保持在 维持在 增至 减至 降至 升至 降到 升到 压缩到 压减到 缩短到 扩大到 扩大至",
}
_CHANGES = "增长 增加 提高 提升 上升 下降 降低 减少 压减 缩短 拓展 下调 上调"
BEFORE_BOUNDS = {word: bound for bound, words in _BEFORE.items() for word in words.split()} | {
    change + toward: "=" for change in _CHANGES.split() for toward in ("到", "至", "为")
}

_MORE = "增长 增加 提高 提升 上升 上涨 上调 上浮 递增 扩大 增幅 涨幅"
_LESS = "下降 降低 减少 压减 压缩 缩减 精简 回落 下滑 缩短 递减 削减 减排 下调 下浮 降幅 节约 减"
GROWTH = (*_MORE.split(), *_LESS.split())
RATE_DIMENSIONS = frozenset({"share", "points", "multiple"})

_CUES = (
    "力争 争取 确保 必须 计划 预计 拟 累计 已 共计 共 目前 建成 新增 新建 获批 各 均 分别 年均 同比 环比 其中 总计 合计 至少 每年 连续 首批 "
    "达到 实现 培育 引进 认定 完成 举办 组织 开展 给予 奖励 补助 补贴 资助 支持 最高"
)


def either(words: Iterable[str]) -> str:
    """An alternation of words, the longer before the shorter."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _broken(word: str) -> str:
    """A word that a line break of a PDF may have cut."""
    return r"\n?".join(word)


def after_pattern(bounds: Iterable[str]) -> re.Pattern[str]:
    """The words after a number: 以上, 左右; a line break of a PDF may cut them."""
    return re.compile(
        rf"{BLANK}\n?(?:[多余](?=以|年|月|[,，。;；、]))?(?:[(（]含[^()（）\n]{{0,8}}[)）])?"
        rf"(?P<word>{'|'.join(map(_broken, sorted(bounds, key=len, reverse=True)))})(?<!内(?=[部外容在涵需]))"
    )


def _backward(words: Iterable[str]) -> str:
    return either(word[::-1] for word in words)


_PER = ("每年", "每月", "每日", "每人", "每户", "每亩", "每人每月", "每人每年", "人均", "户均")
"""What may stand between the comparator and the number: 不超过每月1000元."""
_SUPPORT = "给予 支持 补助 补贴 奖励 资助 奖补 获得 获 享受 按 达到 达 为 不超过"


def before_pattern(bounds: Iterable[str]) -> re.Pattern[str]:
    """The words before a number, matched backwards from it: the text before the number is turned round first."""
    return re.compile(
        rf"\n?{BLANK}(?:{_backward(['了', '人民币', ':', '：'])})?"
        rf"(?:(?:{_backward(_SUPPORT.split())})?(?:性次一)?(?:可|以可|能)?(?=[高多低少长短]最))?"
        rf"(?:{_backward(_PER)}(?={_backward(bounds)}))?"
        rf"(?P<word>{_backward(bounds)})?(?:{_backward(['达到', '达', '为'])})?"
        rf"(?:[了率]?(?:度幅)?(?P<growth>{_backward(GROWTH)}))?"
    )


CUT_BEFORE = re.compile(
    rf"(?:{either(word for word in _LESS.split() if len(word) > 1)})[^,，。；;：:、\n0-9占达至到为比率]{{2,24}}\Z"
)
"""A cut with its object before the rate: 压减政府性基金项目30%."""
CUES = re.compile(either(_CUES.split()))
CLAUSE_BREAK = re.compile(r"[。；;！？\n,，：:]")
EVIDENCE_BEFORE = re.compile(
    r"(?:新增|新建|建成|培育|引进|引入|认定|获批|举办|召开|累计|共计|共|完成|成立|设立|聘请|招引|落户|落地|签约|连续|打造|布局|"
    r"入选|遴选|选派|达到|达|有|占)[了过]?(?:至少|约|近|超过|超)?\Z"
)
"""Verbs after which a small Chinese numeral counts results: 连续举办三届, 新增两家, 占三成."""
DURATION_BEFORE = re.compile(r"(?:连续|满|为期|历时)\Z")
"""Words after which a Chinese numeral with 年 or 天 is a length of time: 连续两年, 满一年."""
