"""What an organisation is recognised as: entered, completed, revoked and reinstated; nothing is erased."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from huanchuang.audit import services as audit
from huanchuang.engines.kernel import Problem, ProblemError, ProblemText, refuse
from huanchuang.orm import clock
from huanchuang.orm.models import save_versioned
from huanchuang.packs import vocabulary
from huanchuang.registry.models import Organisation, Qualification

QUALIFICATION_FIELDS = ("level", "number", "issued_by", "valid_until", "source")
CHANGEABLE = ("kind", "valid_from", *QUALIFICATION_FIELDS)


def qualify(
    actor: audit.Actor, organisation: Organisation, kind: str, valid_from: dt.date, **values: Any
) -> Qualification:
    """Say that an organisation is recognised as something from a day on; saying it again completes what was said.

    `values`: level, number, issued_by, valid_until, source. ProblemError for an unknown kind or days out of order.
    """
    given = {name: value for name, value in values.items() if name in QUALIFICATION_FIELDS}
    _refuse_qualification(kind, valid_from, given.get("valid_until"))
    with transaction.atomic():
        made, new = Qualification.objects.select_for_update().get_or_create(
            organisation=organisation, kind=kind, valid_from=valid_from, defaults=given
        )
        changed = {name: value for name, value in given.items() if getattr(made, name) != value}
        if not new and not changed:
            return made
        if not new:
            for name, value in changed.items():
                setattr(made, name, value)
            save_versioned(made, made.version)
        after = {
            "kind": kind,
            "valid_from": valid_from.isoformat(),
            **{n: _plain(v) for n, v in given.items() if v},
        }
        audit.record(actor, "registry.qualification.grant", organisation.subject, after=after)
    return made


def change_qualification(
    actor: audit.Actor, qualification: Qualification, expected_version: int, **values: Any
) -> Qualification:
    """Complete or put right what is known of a qualification that was read at `expected_version`.

    `values`: those of `qualify`, and kind and valid_from. Raises ProblemError as `qualify` does, and when the same
    qualification from the same day is there already; EditedMeanwhile when somebody changed it since.
    """
    given = {name: value for name, value in values.items() if name in CHANGEABLE}
    with transaction.atomic():
        stored = _locked(qualification)
        changed = {name: value for name, value in given.items() if getattr(stored, name) != value}
        if not changed and stored.version == expected_version:
            return stored
        before = {name: _plain(getattr(stored, name)) for name in changed}
        for name, value in changed.items():
            setattr(stored, name, value)
        _refuse_qualification(stored.kind, stored.valid_from, stored.valid_until)
        try:
            with transaction.atomic():
                save_versioned(stored, expected_version)
        except IntegrityError as error:
            raise _entered_twice(stored) from error
        after = {name: _plain(value) for name, value in changed.items()}
        subject = stored.organisation.subject
        audit.record(actor, "registry.qualification.change", subject, before=before, after=after)
    return stored


def revoke_qualification(
    actor: audit.Actor, qualification: Qualification, on: dt.date, reason: str
) -> Qualification:
    """Take a qualification back from a day on, with the reason; it stays in the records."""
    with transaction.atomic():
        stored = _locked(qualification)
        _refuse_revoking(stored, on, reason)
        if stored.revoked_on is None:
            stored.revoked_on, stored.revoked_because = on, reason.strip()[:200]
            save_versioned(stored, stored.version)
            after = {"kind": stored.kind, "revoked_on": on.isoformat()}
            audit.record(
                actor, "registry.qualification.revoke", stored.organisation.subject, after=after, note=reason
            )
    return stored


def reinstate_qualification(actor: audit.Actor, qualification: Qualification, reason: str) -> Qualification:
    """Take a revocation back, with the reason; one that was not revoked stays as it is."""
    if not reason.strip():
        raise _no_reason("恢复原因")
    with transaction.atomic():
        stored = _locked(qualification)
        if stored.revoked_on is not None:
            before = {"kind": stored.kind, "revoked_on": stored.revoked_on.isoformat()}
            stored.revoked_on, stored.revoked_because = None, ""
            save_versioned(stored, stored.version)
            subject = stored.organisation.subject
            audit.record(actor, "registry.qualification.reinstate", subject, before=before, note=reason)
    return stored


def _locked(qualification: Qualification) -> Qualification:
    return (
        Qualification.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=qualification.pk)
    )


def _refuse_revoking(stored: Qualification, on: dt.date, reason: str) -> None:
    if not reason.strip():
        raise _no_reason("取消原因")
    if on > clock.today() or on < stored.valid_from:
        raise ProblemError(
            Problem(
                "取消日期", f"{on}不在{stored.valid_from}至今天之间", "请填文件上写明的日期",
                code="registry.qualification.revoked_on",
                en=ProblemText("Revoked on", f"{on} is not between {stored.valid_from} and today", "Give the day that the paper names"),
            )
        )  # fmt: skip


def _no_reason(where: str) -> ProblemError:
    return refuse(
        "registry.qualification.reason",
        (where, "不能为空", "请写明依据和文号"),
        ("Reason", "is empty", "Say why, with the paper's number"),
    )


def _entered_twice(stored: Qualification) -> ProblemError:
    day = stored.valid_from.isoformat()
    return refuse(
        "registry.qualification.twice",
        ("有效期起", f"这项资质自{day}起已登记", "请打开已有的那一条补充"),
        ("Valid from", f"this qualification is entered from {day} already", "Complete that entry instead"),
    )


def _refuse_qualification(kind: str, valid_from: dt.date, valid_until: dt.date | None) -> None:
    tree = vocabulary.code_tree("qualifications")
    if kind not in tree:
        known = "、".join(tree.name(code) for code in tree.roots()[:8])
        raise refuse(
            "registry.qualification.kind",
            ("资质", f"词表里没有“{kind}”", f"请选择词表中的资质，例如：{known}"),
            ("Qualification", f'the vocabulary has no "{kind}"', "Choose one of the list"),
        )
    if valid_until is not None and valid_until < valid_from:
        raise refuse(
            "registry.qualification.days",
            ("有效期止", f"{valid_until}早于有效期起{valid_from}", "请核对这两个日期"),
            ("Valid until", f"{valid_until} is before {valid_from}", "Check the two days"),
        )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
