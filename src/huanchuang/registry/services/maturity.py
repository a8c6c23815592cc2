"""Raising and lowering the maturity of an achievement. The level is always exactly what live evidence proves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet

from huanchuang.audit import services as audit
from huanchuang.engines.kernel import Problem, ProblemError, ProblemText, refuse
from huanchuang.files.models import StoredFile
from huanchuang.orm import clock
from huanchuang.orm.models import key_of_subject
from huanchuang.registry.models import Achievement, Proof
from huanchuang.registry.queries.maturity import LEVELS, live_levels, proved
from huanchuang.registry.services import entries
from huanchuang.registry.services.life import Upload, attach, keep
from huanchuang.registry.services.revise import remark


@dataclass(frozen=True)
class Evidence:
    """What shows one level: in words, with files (stored or just uploaded), as of a day (today when not said)."""

    note: str
    uploads: Sequence[Upload] = ()
    stored: Sequence[StoredFile] = field(default=())
    on: dt.date | None = None


def raise_trl(
    actor: audit.Actor,
    achievement: Achievement,
    expected_version: int,
    level: int,
    evidence: Mapping[int, Evidence],
) -> Achievement:
    """Raise the maturity to `level`; every level that is not proved yet needs its own evidence, a sentence and a file.
    At the present level it adds evidence to what is there.

    Raises ProblemError that names each level without evidence; EditedMeanwhile when it is not what was looked at.
    """
    with transaction.atomic():
        stored = Achievement.objects.select_for_update().get(pk=achievement.pk)
        _refuse_raise(stored, level, evidence)
        for one in sorted(evidence):
            given = evidence[one]
            proof = Proof.objects.create(
                achievement=stored,
                level=one,
                on=given.on or clock.today(),
                note=given.note.strip()[:300],
                by=actor.id,
                by_name=actor.name,
            )
            attach(actor, proof.subject, [*given.stored, *(keep(actor, upload) for upload in given.uploads)])
        note = "；".join(f"{one}级：{evidence[one].note.strip()}" for one in sorted(evidence))
        return _settle(actor, stored, expected_version, "raise-trl", note)


def lower_trl(
    actor: audit.Actor, achievement: Achievement, expected_version: int, level: int, reason: str
) -> Achievement:
    """Lower the maturity to `level` (0: not rated): the evidence of the levels above is withdrawn with the reason."""
    _refuse_without_reason(reason)
    with transaction.atomic():
        stored = Achievement.objects.select_for_update().get(pk=achievement.pk)
        if not 0 <= level < (stored.trl or 0):
            raise refuse(
                "registry.trl.lower",
                ("技术成熟度", f"现为{stored.trl or '未评定'}，{level}不比它低", "请选择较低的等级"),
                ("Maturity", f"is {stored.trl or 'not rated'}; {level} is not below it", "Choose a lower level"),
            )  # fmt: skip
        _withdraw(actor, Proof.objects.filter(achievement=stored, level__gt=level), reason)
        return _settle(actor, stored, expected_version, "lower-trl", reason.strip())


def withdraw_proof(actor: audit.Actor, proof: Proof, expected_version: int, reason: str) -> Achievement:
    """Withdraw one piece of evidence; the maturity falls back to what the rest proves."""
    _refuse_without_reason(reason)
    with transaction.atomic():
        stored = Achievement.objects.select_for_update().get(pk=proof.achievement_id)
        _withdraw(actor, Proof.objects.filter(pk=proof.pk), reason)
        return _settle(actor, stored, expected_version, "withdraw-proof", reason.strip())


def settle_after_moving(subjects: Iterable[str]) -> None:
    """After the undoing of a merge moved evidence: no achievement stands above what the evidence beside it proves."""
    for subject in subjects:
        stored = Achievement.objects.select_for_update().filter(pk=key_of_subject(subject) or 0).first()
        if stored is None or stored.subject != subject:
            continue
        level = proved(live_levels(stored))
        if (stored.trl or 0) > (level or 0):
            note = "合并撤销后部分材料归还原记录，按现有材料重新评定"
            entries.change(audit.SYSTEM, stored, stored.version, {"trl": level}, note=note, deed="lower-trl")


def _settle(
    actor: audit.Actor, achievement: Achievement, expected_version: int, deed: str, note: str
) -> Achievement:
    """Set the level to what is proved; a deed that leaves it where it was is told in the trail all the same."""
    level = proved(live_levels(achievement))
    if level == achievement.trl and expected_version == achievement.version:
        audit.record(
            actor, f"registry.achievement.{deed}", achievement.subject, note=remark(achievement, note[:300])
        )
        return achievement
    changed = entries.change(actor, achievement, expected_version, {"trl": level}, note=note, deed=deed)
    assert isinstance(changed, Achievement)  # noqa: S101  (a change keeps the kind)
    return changed


def _withdraw(actor: audit.Actor, proofs: QuerySet[Proof], reason: str) -> None:
    proofs.filter(withdrawn_on=None).update(
        withdrawn_on=clock.today(), withdrawn_because=reason.strip()[:200], withdrawn_by=actor.name
    )


def _refuse_without_reason(reason: str) -> None:
    if not reason.strip():
        raise refuse(
            "registry.trl.reason", ("原因", "不能为空", "请写明依据"), ("Reason", "is empty", "Say on what ground")
        )  # fmt: skip


def _refuse_raise(achievement: Achievement, level: int, evidence: Mapping[int, Evidence]) -> None:
    if level not in LEVELS or any(one not in LEVELS for one in evidence):
        raise refuse(
            "registry.trl.level", ("技术成熟度", f"没有第{level}级", "请填1至9"),
            ("Maturity", f"there is no level {level}", "Choose one from 1 to 9"),
        )  # fmt: skip
    if achievement.retired_on is not None:
        raise refuse(
            "registry.trl.retired", ("成果", "已停用，不能再评定成熟度", "请先核对这条记录"),
            ("Achievement", "is retired and cannot be rated any more", "Check the record first"),
        )  # fmt: skip
    if level < (achievement.trl or 0) or not evidence:
        raise refuse(
            "registry.trl.raise",
            ("技术成熟度", f"现在是{achievement.trl or '未评定'}", "请选择更高的等级并附材料；要降级请用“降低等级”"),
            ("Maturity", f"is {achievement.trl or 'not rated'}", "Choose a higher level with its evidence, or lower it"),
        )  # fmt: skip
    problems = [
        *(_beyond(one, level) for one in sorted(evidence) if one > level),
        *_not_shown(achievement, level, evidence),
        *(problem for one in sorted(evidence) for problem in _incomplete(one, evidence[one])),
    ]
    if problems:
        raise ProblemError(problems)


def _not_shown(achievement: Achievement, level: int, evidence: Mapping[int, Evidence]) -> list[Problem]:
    have = {*live_levels(achievement), *evidence}
    return [
        _at_level(one, "没有证明材料", "请补充这一级的材料，不能越级", "has no evidence", "Add evidence for it; no level is skipped")
        for one in range(1, level + 1)
        if one not in have
    ]  # fmt: skip


def _beyond(one: int, level: int) -> Problem:
    return _at_level(
        one, f"高于要评定的第{level}级", f"请把等级改为{one}，或去掉这一级的材料",
        f"is above {level}, the level asked for", f"Choose level {one}, or leave its evidence out",
    )  # fmt: skip


def _incomplete(level: int, given: Evidence) -> list[Problem]:
    found = []
    if not given.note.strip():
        found.append(
            _at_level(
                level,
                "没有写证明了什么",
                "请用一句话写明",
                "does not say what was shown",
                "Say it in a sentence",
            )
        )
    if not given.uploads and not given.stored:
        found.append(
            _at_level(level, "没有上传材料", "请至少上传一份文件", "has no file", "Upload one file at least")
        )
    if given.on is not None and given.on > clock.today():
        found.append(
            _at_level(
                level,
                f"日期{given.on}晚于今天",
                "请填材料的日期",
                f"{given.on} is later than today",
                "Give the day of the evidence",
            )
        )
    return found  # fmt: skip


def _at_level(level: int, what: str, remedy: str, what_en: str, remedy_en: str) -> Problem:
    return Problem(
        f"第{level}级",
        what,
        remedy,
        code=f"registry.trl.{level}",
        en=ProblemText(f"Level {level}", what_en, remedy_en),
    )
