"""`huanchuang export KIND FILE`: one kind of the register, or the facts, as a file that is whole or not there.

Without `--user` it holds what the district may hand out: no secrets, no personal data. With a user it holds what that
person sees. Personal data need a user with the right to unmask, a purpose, and leave an entry in the trail.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.utils.translation import override

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of, allows
from huanchuang.audit import services as audit
from huanchuang.facts.queries import flat
from huanchuang.registry.queries.export import FORMS, pieces, write_xlsx
from huanchuang.registry.queries.kinds import KINDS, Kind
from huanchuang.registry.queries.listing import Column
from huanchuang.registry.queries.whole import personal_columns, whole_columns, whole_rows
from huanchuang.registry.services.look import FEWEST_CHARACTERS
from huanchuang.web.cli import everything
from huanchuang.web.cli.output import written_whole
from huanchuang.web.cli.users import BY_COMMAND
from huanchuang.web.cli.words import CommandError, language, say

FACTS = "facts"


class Counted:
    """Rows, counted as they pass."""

    def __init__(self, rows: Iterator[list[str]]) -> None:
        self.rows, self.count = rows, 0

    def __iter__(self) -> Iterator[list[str]]:
        for row in self.rows:
            self.count += 1
            yield row


def export_file(options: argparse.Namespace) -> int:
    """Write the file; the trail keeps who took what out."""
    path = Path(options.file)
    if options.kind == everything.WORD:
        return everything.export(path)
    with override("en" if language() == "en" else "zh-hans"):
        user = _user(options)
        form = _form(path)
        columns, rows, label = _list(options, user)
        counted = Counted(rows)
        with written_whole(path) as temporary:
            _write(temporary, form, columns, counted, label)
            _record(options, user, counted.count)  # before the file is there for anybody
    say(f"已导出 {counted.count} 条：{path}", f"{counted.count} rows written: {path}")
    return 0


def _form(path: Path) -> str:
    form = path.suffix.lower().lstrip(".")
    if form not in FORMS:
        ends = [f".{one}" for one in FORMS]
        raise CommandError(
            f"{path}：文件名请以 {'、'.join(ends)} 结尾", f"{path}: end the name with {', '.join(ends)}", status=2
        )  # fmt: skip
    return form


def _list(
    options: argparse.Namespace, user: User | None
) -> tuple[Sequence[Column], Iterator[list[str]], str]:
    if options.kind == FACTS:
        return flat.COLUMNS, flat.flat_rows(user), "数据"
    kind = KINDS[options.kind]
    columns = whole_columns(kind, personal=options.with_personal)
    return columns, whole_rows(user, kind, columns, options.status), str(kind.label)


def _write(path: Path, form: str, columns: Sequence[Column], rows: Counted, label: str) -> None:
    if form == "xlsx":
        write_xlsx(path, columns, rows, label)
        return
    with path.open("wb") as file:
        for piece in pieces(form, columns, rows):
            file.write(piece)


def _user(options: argparse.Namespace) -> User | None:
    kind = KINDS.get(options.kind)
    if kind is None and options.kind != FACTS:
        known = [*KINDS, FACTS, everything.WORD]
        raise CommandError(
            f"{options.kind}：没有这一类，可导出：{'、'.join(known)}",
            f"{options.kind}: no such kind; choose from {', '.join(known)}",
            status=2,
        )
    if options.with_personal:
        _check_personal(options, kind)
    if options.user is None:
        return None
    user = User.objects.filter(username=options.user, is_active=True).first()
    if user is None:
        raise CommandError(
            f"{options.user}：没有这个在用账户，huanchuang user list 可列出",
            f"{options.user}: no such active account",
            status=2,
        )
    deed = "unmask" if options.with_personal else "export"
    wanted = "facts.fact.view" if kind is None else f"registry.{kind.name}.{deed}"
    if not allows(user, wanted):
        raise CommandError(
            f"{options.user}：这个账户没有权限（{wanted}）", f"{options.user}: may not do this ({wanted})", status=2
        )  # fmt: skip
    return user


def _check_personal(options: argparse.Namespace, kind: Kind | None) -> None:
    if kind is None or not personal_columns(kind):
        raise CommandError(
            f"--with-personal：{options.kind} 没有个人信息",
            f"--with-personal: {options.kind} has no personal data",
            status=2,
        )
    if options.user is None or len((options.purpose or "").strip()) < FEWEST_CHARACTERS:
        raise CommandError(
            f"--with-personal：须同时写明 --user 账户 和 --purpose 用途（至少{FEWEST_CHARACTERS}个字）",
            f"--with-personal: needs --user and a --purpose of at least {FEWEST_CHARACTERS} characters",
            status=2,
        )


def _record(options: argparse.Namespace, user: User | None, count: int) -> None:
    actor = BY_COMMAND if user is None else actor_of(user)
    subject = "facts.fact" if options.kind == FACTS else KINDS[options.kind].subject_prefix
    if options.with_personal:
        audit.record_look(actor, subject, personal_columns(KINDS[options.kind]), options.purpose.strip())
    audit.record(actor, "web.export.make", subject, after={"count": count}, note=Path(options.file).name)
