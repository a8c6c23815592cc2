"""`huanchuang export everything FILE.zip` and `huanchuang import everything FILE.zip`.

Whoever has a shell on the server holds the database already; nobody gets this archive through a page.
"""

from __future__ import annotations

from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from huanchuang.engines.kernel import ProblemError
from huanchuang.web.cli.output import written_whole
from huanchuang.web.cli.users import BY_COMMAND
from huanchuang.web.cli.words import CommandError, language, say
from huanchuang.web.services import portable

WORD = "everything"


def export(path: Path) -> int:
    """All data with confidential entries, personal data, history and files; passwords and sessions stay behind."""
    if path.suffix.lower() != ".zip":
        raise CommandError(f"{path}：文件名请以 .zip 结尾", f"{path}: end the name with .zip", status=2)
    with written_whole(path) as temporary:
        done = portable.export(BY_COMMAND, temporary)
    path.resolve().chmod(0o600)  # it holds personal data
    say(
        f"已导出全部数据：{path}（{done.rows} 行，{done.files} 个文件），含个人信息和保密成果，请妥善保管",
        f"everything exported: {path} ({done.rows} rows, {done.files} files), with personal data and secrets; keep it safe",
    )
    return 0


def load(path: Path, *, check_only: bool = False) -> int:
    """Fill an empty system; with `check_only` say whether the archive is whole, and write nothing."""
    if not path.is_file():
        raise CommandError(
            f"{path}：没有这个文件，请核对文件名", f"{path}: no such file; check the name", status=2
        )
    try:
        if check_only:
            manifest = portable.check(path)
            rows, files = sum(part.rows for part in manifest.parts), len(manifest.files)
            say(f"归档完整：{rows} 行，{files} 个文件", f"the archive is whole: {rows} rows, {files} files")
            return 0
        _refuse_unmigrated()
        done = portable.load(BY_COMMAND, path)
    except ProblemError as error:
        text = " ".join(problem.text(language()) for problem in error.problems)
        raise CommandError(f"{path}：{text}", f"{path}: {text}") from error
    say(
        f"已装入：{done.rows} 行，{done.files} 个文件。账户没有密码，请用 huanchuang user password 重设",
        f"loaded: {done.rows} rows, {done.files} files. Accounts have no passwords yet: huanchuang user password",
    )
    return 0


def _refuse_unmigrated() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError(
            "数据库还没有建好，请先运行 huanchuang migrate",
            "the database is not ready; run huanchuang migrate first",
        )
