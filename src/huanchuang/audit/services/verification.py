"""Proving that the trail is whole: every entry's digest, every seal's chain, and the witness file beside the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huanchuang.audit.models import Entry, Seal
from huanchuang.audit.services.digest import GENESIS, entry_digest, seal_head
from huanchuang.audit.services.heads import BrokenLine, heads_file, read_heads
from huanchuang.engines.kernel import Problem, ProblemText

ENOUGH = 100
"""Problems named at most; a trail broken in more places is broken."""

REMEDY = (
    "请保留现场，不要再写入，用最近的备份比对并报告安全管理员",
    "Keep the scene, stop writing, compare with the latest backup and tell the security officer",
)


@dataclass(frozen=True)
class Verification:
    """What the proof found. `unsealed`: entries newer than the last seal, proven by their own digest only."""

    problems: tuple[Problem, ...]
    entries: int
    seals: int
    unsealed: int

    @property
    def ok(self) -> bool:
        """Whether nothing was changed, removed, slipped in or cut off."""
        return not self.problems

    def text(self) -> str:
        """The result in a line, in the language of the reader."""
        counts = {"entries": self.entries, "seals": self.seals, "unsealed": self.unsealed}
        if self.ok:
            return _("审计记录完整：%(entries)d条记录，%(seals)d个封印，%(unsealed)d条尚未封印。") % counts
        return _("审计记录不完整：发现%(found)d处问题（%(entries)d条记录，%(seals)d个封印）。") % {
            **counts,
            "found": len(self.problems),
        }


def verify(known_heads: Iterable[str] = ()) -> Verification:
    """Go through the whole trail. `known_heads`: heads known from elsewhere (a backup, the log) that must be in the chain.

    Reads entries in a stream: memory stays small, time grows with the trail (about 30 000 entries a second).
    """
    walk = _Walk()
    found: list[Problem] = []
    for problem in walk.problems(known_heads):
        found.append(problem)
        if len(found) == ENOUGH:
            break
    return Verification(tuple(found), walk.entries, walk.seals, walk.unsealed)


class _Walk:
    """One passage through entries and seals side by side, counting on the way."""

    def __init__(self) -> None:
        self.entries = self.seals = self.unsealed = 0
        self.heads: dict[int, str] = {}

    def problems(self, known_heads: Iterable[str]) -> Iterator[Problem]:
        stream = Entry.objects.order_by("id").iterator(chunk_size=2000)
        entry = next(stream, None)
        number, previous, sealed_to = 0, GENESIS, 0
        for seal in Seal.objects.order_by("number").iterator(chunk_size=2000):
            self.seals += 1
            self.heads[seal.number] = seal.head
            yield from _seal_problems(seal, number, previous, sealed_to)
            rows: list[tuple[int, str]] = []
            while entry is not None and entry.pk <= seal.last_entry:
                yield from self._entry_problems(entry)
                if entry.pk < seal.first_entry:
                    yield _slipped_in(entry)
                else:
                    rows.append((entry.pk, entry.digest))
                entry = next(stream, None)
            yield from _batch_problems(seal, rows)
            number, previous, sealed_to = seal.number, seal.head, seal.last_entry
        while entry is not None:
            self.unsealed += 1
            yield from self._entry_problems(entry)
            entry = next(stream, None)
        yield from self._witness_problems(known_heads)

    def _entry_problems(self, entry: Entry) -> Iterator[Problem]:
        self.entries += 1
        if entry_digest(entry) != entry.digest:
            yield _problem(
                "audit.changed",
                (
                    f"第{entry.pk}条记录",
                    f"内容与其摘要不符，记录被改动过（操作 {entry.verb}，对象 {entry.subject}）",
                ),
                (
                    f"entry {entry.pk}",
                    f"its content does not fit its digest: it was changed ({entry.verb} on {entry.subject})",
                ),
            )

    def _witness_problems(self, known_heads: Iterable[str]) -> Iterator[Problem]:
        yield from _unknown_heads(set(known_heads) - set(self.heads.values()))
        path = heads_file()
        if self.heads and not path.is_file():
            yield _problem(
                "audit.no_witness",
                (path.name, "封印日志不见了，无法判断末尾的记录是否被截去"),
                (path.name, "the file of heads is gone, so a cut at the end cannot be ruled out"),
            )
        try:
            witnessed = read_heads()
        except BrokenLine as broken:
            yield _problem(
                "audit.broken_witness",
                (f"{path.name} 第{broken.line}行", "不是封印日志的格式"),
                (f"{path.name} line {broken.line}", "is not in the form of the file of heads"),
            )
            return
        for line, head in enumerate(witnessed, start=1):
            if self.heads.get(head.number) != head.head:
                yield _witness_differs(f"{path.name}", line, head.number, present=head.number in self.heads)


def _seal_problems(seal: Seal, number: int, previous: str, sealed_to: int) -> Iterator[Problem]:
    if seal.number != number + 1:
        yield _problem(
            "audit.seal_missing",
            (f"第{number + 1}号封印", f"缺失（第{number}号之后直接是第{seal.number}号），其记录可能被截去"),
            (
                f"seal {number + 1}",
                f"is missing (seal {seal.number} follows {number}); its entries may have been cut out",
            ),
        )
    if seal.previous != previous or seal.first_entry <= sealed_to:
        yield _problem(
            "audit.chain_broken",
            (f"第{seal.number}号封印", "与上一封印接不上，链条断开"),
            (f"seal {seal.number}", "does not join the seal before it: the chain is broken"),
        )


def _batch_problems(seal: Seal, rows: list[tuple[int, str]]) -> Iterator[Problem]:
    if seal_head(seal.previous, rows) == seal.head and len(rows) == seal.count:
        return
    if len(rows) < seal.count:
        what, en = f"少了{seal.count - len(rows)}条记录", f"{seal.count - len(rows)} entries were removed"
    elif len(rows) > seal.count:
        what, en = f"多出{len(rows) - seal.count}条记录", f"{len(rows) - seal.count} entries slipped in"
    else:
        what, en = "封印与记录的摘要不符", "the seal does not fit the digests of its entries"
    span = f"{seal.first_entry}–{seal.last_entry}"
    yield _problem(
        "audit.batch_differs",
        (f"第{seal.number}号封印（记录 {span}）", f"{what}{_missing_ids(seal, rows)}"),
        (f"seal {seal.number} (entries {span})", f"{en}{_missing_ids(seal, rows, ' of ids ')}"),
    )


def _missing_ids(seal: Seal, rows: list[tuple[int, str]], word: str = "，缺少的编号在其中：") -> str:
    """The ids that are not there, when they are few enough to be read; gaps of rolled-back writes are among them."""
    if len(rows) >= seal.count or seal.last_entry - seal.first_entry > 2 * seal.count:
        return ""
    present = {identity for identity, _digest in rows}
    gone = [identity for identity in range(seal.first_entry, seal.last_entry + 1) if identity not in present]
    return word + ", ".join(map(str, gone[:10])) + ("…" if len(gone) > 10 else "")


def _slipped_in(entry: Entry) -> Problem:
    return _problem(
        "audit.slipped_in",
        (f"第{entry.pk}条记录", "不属于任何封印，却排在已封印的记录之间，是后来插入的"),
        (
            f"entry {entry.pk}",
            "belongs to no seal though it stands among sealed entries: it was slipped in later",
        ),
    )


def _unknown_heads(heads: set[str]) -> Iterator[Problem]:
    for head in sorted(heads):
        yield _problem(
            "audit.head_unknown",
            (f"封印 {head[:16]}…", "在别处有记载，库中却没有：末尾的封印和记录被截去或改写"),
            (
                f"head {head[:16]}…",
                "is known from elsewhere but not in the table: seals and entries were cut off or rewritten",
            ),
        )


def _witness_differs(name: str, line: int, number: int, *, present: bool) -> Problem:
    what = (
        "库中的封印与日志不同，链条被改写"
        if present
        else "日志中有此封印，库中没有：末尾的记录连同封印被截去"
    )
    en = (
        "differs from the file: the chain was rewritten"
        if present
        else "stands in the file but not in the table: entries were cut off with their seals"
    )
    return _problem(
        "audit.cut_off",
        (f"第{number}号封印（{name} 第{line}行）", what),
        (f"seal {number} ({name} line {line})", en),
    )


def _problem(code: str, zh: tuple[str, str], en: tuple[str, str]) -> Problem:
    return Problem(*zh, REMEDY[0], code, ProblemText(*en, REMEDY[1]))
