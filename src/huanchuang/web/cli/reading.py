"""`huanchuang read`: papers in, a ledger out. Needs neither settings nor database."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from huanchuang.engines.intake import paper_from_file
from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.reader import Paper, Reading, read
from huanchuang.packs.documents import load_grammar
from huanchuang.web.cli.allotment import allotment_paper
from huanchuang.web.cli.output import STANDARD, write_all
from huanchuang.web.cli.words import CommandError, language
from huanchuang.web.cli.workbook import ledger_workbook

KINDS = {
    "docx": "docx",
    "pdf": "pdf",
    "html": "html",
    "htm": "html",
    "txt": "txt",
    "md": "md",
    "markdown": "md",
    "xlsx": "xlsx",
}


def read_files(options: argparse.Namespace) -> int:
    """Read every file, then write every output; nothing is written when one file cannot be read."""
    paths = [Path(name) for name in options.files]
    _check(options, paths)
    grammar = load_grammar()
    papers = [_paper(path) for path in paths]
    readings = [(path.name, read(paper, grammar)) for path, paper in zip(paths, papers, strict=True)]
    write_all(_outputs(options, paths, papers, readings))
    return 0


def _check(options: argparse.Namespace, paths: list[Path]) -> None:
    for path in paths:
        if not path.exists():
            raise CommandError(
                f"{path}：没有这个文件，请核对文件名", f"{path}: no such file; check the name", status=2
            )
    inputs = {path.resolve() for path in paths}
    for out in (options.json, options.xlsx, options.docx, options.text):
        if out and out != STANDARD and Path(out).resolve() in inputs:
            raise CommandError(
                f"{out}：会覆盖要读的文件，请换一个输出文件名",
                f"{out}: would overwrite a file to be read",
                status=2,
            )


def _paper(path: Path) -> Paper:
    if path.is_dir():
        raise CommandError(f"{path}：这是文件夹，请写文件名", f"{path}: is a folder; give files", status=2)
    kind = KINDS.get(path.suffix.lower().lstrip("."))
    if kind is None:
        raise CommandError(
            f"{path}：不认识的文件类型“{path.suffix or '无后缀'}”，能读 docx、pdf、html、txt、md、xlsx",
            f"{path}: unknown kind of file ({path.suffix or 'no suffix'}); docx, pdf, html, txt, md and xlsx can be read",
        )
    try:
        return paper_from_file(path.read_bytes(), kind, path.name)
    except ProblemError as error:
        text = error.problems[0].text(language())
        named = text if path.name in text else f"{path.name}：{text}"
        raise CommandError(named, named) from error


def _outputs(
    options: argparse.Namespace, paths: list[Path], papers: list[Paper], readings: list[tuple[str, Reading]]
) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    wanted = (options.json, options.xlsx, options.docx, options.text)
    if options.json or not any(wanted):
        contents[options.json or STANDARD] = _json(readings)
    if options.xlsx:
        contents[options.xlsx] = ledger_workbook(readings)
    if options.docx:
        contents[options.docx] = allotment_paper(readings)
    if options.text:
        contents.update(_texts(options.text, paths, papers))
    if len(contents) < sum(map(bool, wanted)):
        raise CommandError(
            "两个输出选项写了同一个文件名，请分开", "two outputs have the same file name", status=2
        )
    return contents


def _json(readings: list[tuple[str, Reading]]) -> bytes:
    found = [reading.as_data() for _name, reading in readings]
    text = json.dumps(found[0] if len(found) == 1 else found, ensure_ascii=False, indent=2)
    return (text + "\n").encode()


def _texts(out: str, paths: list[Path], papers: list[Paper]) -> dict[str, bytes]:
    if len(papers) == 1:
        return {out: papers[0].text.encode()}
    folder = Path(out)
    if not folder.is_dir():
        raise CommandError(
            f"{out}：读多个文件时 --text 请给出已有的文件夹",
            f"{out}: for several files --text takes an existing folder",
            status=2,
        )
    named = Counter(path.stem for path in paths)
    twice = [stem for stem, count in named.items() if count > 1]
    if twice:
        raise CommandError(
            f"{twice[0]}：两个文件同名，文本会互相覆盖，请分次读取",
            f"{twice[0]}: two files of this name; read them separately",
            status=2,
        )
    return {
        str(folder / f"{path.stem}.txt"): paper.text.encode()
        for path, paper in zip(paths, papers, strict=True)
    }
