"""How mature an achievement is: the levels that its evidence proves, and what each level wants to see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huanchuang.files.models import Use
from huanchuang.orm.language import language
from huanchuang.packs import vocabulary
from huanchuang.registry.models import Achievement, Proof

LEVELS = range(1, 10)


@dataclass(frozen=True)
class Shown:
    """One proof with its files."""

    proof: Proof
    files: Sequence[Use]


@dataclass(frozen=True)
class Level:
    """One level: its name, what it wants to see, what was shown for it, and whether the achievement has reached it."""

    number: int
    name: str
    wants: str
    proofs: Sequence[Shown]
    reached: bool

    @property
    def live(self) -> bool:
        """Whether something that was not withdrawn proves it."""
        return any(one.proof.withdrawn_on is None for one in self.proofs)


def proved(levels: Iterable[int]) -> int | None:
    """The highest level up to which every one is proved; None where the first is not."""
    have = set(levels)
    reached = 0
    while reached + 1 in have:
        reached += 1
    return reached or None


def live_levels(achievement: Achievement) -> list[int]:
    """The levels for which evidence lies that was not withdrawn."""
    found = Proof.objects.filter(achievement=achievement, withdrawn_on=None)
    return sorted(set(found.values_list("level", flat=True)))


def level_name(level: int | None) -> str:
    """`4 仿真级` in the reader's language; empty for an unknown level."""
    tree = vocabulary.code_tree("trl")
    return f"{level} {tree.name(str(level), language())}" if level is not None and str(level) in tree else ""


def levels_of(achievement: Achievement) -> list[Level]:
    """All nine levels, the lowest first, with what was shown for each."""
    tree, spoken = vocabulary.code_tree("trl"), language()
    proofs = list(Proof.objects.filter(achievement=achievement).order_by("level", "id"))
    files: dict[str, list[Use]] = {}
    subjects = [proof.subject for proof in proofs]
    for use in Use.objects.filter(about__in=subjects).select_related("stored").order_by("id"):
        files.setdefault(use.about, []).append(use)
    return [
        Level(
            number,
            tree.name(str(number), spoken),
            tree.meaning(str(number), spoken),
            [Shown(proof, files.get(proof.subject, [])) for proof in proofs if proof.level == number],
            achievement.trl is not None and number <= achievement.trl,
        )
        for number in LEVELS
    ]
