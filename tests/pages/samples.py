"""A sample for every argument an address of the product can take, from the demonstration district."""

from __future__ import annotations

from collections.abc import Callable

from django.apps import apps
from django.db.models import Model
from django.utils import timezone

from huanchuang.accounts.models import Token, User
from huanchuang.accounts.services import create_service, make_token
from huanchuang.audit.services import SYSTEM
from huanchuang.registry.queries.kinds import KINDS
from pages.table import Page


def first(model: type[Model]) -> object:
    """The key of the oldest row."""
    key = model._default_manager.order_by("pk").values_list("pk", flat=True).first()
    assert key is not None, f"the demonstration has no {model._meta.label}"
    return key


def model(label: str) -> type[Model]:
    """A model of the product by its label."""
    return apps.get_model(label)


def own_token() -> Token:
    """A token of the officer's own."""
    officer = demo_user("officer")
    found = Token.objects.filter(user=officer).first()
    if found is None:
        found, _ = make_token(SYSTEM, officer, "试用", ["policies.policy.view"], timezone.localdate())
    return found


def service_token() -> Token:
    """A token of the account of a portal."""
    found = Token.objects.filter(user__is_service=True).first()
    if found is None:
        portal = create_service(SYSTEM, "portal", "区政务门户", "officer")
        found, _ = make_token(SYSTEM, portal, "门户", ["policies.policy.view"], timezone.localdate())
    return found


