"""督查 and the list of problems: plan, find, put right, look again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from huanchuang.accounts.models import Role, User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.kernel.problem import refuse
from huanchuang.files import services as files
from huanchuang.orm import clock
from huanchuang.orm.models import save_versioned
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries import organisations_of
from huanchuang.steering.models import Campaign, Shortcoming, Target
from huanchuang.steering.services import news
from huanchuang.steering.services.rights import must_be_bureau
from huanchuang.steering.services.steps import must_have_reason

State = Shortcoming.State


@dataclass(frozen=True)
class CampaignGiven:
    """What a campaign is about."""

    title: str
    scope: str
    starts_on: dt.date
    ends_on: dt.date
    lead: Organisation | None = None
    basis: str = ""


@dataclass(frozen=True)
class ShortcomingGiven:
    """A problem with its measure, unit and date."""

    title: str
    measure: str
    organisation: Organisation
    due_on: dt.date
    detail: str = ""
    campaign: Campaign | None = None
    target: Target | None = None


@transaction.atomic
def plan_campaign(user: User, token: str, given: CampaignGiven) -> Campaign:
    """Plan a campaign. The second press of the button finds the first one's."""
    must_be_bureau(user)
    if given.ends_on < given.starts_on:
        raise refuse(
            "steering.campaign_dates",
            ("结束日期", "早于开始日期", "请核对两个日期"),
            ("End", "is earlier than the start", "Check both dates"),
        )
    campaign, new = Campaign.objects.get_or_create(token=token, defaults={**vars(given), "made_by": user})
    if new:
        audit.record(actor_of(user), "steering.campaign.plan", campaign.subject, after={"title": given.title})
    return campaign


@transaction.atomic
def finish_campaign(user: User, campaign: Campaign) -> Campaign:
    """End a campaign; only when everything it found has been put right and looked at again."""
    must_be_bureau(user)
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if campaign.finished_on is not None:
        return campaign
    left = campaign.findings.exclude(state=State.SETTLED).count()
    if left:
        raise refuse(
            "steering.findings_open",
            (f"“{campaign.title}”", f"还有{left}个问题没有复查销号", "请先完成整改和复查"),
            (
                f'"{campaign.title}"',
                f"{left} findings are not settled",
                "Put them right and look again first",
            ),
        )
    campaign.finished_on = clock.today()
    save_versioned(campaign, campaign.version)
    audit.record(actor_of(user), "steering.campaign.finish", campaign.subject)
    return campaign


@transaction.atomic
def raise_shortcoming(user: User, token: str, given: ShortcomingGiven) -> Shortcoming:
    """Put a problem on the list. A unit may put its own there, the bureau any; findings of a campaign are the bureau's."""
    if given.campaign is not None:
        must_be_bureau(user)
        campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=given.campaign.pk)
        if campaign.finished_on is not None:
            raise refuse(
                "steering.campaign_finished",
                (f"“{campaign.title}”", "已经结束，不能再加问题", "请记入问题清单，或另立一次督查"),
                (
                    f'"{campaign.title}"',
                    "is finished",
                    "Put it on the list of problems, or plan another campaign",
                ),
            )
    _must_speak_for(user, given.organisation)
    values = {**vars(given), "raised_by": user, "raised_on": clock.today()}
    found, new = Shortcoming.objects.get_or_create(token=token, defaults=values)
    if new:
        after = {"title": given.title, "unit": given.organisation.pk, "due_on": str(given.due_on)}
        audit.record(actor_of(user), "steering.shortcoming.raise", found.subject, after=after)
        news.shortcoming_raised(found)
    return found


@transaction.atomic
def submit_rectification(
    user: User,
    found: Shortcoming,
    version: int,
    answer: str,
    proof: tuple[str, UploadedFile[bytes] | bytes] | None,
) -> Shortcoming:
    """Say that a problem has been put right, and how. Raises EditedMeanwhile, ProblemError."""
    found = _locked(found)
    _must_speak_for(user, found.organisation)
    _must_be(found, State.OPEN)
    must_have_reason(answer)
    actor = actor_of(user)
    if proof is not None:
        stored = files.store(proof[1], proof[0], actor)
        files.attach(stored, found.subject, actor)
        found.proof = stored
    found.state, found.answer = State.SUBMITTED, answer.strip()
    found.answered_by, found.answered_on = user, clock.today()
    save_versioned(found, version)
    audit.record(actor, "steering.shortcoming.submit", found.subject, after={"state": found.state})
    news.shortcoming_submitted(found, user)
    return found


@transaction.atomic
def look_again(user: User, found: Shortcoming, version: int, settled: bool, opinion: str) -> Shortcoming:
    """复查: settle a problem or send it back with the reason; never by whoever said it was put right."""
    must_be_bureau(user)
    found = _locked(found)
    _must_be(found, State.SUBMITTED)
    if found.answered_by_id == user.pk:
        raise refuse(
            "steering.second_person",
            ("复查", "填报整改情况的人不能自己复查", "请由另一位工作人员复查"),
            ("Re-check", "whoever reported the rectification cannot check it", "Ask a colleague"),
        )
    if not settled:
        must_have_reason(opinion)
    found.state = State.SETTLED if settled else State.OPEN
    found.opinion, found.settled_by = opinion.strip(), user
    found.settled_on = clock.today() if settled else None
    save_versioned(found, version)
    after = {"state": found.state}
    audit.record(
        actor_of(user), "steering.shortcoming.look_again", found.subject, after=after, note=found.opinion
    )
    news.shortcoming_judged(found)
    return found


def _locked(found: Shortcoming) -> Shortcoming:
    return Shortcoming.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=found.pk)


def _must_be(found: Shortcoming, state: State) -> None:
    if found.state != state:
        raise refuse(
            "steering.shortcoming_state",
            (f"“{found.title}”", f"当前状态是“{found.get_state_display()}”", "请刷新页面，看清现在的状态"),
            (f'"{found.title}"', f'its state is "{found.state}"', "Reload the page and look again"),
        )


def _must_speak_for(user: User, organisation: Organisation) -> None:
    if user.role == Role.OFFICER:
        return
    if user.role != Role.REPORTER or not organisations_of(user).filter(pk=organisation.pk).exists():
        raise refuse(
            "steering.not_your_unit",
            (organisation.name, "不是您的单位", "只能填报本单位的问题和整改情况"),
            (organisation.name, "is not your unit", "Only your own unit's problems are yours to report"),
        )
