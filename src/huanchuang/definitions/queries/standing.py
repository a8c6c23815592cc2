"""What stands against publishing a draft: its own check, the version before, and the definitions beside it."""

from __future__ import annotations

from huanchuang.definitions.models import LIVING, Draft
from huanchuang.definitions.queries.titles import header_entry
from huanchuang.definitions.queries.versions import version_key, versions_of
from huanchuang.engines.kernel import Problem, ProblemError, ProblemText
from huanchuang.packs.kinds import kind_named
from huanchuang.packs.pack import Pack
from huanchuang.packs.texts import Proof, prove


def standing_against(draft: Draft) -> list[Problem]:
    """Everything that has to be put right before it can be published."""
    return problems_of(draft, prove(draft.kind, draft.pack, draft.files))


def problems_of(draft: Draft, proof: Proof) -> list[Problem]:
    """The same, from a proof that is there already. A draft whose life is over has nothing ahead of it to stand against."""
    found = list(proof.problems)
    if proof.pack is not None and draft.state in LIVING:
        found += _not_above(draft, proof.pack)
        found += _clashing(draft, proof.pack)
    return found


def next_version(number: str) -> str:
    """The version after one: 1.0 → 1.1."""
    parts = version_key(number)
    return f"{parts[0]}.{parts[1] + 1}"


def _not_above(draft: Draft, pack: Pack) -> list[Problem]:
    before = versions_of(draft.kind).get(draft.pack, ())
    if not before:
        return []
    last = max(before, key=lambda one: version_key(one.number)).number
    if version_key(pack.version) > version_key(last):
        return []
    text = draft.files[kind_named(draft.kind).definition]
    line = next((n for n, one in enumerate(text.splitlines(), 1) if one.startswith("version:")), 1)
    name = f"{draft.kind}/{draft.pack}/{kind_named(draft.kind).definition}"
    above = next_version(last)
    return [
        Problem(
            f"{name} 第{line}行",
            f"版本{header_entry(text, 'version')}不高于已发布的{last}",
            f"把 version 改为 {above}",
            "definitions.version.not-above",
            ProblemText(
                f"{name}, line {line}",
                f"version {header_entry(text, 'version')} is not above {last}, which is published",
                f"Change version to {above}",
            ),
        )
    ]


def _clashing(draft: Draft, pack: Pack) -> list[Problem]:
    """Definitions that are sound alone and clash with each other, such as groups that differ."""
    others = [one[-1].pack for name, one in versions_of(draft.kind).items() if name != draft.pack]
    try:
        kind_named(draft.kind).check_together((*(one for one in others if one is not None), pack))
    except ProblemError as error:
        return [one for one in error.problems if f"/{draft.pack}/" in one.where]
    return []
