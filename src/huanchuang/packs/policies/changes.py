"""What differs between two versions of a policy, in words: figures with their dates, conditions, amount, validity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from huanchuang.packs.pack import Pack
from huanchuang.packs.policies.reading import ParameterText, PolicyText, RequirementText
from huanchuang.packs.schema import Words


def changes(older: Pack, newer: Pack) -> tuple[Words, ...]:
    """A sentence for each difference that matters to somebody who applies, in the order of the file."""
    before: PolicyText = older.content.written
    after: PolicyText = newer.content.written
    return (
        *_validity(older, newer),
        *_parameters(before, after),
        *_formulas(before, after),
        *_requirements(before, after),
        *_amount(before, after),
        *_given(before, after),
    )


def _validity(older: Pack, newer: Pack) -> Iterator[Words]:
    for zh, en, was, now in (
        ("生效日期", "First day", older.valid_from, newer.valid_from),
        ("失效日期", "Last day", older.valid_to, newer.valid_to),
    ):
        if was != now:
            yield Words(
                f"{zh}：{_day(was)} → {_day(now)}", f"{en}: {_day(was, 'none')} → {_day(now, 'none')}"
            )


def _day(value: date | None, nothing: str = "未定") -> str:
    return value.isoformat() if value else nothing


def _parameters(before: PolicyText, after: PolicyText) -> Iterator[Words]:
    old = {one.name.value: one for one in before.parameters}
    new = {one.name.value: one for one in after.parameters}
    for name, one in new.items():
        if name not in old:
            yield Words(f"新增参数“{name}”", f"New parameter “{one.name_en}”")
            continue
        was, now = _values(old[name]), _values(one)
        for day in sorted({*was, *now}):
            if was.get(day) != now.get(day):
                yield Words(
                    f"参数“{name}”{day} 起：{_figure(was, day)} → {_figure(now, day)}",
                    f"Parameter “{one.name_en}” from {day}: {_figure(was, day, english=True)} → {_figure(now, day, english=True)}",
                )
    for name, one in old.items():
        if name not in new:
            yield Words(f"删去参数“{name}”", f"Parameter “{one.name_en}” removed")


def _values(one: ParameterText) -> dict[date, str | None]:
    dated = (found.value for found in one.values)
    return {found.begins: found.value.value if found.value else None for found in dated}


def _figure(values: Mapping[date, str | None], day: date, *, english: bool = False) -> str:
    if day not in values:
        return "none" if english else "没有"
    return values[day] or ("not known" if english else "未公布")


def _formulas(before: PolicyText, after: PolicyText) -> Iterator[Words]:
    old = {one.name.value: one for one in before.formulas}
    new = {one.name.value: one for one in after.formulas}
    for name in (*new, *(name for name in old if name not in new)):
        was, now = old.get(name), new.get(name)
        if was and now and was.text.text.strip() == now.text.text.strip():
            continue
        english = (now or old[name]).name_en
        zh, en = _verb(was, now)
        yield Words(f"{zh}算式“{name}”", f"{en} formula “{english}”")


def _verb(was: object, now: object) -> tuple[str, str]:
    if was is None:
        return "新增", "New"
    return ("修改", "Changed") if now is not None else ("删去", "Removed")


def _requirements(before: PolicyText, after: PolicyText) -> Iterator[Words]:
    old = {one.id.value: one for one in before.requirements}
    new = {one.id.value: one for one in after.requirements}
    for key, one in new.items():
        if key not in old:
            yield Words(f"新增条件：{one.text}", f"New condition: {one.text_en}")
        elif _said(old[key]) != _said(one):
            yield from _changed(old[key], one)
    for key, one in old.items():
        if key not in new:
            yield Words(f"删去条件：{one.text}", f"Condition removed: {one.text_en}")


def _said(one: RequirementText) -> tuple[object, ...]:
    rule = one.when.text.strip() if one.when else ""
    return one.text, one.clause, one.by, rule, one.papers, one.begins, one.ends and one.ends.value


def _changed(was: RequirementText, now: RequirementText) -> Iterator[Words]:
    old, new = (one.when.text.strip() if one.when else "—" for one in (was, now))
    if old != new:
        yield Words(f"条件“{now.text}”的规则：{old} → {new}", f"Rule of “{now.text_en}”: {old} → {new}")
    else:
        yield Words(f"修改条件：{was.text} → {now.text}", f"Condition changed: {was.text_en} → {now.text_en}")


def _amount(before: PolicyText, after: PolicyText) -> Iterator[Words]:
    old, new = (one.amount.formula.text.strip() if one.amount else "" for one in (before, after))
    if old != new:
        yield Words(f"金额：{old or '无'} → {new or '无'}", f"Amount: {old or 'none'} → {new or 'none'}")


def _given(before: PolicyText, after: PolicyText) -> Iterator[Words]:
    old = before.without_application.value if before.without_application else None
    new = after.without_application.value if after.without_application else None
    if old == new:
        return
    if old is None or new is None:
        verb, english = ("改为", "Now") if old is None else ("不再", "No longer")
        yield Words(f"{verb}免申即享", f"{english} given without application")
        return
    yield Words(
        f"免申即享：确认{old.consent_days}日、公示{old.notice_days}日 → 确认{new.consent_days}日、公示{new.notice_days}日",
        f"Without application: {old.consent_days} days to consent and {old.notice_days} of notice → "
        f"{new.consent_days} and {new.notice_days}",
    )
