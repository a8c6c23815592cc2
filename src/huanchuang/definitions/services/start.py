"""The files a draft begins with. Nothing is written here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from huanchuang.definitions.queries.standing import next_version
from huanchuang.definitions.queries.titles import header_entry
from huanchuang.definitions.queries.versions import Version
from huanchuang.engines.kernel import refuse
from huanchuang.packs.editing import Path, mark, set_value, set_values
from huanchuang.packs.kinds import kind_named
from huanchuang.packs.pack import CASES
from huanchuang.packs.schema import ID

LAST_OF_ALL = 28
"""The last day that every month of every year has."""


def skeleton_files(kind: str, pack: str) -> Mapping[str, str]:
    """A small example that runs. ProblemError for an id of the wrong form."""
    if not ID.fullmatch(pack):
        raise refuse(
            "definitions.draft.id",
            (
                "编号",
                f"“{pack[:60]}”的写法不对",
                "请写成 地区.名称，用小写英文和连字符，例如 qingcen.rd-subsidy",
            ),
            (
                "Id",
                f'"{pack[:60]}" is not of the right form',
                "Write region.name in lower case with hyphens, such as qingcen.rd-subsidy",
            ),
        )
    return kind_named(kind).skeleton(pack)


def continued_files(last: Version) -> dict[str, str]:
    """The files of a version with the number after it."""
    files = last.files()
    kind = last.published.kind if last.published else (last.pack.kind if last.pack else "")
    name = kind_named(kind).definition
    return {**files, name: set_value(files[name], ("version",), next_version(last.number))}


def moved_cases(kind: str, before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """The files of `after`, whose first day is another than that of `before`, with cases of earlier days moved along: by
    whole years; those from before the old first day by as many days before the new one.

    What a case says of years by their number stays: the check names those that give something else now.
    """
    name = kind_named(kind).definition
    first, day = (_day_in(header_entry(files.get(name, ""), "valid_from")) for files in (before, after))
    if day is None or day == first or CASES not in after:
        return dict(after)
    cases = mark(after[CASES]).child("cases")
    asked = [(place, one.child("of")) for place, one in enumerate(cases.items)] if cases else []
    days: dict[Path, dt.date | None] = {
        ("cases", place, "of"): _moved(_day_in(of.text), first, day) for place, of in asked if of
    }
    found = {path: new.isoformat() for path, new in days.items() if new is not None}
    return {**after, CASES: set_values(after[CASES], found)}


def moved_to(kind: str, files: Mapping[str, str], day: dt.date) -> dict[str, str]:
    """The files with another first day and their cases moved along."""
    name = kind_named(kind).definition
    return moved_cases(kind, files, {**files, name: set_value(files[name], ("valid_from",), day.isoformat())})


def _moved(asked: dt.date | None, first: dt.date | None, day: dt.date) -> dt.date | None:
    """Where the day of a case goes; None where it stays."""
    if asked is None or asked >= day:
        return None
    if first is not None and asked < first:
        return day - (first - asked)
    later = asked.replace(day=min(asked.day, LAST_OF_ALL), year=day.year)
    return later if later >= day else later.replace(year=day.year + 1)


def _day_in(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None
