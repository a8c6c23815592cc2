"""Forecasts: one policy, as it stands or supposed to be another, put to all organisations as a job."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.kernel import refuse
from huanchuang.files.services import attach, keep_made, workplace
from huanchuang.jobs.services import Run as JobRun
from huanchuang.jobs.services import perform, start
from huanchuang.packs.policies.figures import rules_of
from huanchuang.policies.models import Forecast
from huanchuang.policies.queries.forecasts import take_up_of, totals_of
from huanchuang.policies.queries.library import Listed, policy_named, policy_with
from huanchuang.policies.queries.population import asked_organisations
from huanchuang.policies.queries.supposed import Versions, answers_of_versions, versions_of

JOB = "policies.forecast"


@dataclass(frozen=True)
class Asked:
    """What a forecast is about. Shares are written as they are typed: 60%."""

    as_of: dt.date
    usual: str
    source: str
    rules_on: dt.date | None = None
    changes: Mapping[str, str] = field(default_factory=dict)
    """Key of a figure → the number in its place."""
    by: str = ""
    shares: Mapping[str, str] = field(default_factory=dict)


def begin_forecast(user: User, listed: Listed, asked: Asked, *, inline: bool = False) -> Forecast:
    """Begin to compute what a version of a policy would cost and whom it moves, beside the version that decides on the day.

    Nothing that is published is changed. While the same is being computed (a double click), that forecast is it.
    ProblemError for a day without rules, figures that do not fit, a share that is none, a take-up without its source.
    """
    published = policy_named(listed.id, asked.as_of)
    versions_of(listed, published, asked.as_of, asked.rules_on, asked.changes)
    take_up = {"usual": asked.usual, "by": asked.by, "shares": dict(asked.shares)}
    take_up_of(take_up)
    if not asked.source.strip():
        raise refuse(
            "policies.forecast.source",
            ("申报率依据", "没有填写", "请写明申报率从哪里来，例如“2025年同类补助申报台账”或“假设”"),
            ("Source of the take-up", "is missing", "Say where the share comes from, or that it is assumed"),
        )
    actor = actor_of(user)
    with transaction.atomic():
        made = Forecast.objects.create(
            policy=listed.id,
            title=listed.title()[:200],
            version=listed.policy.version,
            digest=listed.pack.hash,
            as_of=asked.as_of,
            rules_on=asked.rules_on,
            changes=_changes(listed, asked),
            take_up=take_up,
            take_up_source=asked.source.strip()[:300],
            rules={"published": _named(published)},
            asked_at=timezone.now(),
            asked_by_name=actor.name,
        )
        title = _("政策资金测算：%(title)s") % {"title": made.title}
        job = start(JOB, actor, {"forecast": made.pk}, title, made.subject, user.pk, dedupe=_asked(made))
        if job.payload["forecast"] != made.pk:
            made.delete()
            return Forecast.objects.get(pk=job.payload["forecast"])
        made.job = job
        made.save(update_fields=["job"])
        after = {"policy": made.policy, "as_of": made.as_of.isoformat(), "changes": len(made.changes)}
        audit.record(actor, "policies.forecast.start", made.subject, after=after, note=made.take_up_source)
    if inline and made.job is not None:
        perform(made.job.pk)
        made.refresh_from_db()
    return made


def _asked(one: Forecast) -> str:
    """A digest of all that makes two forecasts the same question."""
    days = [one.as_of.isoformat(), str(one.rules_on or "")]
    words = [one.digest, one.rules, one.changes, one.take_up, one.take_up_source, *days]
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()


def _named(published: Listed | None) -> dict[str, str]:
    """The version a forecast is compared with: number and hash; nothing where none decides."""
    return {} if published is None else {"version": published.policy.version, "digest": published.pack.hash}


def _changes(listed: Listed, asked: Asked) -> list[dict[str, str]]:
    """The figures that differ, in the order of the policy."""
    found = []
    for rule in rules_of(listed.pack.content, asked.rules_on or asked.as_of):
        for figure in rule.figures:
            new = asked.changes.get(figure.key, "").strip()
            if new and new != figure.text:
                found.append(
                    {
                        "key": figure.key,
                        "part": rule.part,
                        "name": rule.name,
                        "old": figure.text,
                        "new": new,
                    }
                )
    return found


def carry_out(job: JobRun) -> dict[str, Any]:
    """The body: nothing is kept before the end, so a forecast that is taken over begins anew."""
    one = Forecast.objects.get(pk=job.payload["forecast"])
    answer = {"url": reverse("policies:forecast", args=[one.pk]), "text": one.title}
    if one.file_id is not None:
        return answer
    versions = _versions(one)
    every = asked_organisations()
    total = every.count()
    frame = answers_of_versions(
        every, one.as_of, versions, lambda done: job.progress(done, max(total, done), _("逐家测算"))
    )
    path = workplace() / f"forecast-{one.pk}-{job.job.holder}.parquet"
    try:
        frame.write_parquet(path)
        stored = keep_made(path, f"policy-forecast-{one.pk}.parquet", job.actor)
    finally:
        path.unlink(missing_ok=True)
    with transaction.atomic():
        attach(stored, one.subject, job.actor)
        one.file = stored
        one.organisations = frame.height
        one.rules = {**one.rules, **versions.rules(one.as_of)}
        one.totals = totals_of(frame, one) if frame.height else {}
        one.save(update_fields=["file", "organisations", "rules", "totals"])
    return answer


def _versions(one: Forecast) -> Versions:
    """The two versions, of the definition that was asked."""
    listed = policy_with(one.digest)
    if listed is None:
        raise refuse(
            "policies.forecast.definition",
            (one.title, "测算所用的政策定义已经不在了", "请用现在的定义重新提交测算"),
            (one.policy, "the definition it was asked of is not there any more", "Ask for it again"),
        )
    changes = {change["key"]: change["new"] for change in one.changes}
    published = policy_with(one.rules.get("published", {}).get("digest", ""))
    return versions_of(listed, published, one.as_of, one.rules_on, changes)
