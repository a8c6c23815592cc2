"""The body of the job that makes a file of a list, or of all lists."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, override

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows
from huanchuang.engines.kernel import refuse
from huanchuang.files.services import attach, keep_made, workplace
from huanchuang.jobs import effects as jobs
from huanchuang.jobs.services import Run
from huanchuang.orm import clock
from huanchuang.registry.forms import asked_in
from huanchuang.registry.queries.export import pieces, write_xlsx
from huanchuang.registry.queries.exports import EXPORT
from huanchuang.registry.queries.kinds import KINDS, Kind
from huanchuang.registry.queries.listing import Column, columns_named, columns_of, listing, rows_of

STEP = 200
"""Rows between two reports of progress."""


@jobs.body(EXPORT)
def export_list(run: Run) -> dict[str, Any]:
    """Write the file beside its place, then keep it whole. A run that takes over begins anew: nothing was kept before."""
    order, key = run.payload, run.job.owner_id or 0
    user = User.objects.filter(pk=key, is_active=True).first()
    kinds = [KINDS[order["kind"]]] if order["kind"] else list(KINDS.values())
    kinds = [kind for kind in kinds if user is not None and allows(user, f"registry.{kind.name}.export")]
    if user is None or not kinds:
        raise refuse(
            "registry.export",
            ("导出", "账户已停用或没有这项权限", "请联系系统管理员"),
            ("Export", "the account is closed or has no right to it", "Ask the administrator"),
        )
    made = Maker(run, user, order)
    with override(order["language"]), TemporaryDirectory(dir=workplace()) as folder:
        name, path = made.one(kinds[0], Path(folder)) if order["kind"] else made.all(kinds, Path(folder))
        stored = keep_made(path, name, run.actor)
        text = gettext("%(count)s条记录，文件保留7天") % {"count": made.done}
    attach(stored, run.job.subject, run.actor)
    return {"url": reverse("files:download", args=[stored.pk]), "text": text}


class Maker:
    """Writes files and counts rows on the way."""

    def __init__(self, run: Run, user: User, order: dict[str, Any]) -> None:
        self.run, self.user, self.order, self.done = run, user, order, 0
        self.form: str = order["form"]

    def one(self, kind: Kind, folder: Path) -> tuple[str, Path]:
        """The list that was asked for: its name and where it lies."""
        words = QueryDict(mutable=True)
        for name, values in self.order["words"].items():
            words.setlist(name, values)
        found = listing(self.user, kind, asked_in(kind, words))
        total = found.count()
        columns = columns_named(kind, self.order["columns"])
        path = folder / f"list.{self.form}"
        self._write(kind, columns, self._counted(rows_of(self.user, kind, columns, found), total), path)
        return f"{kind.label}-{clock.today().isoformat()}.{self.form}", path

    def all(self, kinds: Sequence[Kind], folder: Path) -> tuple[str, Path]:
        """One archive with a file for each kind, everything in force or not, all columns."""
        words = QueryDict("status=all")
        lists = [(kind, listing(self.user, kind, asked_in(kind, words))) for kind in kinds]
        total = sum(found.count() for _, found in lists)
        path = folder / "all.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for kind, found in lists:
                columns, one = columns_of(kind), folder / f"{kind.name}.{self.form}"
                self._write(
                    kind, columns, self._counted(rows_of(self.user, kind, columns, found), total), one
                )
                archive.write(one, f"{kind.label}.{self.form}")
                one.unlink()
        return f"{gettext('全部登记')}-{clock.today().isoformat()}.zip", path

    def _write(self, kind: Kind, columns: Sequence[Column], rows: Iterator[list[str]], path: Path) -> None:
        if self.form == "xlsx":
            write_xlsx(path, columns, rows, str(kind.label))
            return
        with path.open("wb") as file:
            for piece in pieces(self.form, columns, rows):
                file.write(piece)

    def _counted(self, rows: Iterator[list[str]], total: int) -> Iterator[list[str]]:
        for row in rows:
            self.done += 1
            if self.done % STEP == 0:
                self.run.progress(self.done, max(total, self.done))
            yield row
        self.run.progress(self.done, max(total, self.done))
