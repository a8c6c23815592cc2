"""Write a paper: begin it, put it together from records, take figures from records, answer for those typed by hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.kernel import Period
from huanchuang.engines.kernel.problem import refuse
from huanchuang.orm import clock
from huanchuang.orm.models import save_versioned
from huanchuang.registry.queries import organisations_of
from huanchuang.steering.models import (
    Citation,
    Draft,
    DraftState,
    HandFigure,
    Letter,
    LetterState,
    Plan,
    PlanState,
    Target,
)
from huanchuang.steering.queries.letters import text
from huanchuang.steering.queries.letters.citations import Offer, changed
from huanchuang.steering.queries.letters.composing import (
    Sheaf,
    lines_of_report,
    opening,
    reply_text,
    reply_title,
    report_text,
    spoken,
)
from huanchuang.steering.queries.letters.visibility import leads, may_write
from huanchuang.steering.services.letters.steps import Verb, must_be, must_be_yours, must_say
from huanchuang.steering.services.letters.steps import locked as locked_letter

BODY_AT_MOST = 60_000


@dataclass(frozen=True)
class Written:
    """The fields of a paper that are typed."""

    title: str
    number: str
    body: str
    mark: str = ""
    contact_name: str = ""
    contact_phone: str = ""


@transaction.atomic
def begin_reply(user: User, letter: Letter) -> Draft:
    """The draft of this round's reply; a new one begins with head and opening, of a second round with the reply before."""
    letter = locked_letter(letter)
    found = letter.drafts.filter(round=letter.round).first()
    if found is not None:
        return found
    must_be_yours(leads(user, letter), letter)
    must_be(letter, (LetterState.HANDLING,), Verb.SUBMIT)
    assert letter.lead is not None  # noqa: S101  (a letter that is handled has a unit that leads)
    before = letter.drafts.order_by("-round").first()
    draft = Draft.objects.create(
        letter=letter,
        round=letter.round,
        title=before.title if before else reply_title(letter, letter.lead.name),
        body=before.body if before else opening(letter),
        mark="",
        contact_name=before.contact_name if before else "",
        contact_phone=before.contact_phone if before else "",
        issuer=letter.lead,
        written_by=user,
    )
    if before is not None:
        _take_over(before, draft)
    audit.record(
        actor_of(user),
        "steering.draft.begin",
        draft.subject,
        after={"letter": letter.pk, "round": letter.round},
    )
    return draft


def _take_over(before: Draft, draft: Draft) -> None:
    """The citations of the reply before; figures typed by hand have to be answered for again."""
    Citation.objects.bulk_create(
        Citation(
            draft=draft, number=one.number, source=one.source, about=one.about, key=one.key, period=one.period,
            record_id=one.record_id, label=one.label, text=one.text, as_of=one.as_of, origin=one.origin,
        )
        for one in before.citations.all()
    )  # fmt: skip


