"""`huanchuang audit …`"""

from __future__ import annotations

import argparse

from huanchuang.audit import services as audit
from huanchuang.web.cli.words import language, say, say_error

SHOWN = 20


def verify(options: argparse.Namespace) -> int:
    """Prove that the trail is whole; each damage is one line, status 1."""
    proof = audit.verify(options.head)
    for problem in proof.problems[:SHOWN]:
        say_error(problem.text(language()))
    counts = f"{proof.entries}", f"{proof.seals}", f"{proof.unsealed}"
    if proof.ok:
        say(
            "审计记录完整：{}条记录，{}个封印，{}条尚未封印。".format(*counts),
            "The trail is whole: {} entries, {} seals, {} not sealed yet.".format(*counts),
        )
    return 0 if proof.ok else 1


def seal(options: argparse.Namespace) -> int:
    """Seal what is not sealed yet."""
    made = audit.seal()
    say(f"新增 {made} 个封印。", f"{made} seals made.")
    return 0
