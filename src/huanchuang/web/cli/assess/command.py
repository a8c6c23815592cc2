"""Facts in, decisions out: the result by columns for all organisations at once, the reasons for those that are no yes."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import polars as pl

from huanchuang.engines.rules import Policy, assess, bind_policy
from huanchuang.engines.rules.facts import FAULTS, FactTable, fact_table
from huanchuang.engines.rules.facts.table import NoSuchColumn
from huanchuang.packs.policies import criteria, policies
from huanchuang.packs.vocabulary import work_calendar
from huanchuang.web.cli.assess.sources import KINDS, read_facts
from huanchuang.web.cli.assess.telling import tell
from huanchuang.web.cli.output import write_all
from huanchuang.web.cli.words import CommandError, language, say_error

OUTPUTS = (".csv", ".parquet", ".jsonl")
RESULTS = {1: "yes", 0: "no", -1: "unknown"}
LISTS = ("failed", "unknown", "missing", "distance")
SCHEMA = {
    "organisation": pl.String,
    "policy": pl.String,
    "version": pl.String,
    "result": pl.String,
    "amount_fen": pl.Int64,
    **{name: pl.List(pl.String) for name in LISTS},
}
FIRST_YEAR, LAST_YEAR = 1930, 2199


def assess_file(options: argparse.Namespace) -> int:
    """Decide every organisation of a file; status 1 only where nothing could be written."""
    source, out = Path(options.facts), Path(options.out)
    _check(source, out)
    as_of, chosen = _day(options.as_of), _chosen(options.policy)
    frame, faults = read_facts(source)
    known = criteria()
    try:
        table = fact_table(frame, known.vocabulary, known.value)
    except NoSuchColumn as error:
        names = "、".join(error.names[:3])
        raise CommandError(
            f"{source}：缺少列“{error.names[0]}”（也可写作 {names}），请补上这一列",
            f"{source}: has no column “{error.names[0]}”; add it",
        ) from error
    answers = pl.concat([_answers(policy, table, as_of, quick=options.quick) for policy in chosen])
    answers = answers.sort("~at", maintain_order=True).drop("~at")
    _write(out, answers, pl.concat([faults, table.faults]))
    return 0


def _check(source: Path, out: Path) -> None:
    for path, suffixes in ((source, KINDS), (out, OUTPUTS)):
        if path.suffix.lower() not in suffixes:
            listed = "、".join(suffix[1:] for suffix in suffixes)
            raise CommandError(
                f"{path}：文件名应以 {listed} 结尾", f"{path}: wants one of the endings {listed}", status=2
            )
    if not source.is_file():
        raise CommandError(
            f"{source}：没有这个文件，请核对文件名", f"{source}: no such file; check the name", status=2
        )
    if source.resolve() == out.resolve():
        raise CommandError(
            f"{out}：会覆盖要读的文件，请换一个输出文件名",
            f"{out}: would overwrite the file to be read",
            status=2,
        )


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise CommandError(
            f"--as-of {text}：不是日期，请写成 2026-01-01",
            f"--as-of {text}: is no date; write it as 2026-01-01",
            status=2,
        )
    return found


def _chosen(ids: Sequence[str] | None) -> list[Policy]:
    """The policies asked for, each once; all organisations can have where none is named."""
    known = {policy.id: policy for policy in policies()}
    for name in ids or ():
        if name not in known:
            listed = "、".join(sorted(known))
            raise CommandError(
                f"--policy {name}：没有这个政策，可用：{listed}",
                f"--policy {name}: no such policy; there are {', '.join(sorted(known))}",
                status=2,
            )
    return [known[name] for name in dict.fromkeys(ids)] if ids else list(known.values())


def _answers(policy: Policy, table: FactTable, as_of: date, *, quick: bool) -> pl.DataFrame:
    """One row for each organisation, in the order of the table."""
    count = len(table.organisations)
    base = pl.DataFrame({"organisation": table.organisations}).with_columns(
        pl.lit(policy.id).alias("policy"), pl.lit(policy.version).alias("version")
    )
    if not policy.is_in_force(as_of):
        blank = {name: pl.lit([], dtype=pl.List(pl.String)) for name in LISTS}
        found = base.with_columns(
            pl.lit("not_in_force").alias("result"), pl.lit(None, dtype=pl.Int64).alias("amount_fen"), **blank
        )
        return found.select(list(SCHEMA)).with_row_index("~at")
    bound = bind_policy(policy, as_of, work_calendar())
    expressions = [one for one in (*bound.conditions, bound.amount) if one is not None]
    facts = table.wide((need for one in expressions for need in one.needs), as_of)
    if not facts.width:
        facts = pl.DataFrame({"~": pl.repeat(0, count, eager=True)})
    columns = assess([policy], facts, as_of, work_calendar())
    ids = [one.id for one in bound.requirements]
    masks = {name: columns[f"{policy.id}/{name}"] for name in ("failed", "unknown")}
    found = base.with_columns(
        columns[policy.id].replace_strict(RESULTS, return_dtype=pl.String).alias("result"),
        columns[f"{policy.id}/fen"].alias("amount_fen")
        if policy.amount is not None
        else pl.lit(None, dtype=pl.Int64).alias("amount_fen"),
        *(_listed(mask, ids).alias(name) for name, mask in masks.items()),
    )
    results = pl.repeat(1, count, eager=True) if quick else columns[policy.id]
    told = _told(policy, as_of, facts, results, masks)
    return found.with_columns(told).select(list(SCHEMA)).with_row_index("~at")


def _listed(masks: pl.Series, ids: list[str]) -> pl.Series:
    """Masks as lists of ids, each mask spelled out once."""
    spelled = {mask: [name for index, name in enumerate(ids) if mask >> index & 1] for mask in masks.unique()}
    known = pl.DataFrame(
        {"mask": list(spelled), "ids": list(spelled.values())},
        schema={"mask": pl.Int64, "ids": pl.List(pl.String)},
    )
    return pl.DataFrame({"mask": masks}).join(known, on="mask", how="left", maintain_order="left")["ids"]


def _told(
    policy: Policy, as_of: date, facts: pl.DataFrame, results: pl.Series, masks: dict[str, pl.Series]
) -> list[pl.Series]:
    """Missing and distance, empty for a yes."""
    rows = (results != 1).arg_true()
    asked = facts.with_columns(mask.alias(f"~{name}") for name, mask in masks.items())
    told = tell(policy, as_of, asked[rows]) if len(rows) else []
    missing: list[list[str]] = [[] for _ in range(len(results))]
    distance: list[list[str]] = [[] for _ in range(len(results))]
    for row, (one, other) in zip(rows, told, strict=True):
        missing[row], distance[row] = one, other
    dtype = pl.List(pl.String)
    return [pl.Series("missing", missing, dtype=dtype), pl.Series("distance", distance, dtype=dtype)]


def _write(out: Path, answers: pl.DataFrame, faults: pl.DataFrame) -> None:
    problems = Path(f"{out}.problems.csv")
    contents = {str(out): _bytes(answers, out.suffix.lower())}
    if faults.height:
        contents[str(problems)] = _problems(faults)
    write_all(contents)
    if not faults.height:
        problems.unlink(missing_ok=True)
        return
    first = faults.row(0, named=True)
    fault = FAULTS[first["fault"]]
    if language() == "en":
        say_error(
            f"{problems}: {faults.height} problems; first: row {first['row']}, {first['column']} {fault.en}"
        )
    else:
        say_error(
            f"{problems}：{faults.height} 处问题，首处：第{first['row']}行“{first['column']}”{fault.zh}"
        )


def _bytes(answers: pl.DataFrame, suffix: str) -> bytes:
    if suffix == ".jsonl":
        lines = (json.dumps(row, ensure_ascii=False) for row in answers.iter_rows(named=True))
        return "".join(f"{line}\n" for line in lines).encode()
    if suffix == ".csv":
        flat = answers.with_columns(pl.col(name).list.join(";") for name in LISTS)
        return flat.write_csv().encode()

    buffer = BytesIO()
    answers.write_parquet(buffer)
    return buffer.getvalue()


def _problems(faults: pl.DataFrame) -> bytes:
    english = language() == "en"
    words = {
        code: (fault.en, fault.remedy_en) if english else (fault.zh, fault.remedy)
        for code, fault in FAULTS.items()
    }
    table = faults.with_columns(
        pl.col("fault").replace_strict({code: what for code, (what, _) in words.items()}).alias("problem"),
        pl.col("fault").replace_strict({code: remedy for code, (_, remedy) in words.items()}).alias("advice"),
    )
    return (
        table.select("row", "organisation", "year", "column", "value", "problem", "advice")
        .write_csv()
        .encode()
    )