@transaction.atomic
def begin_report(user: User, plan: Plan, period: Period) -> Draft:
    """The half-year report of a plan, put together at once; asked again the same one is given."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    found = Draft.objects.filter(plan=plan, period=period.code).first()
    if found is not None:
        return found
    if plan.state != PlanState.IN_FORCE or period.start > clock.today():
        raise refuse(
            "steering.report.not_yet",
            (
                f"《{plan.title}》{period.label('zh')}",
                "方案还没有执行，或这个半年还没有开始",
                "请选择执行中的方案和已经开始的半年",
            ),
            (
                plan.title,
                "is not in force, or the half-year has not begun",
                "Choose a plan in force and a half-year that has begun",
            ),
        )
    draft = Draft.objects.create(
        plan=plan,
        period=period.code,
        title=f"《{plan.title}》{period.label('zh')}工作总结",
        issuer=organisations_of(user).first(),
        written_by=user,
    )
    sheaf = Sheaf(draft, 1)
    body = report_text(draft, lines_of_report(draft), sheaf, min(clock.today(), period.end))
    _keep(draft, body, sheaf)
    audit.record(
        actor_of(user), "steering.draft.begin", draft.subject, after={"plan": plan.pk, "period": period.code}
    )
    return draft


@transaction.atomic
def write(user: User, draft: Draft, version: int, written: Written) -> Draft:
    """Keep what was typed. Raises EditedMeanwhile when somebody else wrote in between."""
    draft = _locked(user, draft)
    for name in ("title", "number", "mark", "contact_name", "contact_phone"):
        setattr(draft, name, getattr(written, name).strip())
    if len(written.body) > BODY_AT_MOST:
        raise refuse(
            "steering.draft.too_long",
            ("正文", f"超过{BODY_AT_MOST}个字", "请删减，或把材料作为附件另行寄送"),
            ("Body", f"is longer than {BODY_AT_MOST} characters", "Shorten it, or send material as an annex"),
        )
    draft.body = written.body.replace("\r\n", "\n").strip("\n")
    must_say(draft.title, "标题", "Title")
    save_versioned(draft, version)
    audit.record(
        actor_of(user),
        "steering.draft.write",
        draft.subject,
        after={"version": draft.version, "characters": len(draft.body)},
    )
    return draft


@transaction.atomic
def put_together(user: User, draft: Draft, targets: Sequence[Target]) -> Draft:
    """Compose the body of a reply anew from these lines of the ledger and the opinions of co-units."""
    draft = _locked(user, draft)
    sheaf = Sheaf(draft, _next_number(draft))
    _keep(draft, reply_text(draft, targets, sheaf), sheaf)
    audit.record(
        actor_of(user), "steering.draft.compose", draft.subject, after={"lines": [one.pk for one in targets]}
    )
    return draft


@transaction.atomic
def cite(user: User, draft: Draft, offer: Offer, at: int | None = None) -> Draft:
    """Put the figure of a record into the text: at a place, else at its end."""
    draft = _locked(user, draft)
    number = _next_number(draft)
    offer.citation(draft, number).save()
    place = (
        len(draft.body) if at is None or not 0 <= at <= len(draft.body) else _outside_tokens(draft.body, at)
    )
    draft.body = draft.body[:place] + text.token(offer.text, number) + draft.body[place:]
    save_versioned(draft, draft.version)
    audit.record(
        actor_of(user),
        "steering.draft.cite",
        draft.subject,
        after={"number": number, "about": offer.about, "text": offer.text},
    )
    return draft


def _outside_tokens(body: str, at: int) -> int:
    """A place inside a token is moved behind it."""
    return next((found.end() for found in text.TOKEN.finditer(body) if found.start() < at < found.end()), at)


@transaction.atomic
def renew(user: User, draft: Draft, numbers: Collection[int] | None = None) -> Draft:
    """Put what the records say now in the place of what was cited: for these citations, or for all that changed."""
    draft = _locked(user, draft)
    citations = list(draft.citations.all())
    done = []
    for number, now in changed(draft, citations).items():
        if now.offer is None or (numbers is not None and number not in numbers):
            continue
        citation = next(one for one in citations if one.number == number)
        draft.body = _renewed(draft.body, citation, now.offer)
        for name in ("label", "text", "as_of", "origin", "record_id"):
            setattr(citation, name, getattr(now.offer, name))
        citation.save()
        done.append(number)
    save_versioned(draft, draft.version)
    audit.record(actor_of(user), "steering.draft.renew", draft.subject, after={"numbers": sorted(done)})
    return draft


def _renewed(body: str, citation: Citation, offer: Offer) -> str:
    """The text with the new figure, and with the new day where the same sentence says 截至 the old one before it."""
    old, new = text.token(citation.text, citation.number), text.token(offer.text, citation.number)
    place = body.find(old)
    while place >= 0:
        first = max(body.rfind(sign, 0, place) for sign in "。；\n") + 1
        before = body[first:place]
        if citation.as_of and offer.as_of:
            before = before.replace(f"截至{spoken(citation.as_of)}", f"截至{spoken(offer.as_of)}")
        body = body[:first] + before + new + body[place + len(old) :]
        place = body.find(old, first + len(before) + len(new))
    return body


@transaction.atomic
def answer_for(user: User, draft: Draft, digest: str, grounds: str) -> Draft:
    """Answer by name for a figure typed by hand, saying where it comes from."""
    draft = _locked(user, draft)
    grounds = must_say(grounds, "出处", "Where it comes from")
    found = next((one for one in unanswered(draft) if one.digest == digest), None)
    if found is None:
        return draft
    HandFigure.objects.create(
        draft=draft, text=found.text[:200], sentence=found.sentence, digest=digest, grounds=grounds[:300],
        by=user, on=clock.today(),
    )  # fmt: skip
    save_versioned(draft, draft.version)
    audit.record(
        actor_of(user), "steering.draft.answer_for", draft.subject, after={"figure": found.text}, note=grounds
    )
    return draft


def unanswered(draft: Draft) -> list[text.Bare]:
    """Figures of the text that no record stands behind and nobody has answered for."""
    cited = dict(draft.citations.values_list("number", "text"))
    known = set(draft.hand_figures.values_list("digest", flat=True))
    return [one for one in text.bare_figures(draft.body, cited) if one.digest not in known]


def _locked(user: User, draft: Draft) -> Draft:
    found = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("letter", "plan", "issuer")
        .get(pk=draft.pk)
    )
    if not may_write(user, found):
        state = DraftState(found.state).label
        raise refuse(
            "steering.draft.closed",
            (
                f"“{found.title}”",
                f"当前是“{state}”，或不由您起草，不能修改",
                "已送审签的，请审签人退回后再改",
            ),
            (
                f'"{found.title}"',
                "cannot be changed now, or not by you",
                "Ask the signing leader to send it back",
            ),
        )
    return found


def _next_number(draft: Draft) -> int:
    return (draft.citations.aggregate(last=Max("number"))["last"] or 0) + 1


def _keep(draft: Draft, body: str, sheaf: Sheaf) -> None:
    Citation.objects.bulk_create(sheaf.citations)
    draft.body = body
    save_versioned(draft, draft.version)
