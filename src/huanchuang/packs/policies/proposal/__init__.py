"""From a policy paper to a proposed draft: conditions, amounts, times, each with its passage, for a person to confirm.

1. `words`: the forms of sentences, from a drafting pack; an office teaches one without Python.
2. `passages` parts the paper into sentences under their clauses, `names` knows facts, units and regions.
3. `conditions`, `bands`, `amounts`, `frame` read one sentence each: completely, or not at all.
4. `propose` puts the items together; `draft` makes files of a pack of those that were confirmed, with cases on each threshold.

A wrong condition is worse than a missing one: whatever is not understood to its last word becomes a requirement for a
person, with the sentence as it stands; what is no condition is listed as left over, never lost.
"""

from __future__ import annotations

from huanchuang.engines.reader import Grammar, Paper
from huanchuang.packs.library import Library
from huanchuang.packs.policies.proposal.proposing import Proposer
from huanchuang.packs.policies.proposal.values import Item, Proposal
from huanchuang.packs.policies.proposal.words import Words, compile_words

__all__ = ["Item", "Proposal", "Words", "compile_words", "propose"]


def propose(paper: Paper, grammar: Grammar, words: Words, packs: Library) -> Proposal:
    """What a paper proposes, by the facts, codes and regions of a library; never fails on any text."""
    return Proposer(paper, grammar, words, packs).proposal()
