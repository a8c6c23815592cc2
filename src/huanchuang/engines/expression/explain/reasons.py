"""Why an answer is what it is: a sentence with its working, for whoever must stand by it."""

from __future__ import annotations

from collections.abc import Iterator

from huanchuang.engines.expression import operations as ops
from huanchuang.engines.expression.explain.missing import missing
from huanchuang.engines.expression.explain.phrases import INFIX, phrase, sign_words, span_of
from huanchuang.engines.expression.explain.shown import apart, is_english, show, show_step
from huanchuang.engines.expression.record import Step
from huanchuang.engines.kernel.trace import Trace

_VERDICTS = {True: ("满足", "met"), False: ("不满足", "not met"), None: ("无法判断", "cannot be told")}
BULLET = "· "


def why(step: Step, language: str = "zh") -> str:
    """The answer in words: verdict and figures in the first line, then the working, what is left out and what is missing."""
    return "\n".join(_lines(step, language))


def trace(step: Step, language: str = "zh") -> Trace:
    """The whole reasoning as a tree, every part with its value."""
    node = step.node
    source = ""
    if isinstance(node, ops.FactAt):
        source = node.fact.key if node.period is None else f"{node.fact.key} {node.period.code}"
    children = () if isinstance(node, ops.Constant) else tuple(trace(part, language) for part in _told(step))
    value = None if not step.is_known and not _has_bounds(step) else show_step(step, language)
    return Trace(phrase(node, language), value, source, children)


def _has_bounds(step: Step) -> bool:
    return step.span.lo is not None or step.span.hi is not None


def _told(step: Step) -> list[Step]:
    """The parts worth telling: the keys of a table and the date of registration speak for themselves."""
    if isinstance(step.node, ops.Over):
        return [part for index, part in enumerate(step.parts[1:]) if index not in step.left_out]
    if isinstance(step.node, ops.Table):
        first = 1 + step.node.size
        chosen = [step.parts[first + step.chosen]] if step.chosen >= 0 else []
        return [step.parts[0], *(part for part in chosen if not isinstance(part.node, ops.Constant))]
    return step.parts


def _lines(step: Step, language: str) -> Iterator[str]:
    english = is_english(language)
    if isinstance(step.node, ops.And | ops.Or):
        yield _verdict(step, _counted(step, language), language)
        for part in step.parts:
            for index, line in enumerate(_lines(part, language)):
                yield ("  " if index else BULLET) + line
        return
    if isinstance(step.node, ops.Term) and step.node.type.kind == "yes-no":
        yield _verdict(step, phrase(step.node, language), language)
        yield from ("  " + line for line in _lines(step.parts[0], language))
        return
    yield _verdict(step, _statement(step, language), language)
    for line in dict.fromkeys(_working(step, language)):
        yield "  " + line
    wanted = missing(step)
    if wanted:
        names = (", " if english else "、").join(one.name(language) for one in wanted)
        yield f"  Missing: {names}" if english else f"  缺少：{names}"


def _verdict(step: Step, statement: str, language: str) -> str:
    english = is_english(language)
    if step.node.type.kind != "yes-no":
        return statement
    word = _VERDICTS[step.truth][english]
    return f"{word[0].upper()}{word[1:]}: {statement}" if english else f"{word}：{statement}"


def _counted(step: Step, language: str) -> str:
    """How many parts of an and or or are met."""
    truths = [part.truth for part in step.parts]
    met, failed, open_ = truths.count(True), truths.count(False), truths.count(None)
    if is_english(language):
        kind = "all" if isinstance(step.node, ops.And) else "one"
        return (
            f"{kind} of {len(truths)} conditions wanted; {met} met, {failed} not met, {open_} cannot be told"
        )
    kind = "须全部满足" if isinstance(step.node, ops.And) else "满足一项即可"
    return f"共{len(truths)}项条件，{kind}；满足{met}项，不满足{failed}项，无法判断{open_}项"


def _statement(step: Step, language: str) -> str:
    """What was found, and what was asked."""
    english = is_english(language)
    node = step.node
    if isinstance(node, ops.Compare) and not isinstance(node.parts[0], ops.Constant):
        return _compared(step, node, language)
    if isinstance(node, ops.Same | ops.Among):
        found = show_step(step.parts[0], language)
        said = phrase(node, language)
        return f"wanted: {said}; found: {found}" if english else f"要求{said}，实际为{found}"
    if isinstance(node, ops.FactAt) and node.type.kind == "yes-no":
        return _asked(step, True, language)
    if isinstance(node, ops.Not) and isinstance(node.parts[0], ops.FactAt):
        return _asked(step.parts[0], False, language)
    if node.type.kind == "yes-no":
        return phrase(node, language)
    return f"{phrase(node, language)} = {show_step(step, language)}"


def _compared(step: Step, node: ops.Compare, language: str) -> str:
    english = is_english(language)
    left, right = step.parts
    found, wanted = apart(left, right, language)
    subject, mark = phrase(node.parts[0], language), node.parts[1]
    written = isinstance(mark, ops.Constant) and mark.parameter is None and not mark.is_today
    gap, opening, closing = (" ", " (", ")") if english else ("", "（", "）")
    asked = wanted if written else f"{phrase(mark, language)}{opening}{wanted}{closing}"
    if english:
        return f"{subject} is {found}; wanted: {sign_words(node, 'en').removeprefix('is ')}{gap}{asked}"
    link = "" if found == "未知" else "为"
    return f"{subject}{link}{found}，要求{sign_words(node)}{asked}"


