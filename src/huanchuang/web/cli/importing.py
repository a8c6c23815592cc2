"""`huanchuang import KIND FILE`: a sheet into the register, by the same services as the pages.

Only columns whose field is sure are read. Without `--good` either every row is taken or none.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from django.utils.translation import override

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of, allows
from huanchuang.engines.kernel import ProblemError
from huanchuang.registry.models import Import, ImportState
from huanchuang.registry.queries.imports.bad_rows import bad_rows, told
from huanchuang.registry.queries.imports.listing import problems_by_number
from huanchuang.registry.queries.imports.sheets import table_of_file
from huanchuang.registry.services import imports
from huanchuang.registry.services.imports import Importer, Reading
from huanchuang.web.cli import everything
from huanchuang.web.cli.output import write_all
from huanchuang.web.cli.users import BY_COMMAND
from huanchuang.web.cli.words import CommandError, language, say


def import_file(options: argparse.Namespace) -> int:
    """Check a sheet and write its rows; status 1 where a row was not taken."""
    if options.kind == everything.WORD:
        return everything.load(Path(options.file), check_only=options.check)
    with override("en" if language() == "en" else "zh-hans"):
        return _import(options)


def _import(options: argparse.Namespace) -> int:
    importer = _importer(options.kind)
    path, user = Path(options.file), _user(options.user, importer)
    data = _content(path)
    actor = actor_of(user) if user is not None else BY_COMMAND
    with Named(path):
        made = imports.begin(actor, user, importer, data, path.name, options.sheet)
        reading = _reading(made, importer, user, options.set)
        reading = replace(reading, with_months=options.months or reading.with_months)
        imports.choose_reading(actor, made, importer, reading)
        made = imports.start_step(imports.CHECK_JOB, actor, made, inline=True)
        _refuse_failure(made)
    bad = problems_by_number(made)
    if options.problems and bad:
        write_all({options.problems: bad_rows(table_of_file(made.file, made.sheet), bad)})
    if options.check or (bad and not options.good):
        imports.drop(actor, made)
    else:
        made = imports.start_step(imports.TAKE_JOB, actor, made, inline=True)
        _refuse_failure(made)
    _tell(made, is_taken=made.state == ImportState.DONE)
    if bad:
        raise _first(path, bad)
    return 0


class Named:
    """Puts the name of the file before what is wrong with it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: object, _trace: object) -> None:
        if isinstance(error, ProblemError):
            text = " ".join(problem.text(language()) for problem in error.problems)
            named = text if self.path.name in text else f"{self.path.name}：{text}"
            raise CommandError(named, named) from error


def _importer(kind: str) -> Importer:
    found = imports.importer_named(kind)
    if found is None:
        known = "、".join(one.name for one in imports.importers())
        raise CommandError(
            f"{kind}：没有这一类，可导入：{known}", f"{kind}: no such kind; choose from {known}", status=2
        )
    return found


def _user(name: str | None, importer: Importer) -> User | None:
    if name is None:
        return None
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(
            f"{name}：没有这个在用账户，huanchuang user list 可列出",
            f"{name}: no such active account",
            status=2,
        )
    if not allows(user, importer.deed):
        raise CommandError(
            f"{name}：这个账户没有导入权限（{importer.deed}）",
            f"{name}: may not import ({importer.deed})",
            status=2,
        )
    return user


def _content(path: Path) -> bytes:
    if not path.exists():
        raise CommandError(
            f"{path}：没有这个文件，请核对文件名", f"{path}: no such file; check the name", status=2
        )
    if path.is_dir():
        raise CommandError(f"{path}：这是文件夹，请写文件名", f"{path}: is a folder; give a file", status=2)
    return path.read_bytes()


def _reading(made: Import, importer: Importer, user: User | None, said: list[str]) -> Reading:
    """As remembered; else the columns that are sure. `--set` adds values for all rows."""
    reading = imports.remembered_reading(user, importer, made.shape)
    table = table_of_file(made.file, made.sheet)
    if reading is None:
        sure = (choice for choice in imports.matching_for(importer, table).choices if choice.is_sure)
        reading = Reading(columns={choice.column.index: choice.field for choice in sure if choice.field})
    known = {target.name: target for target in importer.targets(table, user) if target.may_be_constant}
    constants = dict(reading.constants)
    for pair in said:
        name, equals, text = pair.partition("=")
        if not equals or name not in known:
            raise CommandError(
                f"--set {pair}：请写 字段=内容，字段可以是：{'、'.join(known)}",
                f"--set {pair}: give FIELD=TEXT with a field of {', '.join(known)}",
                status=2,
            )
        constants[name] = text
    return replace(reading, constants=constants)


def _refuse_failure(made: Import) -> None:
    if made.failure_zh:
        raise CommandError(f"{made.file.name}：{made.failure_zh}", f"{made.file.name}: {made.failure_en}")


def _tell(made: Import, *, is_taken: bool) -> None:
    counts = made.counts
    new, changed = (
        (counts["taken_new"], counts["taken_changed"]) if is_taken else (counts["new"], counts["changed"])
    )
    begun, begun_en = ("已导入", "imported") if is_taken else ("未写入", "nothing written")
    say(
        f"{begun}：新增 {new}，更新 {changed}，无变化 {counts['same']}，有问题 {counts['problem']}，可能重复 {counts['possible']}",
        f"{begun_en}: {new} new, {changed} changed, {counts['same']} the same, {counts['problem']} with problems, "
        f"{counts['possible']} possible duplicates",
    )


def _first(path: Path, bad: dict[int, list[dict[str, object]]]) -> CommandError:
    """The first problem with its cell, and how many more there are."""
    every = [problem for number in sorted(bad) for problem in bad[number]]
    line = f"{path.name} {told(every[0])}"
    more = len(every) - 1
    if more:
        return CommandError(
            f"{line}（另有 {more} 处，用 --problems 另存）", f"{line} (and {more} more, see --problems)"
        )
    return CommandError(line, line)