SAMPLES: dict[str, Callable[[], object]] = {
    "*.form": lambda: "csv",
    "*.username": lambda: demo_user("officer").username,
    "accounts.pk": lambda: first(model("accounts.User")),
    "accounts:service_tokens.pk": lambda: service_token().user_id,
    "accounts:service_revoke.pk": lambda: service_token().user_id,
    "accounts:service_revoke.token": lambda: service_token().pk,
    "accounts.token": lambda: own_token().pk,
    "accounts:take_back.pk": lambda: first(model("accounts.Grant")),
    "files.pk": lambda: first(model("files.StoredFile")),
    "jobs.pk": lambda: first(model("jobs.Job")),
    "notices.pk": lambda: first(model("notices.Notice")),
    "registry.importer": lambda: "need",
    **{
        f"registry:import{page}.pk": lambda: first(model("registry.Import"))
        for page in ("", "-columns", "-sheet", "-words", "-take", "-drop", "-undo", "-bad")
    },
    "registry:duplicate.pk": lambda: first(model("registry.Candidate")),
    "registry:duplicate-merge.pk": lambda: first(model("registry.Candidate")),
    "registry:merge.pk": lambda: first(model("registry.Merge")),
    "registry:merge-undo.pk": lambda: first(model("registry.Merge")),
    "registry.pk": lambda: first(model("registry.Organisation")),
    "web.pk": lambda: model("registry.Organisation").objects.get(name="云澜理工大学").pk,
    "web:audit_entry.pk": lambda: first(model("audit.Entry")),
    "registry.membership": lambda: first(model("registry.Membership")),
    "registry.qualification": lambda: first(model("registry.Qualification")),
    "registry.proof": lambda: first(model("registry.Proof")),
    "registry:achievement-trl-withdraw.pk": lambda: (
        model("registry.Proof").objects.order_by("pk")[0].achievement_id
    ),
    "registry.relation": lambda: first(model("registry.Relation")),
    "registry.claim": lambda: model("registry.Claim").objects.get(state="open").pk,
    "registry.file": lambda: first(model("files.StoredFile")),
    "facts.subject": lambda: model("facts.Fact").objects.order_by("pk").first().subject,
    "facts.key": lambda: model("facts.Fact").objects.order_by("pk").first().key,
    "facts.period": lambda: model("facts.Fact").objects.order_by("pk").first().period.code,
    "facts:choose.pk": lambda: (
        model("facts.Fact").objects.filter(key="sales-revenue", source_kind="report").last().pk
    ),
    "facts:take_back.pk": lambda: first(model("facts.SourceChoice")),
    "facts.pk": lambda: first(model("facts.Fact")),
    "money.pk": lambda: first(model("money.Budget")),
    "money:release.pk": lambda: first(model("money.Reservation")),
    "definitions.pk": lambda: model("definitions.Draft").objects.filter(state="open").earliest("pk").pk,
    **{
        f"definitions:{page}.pk": lambda: (
            model("definitions.Draft").objects.filter(state="submitted").earliest("pk").pk
        )
        for page in ("publish", "return", "recall")
    },
    "definitions:version.pk": lambda: first(model("definitions.Published")),
    "definitions.kind": lambda: "policies",
    "definitions.pack": lambda: "qingcen.rd-subsidy",
    "policies.pk": lambda: first(model("policies.Run")),
    **{
        f"policies:{page}.pk": lambda: (
            model("registry.Organisation").objects.get(name="云澜岑科新材料股份有限公司").pk
        )
        for page in ("outlook", "outlook-word", "windows", "decision", "suppose", "keep", "answer")
    },
    **{f"policies:{page}.pk": lambda: first(model("policies.Roll")) for page in ("roll", "roll-check")},
    "policies:roll-propose.policy": lambda: model("policies.Roll").objects.earliest("pk").policy,
    **{
        f"policies:{page}.pk": lambda: (
            model("policies.Award").objects.get(organisation__name="云澜岑科新材料股份有限公司").pk
        )
        for page in ("award", "award-consent", "award-decline", "award-withdraw", "award-account")
    },
    "policies:trial.pk": lambda: model("definitions.Draft").objects.filter(state="open").earliest("pk").pk,
    "policies:windows-feed.token": lambda: "nobody-was-given-this-address",
    "policies:supposition-forget.pk": lambda: first(model("policies.Supposition")),
    "policies:push.pk": lambda: first(model("policies.Push")),
    **{
        f"policies:{page}.pk": lambda: model("policies.Forecast").objects.latest("pk").pk
        for page in ("forecast", "forecast-moved", "forecast-export")
    },
    "policies:quality-without.figure": lambda: "tech-staff@2025",
    "policies:run-overlap.policy": lambda: "qingcen.high-tech-reward",
    "policies:run-overlap.other": lambda: "qingcen.rd-subsidy",
    "policies:forecast-new.policy": lambda: "qingcen.rd-subsidy",
    **{
        f"policies:{page}.pk": lambda: first(model("policies.PolicyPaper"))
        for page in ("paper", "paper-verdict", "paper-take", "paper-check", "paper-draft")
    },
    "policies:paper-verdict.item": lambda: "r1",
    "policies:kept.pk": lambda: first(model("policies.Decision")),
    "policies:reserve.pk": lambda: int(model("money.Reservation").objects.last().holder.partition(":")[2]),
    "policies:reserve.policy": lambda: model("policies.Decision").objects.exclude(fen=None).last().policy,
    "policies.policy": lambda: "national.high-tech-enterprise",
    "policies:answer.policy": lambda: model("policies.Answer").objects.last().policy,
    "policies.requirement": lambda: model("policies.Answer").objects.last().requirement,
    "steering.pk": lambda: first(model("steering.Target")),
    "steering.letter": lambda: first(model("steering.Letter")),
    "steering:letter_assign.letter": lambda: model("steering.Letter").objects.get(state="received").pk,
    "steering.handling_": lambda: first(model("steering.Handling")),
    "steering.extension": lambda: first(model("steering.Extension")),
    "steering.draft": lambda: first(model("steering.Draft")),
    "steering:allotment_export.form": lambda: "xlsx",
    "steering.year": lambda: 2026,
    "steering.month": lambda: 9,
    "steering:campaign.pk": lambda: first(model("steering.Campaign")),
    "steering:shortcoming.pk": lambda: first(model("steering.Shortcoming")),
    "steering:answer_shortcoming.pk": lambda: first(model("steering.Shortcoming")),
    "steering:meeting.pk": lambda: first(model("steering.Meeting")),
    "steering:scores.year": lambda: model("steering.Assessment").objects.earliest("pk").year,
    "steering:score.pk": lambda: first(model("steering.Score")),
    "steering:body.pk": lambda: first(model("steering.Body")),
    "steering:calendar_feed.token": lambda: "nobody-was-given-this-address",
    "steering.change": lambda: first(model("steering.Change")),
    "steering.evidence": lambda: first(model("steering.Evidence")),
    **{
        f"steering:{page}.pk": lambda: first(model("steering.Plan"))
        for page in (
            "plan",
            "review",
            "decide",
            "desk_text",
            "desk_news",
            "merge",
            "add",
            "put_in_force",
            "revise",
            "compare",
            "keep",
            "give_up",
        )
    },
}
"""(page name, its slice or '*').argument → its sample."""


def of_kind(page: Page) -> object | None:
    """The key of an entry for a page of one kind of the register (`registry:need-change` → a need); None for others."""
    slice_name, _, name = page.name.partition(":")
    kinds = [kind for kind in KINDS.values() if name == kind.name or name.startswith(f"{kind.name}-")]
    if slice_name != "registry" or not kinds:
        return None
    return first(max(kinds, key=lambda kind: len(kind.name)).model)


def sample(page: Page, argument: str) -> object:
    """The value for `argument` of `page`; KeyError names what is missing."""
    slice_name = page.name.split(":")[0]
    if (own := SAMPLES.get(f"{page.name}.{argument}")) is not None:
        return own()
    if argument == "pk" and (key := of_kind(page)) is not None:
        return key
    for place in (slice_name, "*"):
        if (found := SAMPLES.get(f"{place}.{argument}")) is not None:
            return found()
    raise KeyError(f"tests/pages/samples.py has no sample for {page.name}.{argument}")


def demo_user(role: str) -> User:
    """The demonstration's person of a role."""
    return User.objects.get(role=role, is_demo=True)
