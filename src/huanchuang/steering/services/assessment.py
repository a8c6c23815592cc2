"""年度考核: publish the scores of a day, appeal, answer, make final."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from huanchuang import packs
from huanchuang.accounts.models import Role, User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.kernel.problem import refuse
from huanchuang.orm import clock
from huanchuang.orm.models import save_versioned
from huanchuang.packs.ledgers import STANDARD
from huanchuang.registry.queries import organisations_of
from huanchuang.steering.models import Appeal, Assessment, Score
from huanchuang.steering.queries.assessment import Preview
from huanchuang.steering.queries.scoring import points
from huanchuang.steering.services.rights import must_be_bureau
from huanchuang.steering.services.steps import must_have_reason

CENT = Decimal("0.01")


@transaction.atomic
def publish(user: User, year: int, rows: Sequence[Preview]) -> Assessment:
    """Freeze the scores of today for a year, with figures, formulas and reasons. Once for each year."""
    must_be_bureau(user)
    found = Assessment.objects.filter(year=year).first()
    if found is not None:
        return found
    pack = packs.library().get(STANDARD)
    made = Assessment.objects.create(
        year=year,
        as_of=clock.today(),
        rules_id=pack.id,
        rules_version=pack.version,
        rules_hash=pack.hash,
        published_by=user,
        published_on=clock.today(),
    )
    Score.objects.bulk_create(
        Score(
            assessment=made,
            organisation=row.organisation,
            figures=dict(row.figures),
            items=[
                {
                    "id": one.item.id, "zh": one.item.zh, "en": one.item.en, "most": one.item.most, "formula": one.item.formula,
                    "low": str(points(one.low)), "high": str(points(one.high)), "why": one.why, "why_en": one.why_en,
                }
                for one in row.total.items
            ],
            low=points(row.total.low),
            high=points(row.total.high),
        )
        for row in rows
    )  # fmt: skip
    after = {"year": year, "units": len(rows), "rules": f"{pack.id} {pack.version} {pack.hash}"}
    audit.record(actor_of(user), "steering.assessment.publish", made.subject, after=after)
    return made


@transaction.atomic
def appeal(user: User, score: Score, text: str) -> Appeal:
    """A unit says why its score is not right. One open appeal at a time, none once the assessment is final."""
    score = (
        Score.objects.select_for_update(of=("self",))
        .select_related("assessment", "organisation")
        .get(pk=score.pk)
    )
    own = organisations_of(user).filter(pk=score.organisation_id).exists()
    if user.role != Role.REPORTER or not own:
        raise refuse(
            "steering.not_your_score",
            (str(score.organisation), "不是您的单位", "只能对本单位的得分提出申诉"),
            (str(score.organisation), "is not your unit", "Appeal against your own unit's score only"),
        )
    _must_not_be_final(score.assessment)
    must_have_reason(text)
    waiting = score.appeals.filter(state=Appeal.State.OPEN).first()
    if waiting is not None:
        return waiting
    made = Appeal.objects.create(score=score, text=text.strip(), asked_by=user, asked_on=clock.today())
    audit.record(actor_of(user), "steering.assessment.appeal", score.subject, note=made.text)
    return made


@transaction.atomic
def answer_appeal(user: User, found: Appeal, version: int, change: Decimal, answer: str) -> Appeal:
    """Answer an appeal with reasons; points other than zero are added to the score. Not by whoever published it.

    Raises EditedMeanwhile, ProblemError."""
    must_be_bureau(user)
    found = (
        Appeal.objects.select_for_update(of=("self",)).select_related("score__assessment").get(pk=found.pk)
    )
    _must_not_be_final(found.score.assessment)
    if found.score.assessment.published_by_id == user.pk:
        raise refuse(
            "steering.second_person",
            ("申诉答复", "公布考核结果的人不能答复申诉", "请由另一位工作人员答复"),
            ("Answer", "whoever published the scores cannot answer", "Ask a colleague to answer"),
        )
    must_have_reason(answer)
    if found.state != Appeal.State.OPEN:
        raise refuse(
            "steering.appeal_settled",
            ("申诉", f"已经是“{found.get_state_display()}”", "请刷新页面"),
            ("Appeal", f'it is already "{found.state}"', "Reload the page"),
        )
    found.state = Appeal.State.ACCEPTED if change else Appeal.State.REFUSED
    found.points, found.answer = change.quantize(CENT), answer.strip()
    found.decided_by, found.decided_on = user, clock.today()
    save_versioned(found, version)
    Score.objects.filter(pk=found.score_id).update(added=F("added") + found.points, version=F("version") + 1)
    after = {"state": found.state, "points": str(found.points)}
    audit.record(
        actor_of(user), "steering.assessment.answer", found.score.subject, after=after, note=found.answer
    )
    return found


@transaction.atomic
def make_final(user: User, found: Assessment) -> Assessment:
    """End an assessment; only when no appeal waits."""
    must_be_bureau(user)
    found = Assessment.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if found.final_on is not None:
        return found
    waiting = Appeal.objects.filter(score__assessment=found, state=Appeal.State.OPEN).count()
    if waiting:
        raise refuse(
            "steering.appeals_open",
            (f"{found.year}年度考核", f"还有{waiting}件申诉没有答复", "请先答复申诉"),
            (f"Assessment of {found.year}", f"{waiting} appeals wait", "Answer them first"),
        )
    found.final_on = clock.today()
    save_versioned(found, found.version)
    audit.record(actor_of(user), "steering.assessment.make_final", found.subject)
    return found


def _must_not_be_final(found: Assessment) -> None:
    if found.final_on is not None:
        raise refuse(
            "steering.assessment_final",
            (f"{found.year}年度考核", "已经确定", "不能再申诉或修改"),
            (f"Assessment of {found.year}", "is final", "It can no longer be changed"),
        )