def _asked(fact: Step, wanted: bool, language: str) -> str:
    """A yes/no fact that is wanted to be one or the other."""
    english = is_english(language)
    name, found = phrase(fact.node, language), show_step(fact, language)
    word = ("yes" if wanted else "no") if english else ("是" if wanted else "否")
    link = "" if found == "未知" else "为"
    return f"{name} is {found}; wanted: {word}" if english else f"{name}{link}{found}，要求为{word}"


def _working(step: Step, language: str) -> Iterator[str]:
    """One line for each sum, quotient, table and date on the way."""
    line = _work(step, language)
    if line:
        yield line
    for part in _told(step):
        yield from _working(part, language)


def _work(step: Step, language: str) -> str:
    node = step.node
    match node:
        case ops.Over():
            return _over(step, node, language)
        case ops.Table():
            return _table(step, node, language)
        case ops.Least() | ops.Greatest():
            return _extreme(step, language)
        case ops.Term() if node.type.kind != "yes-no":
            return f"{phrase(node, language)} = {show_step(step, language)}"
        case ops.CountRows() | ops.SumRows():
            return _rows(step, node, language)
        case ops.Shift() | ops.Workdays() | ops.Age():
            return _dated(step, node, language)
    return _infix(step, language) if type(node) in INFIX else ""


def _over(step: Step, node: ops.Over, language: str) -> str:
    english = is_english(language)
    shown = [
        f"{period.label(language)}{':' if english else ''} {show_step(part, language)}"
        for index, (period, part) in enumerate(zip(node.periods, step.parts[1:], strict=True))
        if index not in step.left_out
    ]
    text = f"{phrase(node, language)} = {show_step(step, language)}"
    text += f" ({', '.join(shown)})" if english else f"（{'，'.join(shown)}）"
    if step.left_out:
        before = span_of(tuple(node.periods[index] for index in step.left_out), language)
        text += (
            f"; {before} lies before the registration and is left out"
            if english
            else f"；{before}在注册之前，不计"
        )
    return text


def _table(step: Step, node: ops.Table, language: str) -> str:
    english = is_english(language)
    keys = node.keys
    if keys is None or step.chosen < 0:
        return ""
    type_ = node.parts[0].type
    row = _row(step.chosen, [show(key, type_, language) for key in keys], node.is_upper, english)
    found = f"{phrase(node.parts[0], language)} {show_step(step.parts[0], language)}"
    result = show_step(step, language)
    return f"{found} lies in the band {row}: {result}" if english else f"{found}，属{row}一档，取{result}"


def _row(index: int, keys: list[str], is_upper: bool, english: bool) -> str:
    """The row of a table in words; keys belong to the row they close (band) or open (score)."""
    above = (keys[index - 1] if index else "") if is_upper else (keys[index] if index < len(keys) else "")
    below = (keys[index] if index < len(keys) else "") if is_upper else (keys[index - 1] if index else "")
    if english:
        words = ("above ", "up to ") if is_upper else ("from ", "below ")
        return " ".join(word + key for word, key in zip(words, (above, below), strict=True) if key)
    first, last = ("（不含）", "（含）") if is_upper else ("（含）", "（不含）")
    if above and below:
        return f"{above}{first}至{below}{last}"
    return f"{above}以上{first}" if above else f"{below}以下{last}"


def _infix(step: Step, language: str) -> str:
    english = is_english(language)
    left, right = step.parts
    if isinstance(step.node, ops.Divide) and right.span.value == 0:
        name = phrase(right.node, language)
        return f"{name} is zero, so there is no quotient" if english else f"{name}为零，无法相除"
    shown = f"{show_step(left, language)} {INFIX[type(step.node)]} {show_step(right, language)}"
    return f"{shown} = {show_step(step, language)}"


def _extreme(step: Step, language: str) -> str:
    shown = [show_step(part, language) for part in step.parts]
    smaller = isinstance(step.node, ops.Least)
    if is_english(language):
        return (
            f"the {'smallest' if smaller else 'largest'} of {', '.join(shown)} = {show_step(step, language)}"
        )
    return f"{'、'.join(shown)}，取{'最小' if smaller else '最大'}的{show_step(step, language)}"


def _rows(step: Step, node: ops.CountRows | ops.SumRows, language: str) -> str:
    english = is_english(language)
    sure, may_be, all_ = step.found
    name = node.relation.name(language)
    if sure < 0:
        return f"{name} are not known" if english else f"没有{name}的记录数据"
    if english:
        return f"{name}: {all_} records, {sure} count" + (f", {may_be} may" if may_be else "")
    return f"{name}共{all_}条记录，符合{sure}条" + (f"，无法判断{may_be}条" if may_be else "")


def _dated(step: Step, node: ops.Shift | ops.Workdays | ops.Age, language: str) -> str:
    english = is_english(language)
    shown = [
        f"{phrase(part.node, language)} {show_step(part, language)}"
        for part in step.parts
        if not isinstance(part.node, ops.Constant) or part.node.is_today
    ]
    text = f"{phrase(node, language)} = {show_step(step, language)}"
    text += f" ({', '.join(shown)})" if english else f"（{'，'.join(shown)}）"
    if step.provisional:
        text += (
            "; the holidays on the way are not all announced yet, so Monday to Friday are counted there"
            if english
            else "；其中有尚未公布放假安排的年份，暂按周一至周五计"
        )
    return text
