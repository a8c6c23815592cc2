"""Two organisations turn out to be one: what policies keeps about both stands together, nothing is paid twice, all goes back."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.urls import reverse

from huanchuang.audit.models import Entry
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import Money, ProblemError
from huanchuang.money.models import Reservation
from huanchuang.money.services import open_budget
from huanchuang.notices.models import Notice
from huanchuang.notices.services import mark_read
from huanchuang.orm import clock
from huanchuang.policies.models import Answer, Award, Decision, Supposition, Telling
from huanchuang.policies.queries.awards import candidates_of
from huanchuang.policies.queries.decided import found_for
from huanchuang.policies.queries.doubled import doubled_of
from huanchuang.policies.queries.library import listed, policy_named
from huanchuang.policies.queries.outlook import card_of
from huanchuang.policies.queries.push import preview_of, with_openings
from huanchuang.policies.services.answers import answer
from huanchuang.policies.services.awards import consent, decide_again
from huanchuang.policies.services.keep import keep
from huanchuang.policies.services.promise import promise
from huanchuang.policies.services.push import begin_push, tell
from huanchuang.policies.services.rolls import agree, propose_roll
from huanchuang.policies.services.runs import begin_run
from huanchuang.policies.services.suppositions import keep_supposition
from huanchuang.policies.services.windows import give_address
from huanchuang.registry.services import join
from huanchuang.registry.services.sameness import merge, undo_merge

from .test_it_gives_without_application import ABOVE, ACCOUNT, opened, prepared, proposed, seal
from .test_it_tells_whom_it_concerns import REWARD, start_up

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 30)
TABLES = (Answer, Award, Decision, Supposition, Telling, Reservation)


def rows() -> list[list[dict]]:
    return [list(model.objects.order_by("pk").values()) for model in TABLES]


@pytest.fixture
def papered() -> tuple[str, str, str]:
    """A policy about firms and two of its requirements that papers or people answer."""
    for one in listed():
        asked = [each.id for each in one.policy.requirements if each.condition is None]
        if len(asked) > 1 and not one.for_carriers:
            return one.id, asked[0], asked[1]
    pytest.fail("no shipped policy asks for two papers")


def after_of(verb: str) -> dict:
    return json.loads(Entry.objects.get(verb=verb).after)


@pytest.fixture
def ready(cast):
    return prepared(cast, names=3)


class TestWhatIsKept:
    def test_answers_decisions_and_what_ifs_of_both_stand_on_one_page(self, client, cast, firm, papered):
        other = start_up("云澜岑科材料厂")
        policy, first, second = papered
        answer(SYSTEM, firm, policy, first, is_met=True, basis="审计报告甲")
        answer(SYSTEM, other, policy, first, is_met=False, basis="审计报告乙")
        answer(SYSTEM, other, policy, second, is_met=True, basis="说明丙")
        for one in (firm, other):
            found = found_for(one, policy, DAY)
            keep(SYSTEM, found.subject, found.card)
            then = card_of(found.card.listed, found.subject, DAY, {}, {("staff", "2025"): 100})
            keep_supposition(SYSTEM, one, "多招人", found.card, then, [{"place": "staff@2025", "name": "职工", "before": "", "after": "100"}])  # fmt: skip
        before = rows()
        done = merge(SYSTEM, firm, other, {}, "同一家")

        lines = {line.finding.requirement.id: line for line in found_for(firm, policy, DAY).lines("zh")}
        assert lines[first].finding.outcome is True  # the survivor's counts
        assert [one.basis for one in lines[first].others] == ["审计报告乙"]
        assert (lines[second].finding.outcome, lines[second].others) == (True, ())
        client.force_login(cast.officer)
        page = client.get(reverse("policies:decision", args=[firm.pk, policy])).content.decode()
        assert "并入的“云澜岑科材料厂”原有答复，不计入：不满足 · 审计报告乙" in " ".join(page.split())
        assert page.count("由“云澜岑科材料厂”并入") == 1  # of two decisions on file
        kept = Decision.objects.exclude(pk=before[2][0]["id"]).get()
        assert (
            "云澜岑科材料厂（之后并入本单位）"
            in client.get(reverse("policies:kept", args=[kept.pk])).content.decode()
        )
        outlook = client.get(reverse("policies:outlook", args=[firm.pk])).content.decode()
        assert outlook.count("多招人") == 2
        assert outlook.count("由“云澜岑科材料厂”并入") == 1
        assert client.get(reverse("policies:outlook", args=[other.pk])).context["organisation"] == firm
        told = after_of("policies.merge.follow")
        assert told["stayed"] == {"policies.answer": 1, "policies.supposition": 1}
        assert told["moved"] == {"policies.answer": 1, "policies.decision": 1}

        undo_merge(SYSTEM, done, "是两家")
        assert rows() == before

    def test_the_merge_page_names_what_moved(self, client, cast, firm, papered):
        other = start_up("云澜岑科材料厂")
        answer(SYSTEM, other, papered[0], papered[1], is_met=True, basis="说明丙")
        done = merge(SYSTEM, firm, other, {}, "同一家")
        client.force_login(cast.officer)
        assert "政策条件的答复" in client.get(reverse("registry:merge", args=[done.pk])).content.decode()

    def test_a_calendar_that_was_subscribed_to_goes_on(self, client, cast, firm):
        other = start_up("云澜岑科材料厂")
        for one in (firm, other):
            join(SYSTEM, cast.clerk, one, since=dt.date(2020, 1, 1))
        token = give_address(cast.clerk, other)
        give_address(cast.clerk, firm)  # so that the other's cannot move
        merge(SYSTEM, firm, other, {}, "同一家")
        answered = client.get(reverse("policies:windows-feed", args=[token]))
        assert answered.status_code == 200
        assert firm.name in answered.content.decode()


class TestWhoWasTold:
    def test_who_was_told_is_not_told_again_and_its_opening_is_still_known(self, ready):
        kept, lost, _third = ready.firms
        push = begin_push(ready.cast.officer, ready.run, ready.one, "yes", [lost.pk], inline=True)
        mark_read(ready.cast.clerk, Notice.objects.get(kind="policies.push").pk, SYSTEM)
        before = rows()
        done = merge(SYSTEM, kept, lost, {}, "同一家")
        preview = preview_of(REWARD, ready.one.policy.version, [kept.pk, lost.pk])
        assert (preview.reached, preview.before) == ([], [kept.pk])
        assert with_openings(push.tellings.all())[0].opened_at is not None
        undo_merge(SYSTEM, done, "是两家")
        assert rows() == before
        assert preview_of(REWARD, ready.one.policy.version, [kept.pk, lost.pk]).reached == [kept.pk]

    def test_both_told_leaves_both_readable(self, ready):
        kept, lost, _third = ready.firms
        push = begin_push(ready.cast.officer, ready.run, ready.one, "yes", [kept.pk, lost.pk], inline=True)
        merge(SYSTEM, kept, lost, {}, "同一家")
        assert {row.organisation_id for row in push.tellings.all()} == {kept.pk, lost.pk}

    def test_a_push_under_way_tells_the_one_that_stands_once(self, ready):
        kept, lost, _third = ready.firms
        push = begin_push(ready.cast.officer, ready.run, ready.one, "yes", [lost.pk, kept.pk])
        merge(SYSTEM, kept, lost, {}, "同一家")
        tell(push, ready.one, [lost.pk], SYSTEM)
        tell(push, ready.one, [kept.pk], SYSTEM)
        assert [(row.organisation_id, row.state) for row in push.tellings.all()] == [(kept.pk, "told")]
        assert Notice.objects.filter(kind="policies.push").count() == 1


class TestWhatIsGiven:
    def test_one_that_was_merged_is_no_candidate_of_an_earlier_run(self, ready):
        kept, lost, _third = ready.firms
        merge(SYSTEM, kept, lost, {}, "同一家")
        barred = {row.organisation: row.barred for row in candidates_of(ready.run, ready.one)}
        assert barred[lost.pk] == f"已并入“{kept.name}”"
        assert barred[kept.pk] == ""
        with pytest.raises(ProblemError, match="不能列入"):
            propose_roll(ready.cast.officer, ready.run, ready.one, ready.budget, [lost.pk])

    def test_a_merged_line_is_left_out_when_the_list_is_agreed_to(self, ready):
        kept, lost, _third = ready.firms
        roll = proposed(ready)
        merge(SYSTEM, kept, lost, {}, "同一家")
        agree(ready.second, roll, roll.version)
        states = {award.organisation_id: (award.state, award.reason) for award in roll.awards.all()}
        assert states[lost.pk] == ("withdrawn", f"已并入“{kept.name}”")
        assert states[kept.pk][0] == "open"

    def test_what_the_other_was_given_is_not_given_again(self, ready):
        kept, lost, _third = ready.firms
        mine, theirs, _ = opened(ready)
        consent(ready.cast.clerk, theirs, seal(theirs), ACCOUNT)
        before = rows()
        done = merge(SYSTEM, kept, lost, {}, "同一家")
        theirs.refresh_from_db()
        assert theirs.organisation_id == lost.pk  # the like of it stands with the kept one
        assert doubled_of(kept) == []
        assert not Notice.objects.filter(kind="policies.merge").exists()
        with pytest.raises(ProblemError, match="已在免申即享名单中"):
            consent(ready.cast.clerk, mine, seal(mine), ACCOUNT)
        assert Reservation.objects.count() == 1
        undo_merge(SYSTEM, done, "是两家")
        assert rows() == before
        consent(ready.cast.clerk, mine, seal(mine), ACCOUNT)
        assert Reservation.objects.count() == 2

    def test_the_line_that_stayed_is_not_ended_by_the_facts_that_went(self, client, ready):
        kept, lost, _third = ready.firms
        _mine, theirs, _ = opened(ready)
        merge(SYSTEM, kept, lost, {}, "同一家")
        decide_again()
        theirs.refresh_from_db()
        assert theirs.state == "open"
        client.force_login(ready.cast.officer)
        shown = client.get(reverse("policies:award", args=[theirs.pk])).content.decode()
        assert f"已并入“{kept.name}”" in shown
        assert "不能按原金额确认" not in shown
        assert (
            f"已并入“{kept.name}”"
            in client.get(reverse("policies:roll", args=[theirs.roll_id])).content.decode()
        )

    def test_money_reserved_for_both_is_told_to_the_office_and_stays(self, client, ready):
        kept, lost, _third = ready.firms
        mine, theirs, _ = opened(ready)
        for award in (mine, theirs):
            consent(ready.cast.clerk, award, seal(award), ACCOUNT)
        ready.budget.refresh_from_db()
        theirs.refresh_from_db()
        before, reserved = rows(), ready.budget.reserved
        done = merge(SYSTEM, kept, lost, {}, "同一家")
        (found,) = doubled_of(kept)
        assert (found.award, found.holder, found.money) == (theirs, lost.name, Money(20_000_000))
        told = Notice.objects.filter(kind="policies.merge")
        assert {one.user.username for one in told} == {ready.cast.officer.username, ready.second.username}
        assert f"为“{lost.name}”预留的20万元——已在免申即享名单中" in told[0].body
        client.force_login(ready.cast.officer)
        page = client.get(reverse("policies:outlook", args=[kept.pk])).content.decode()
        assert "合并后重复的预留" in page
        assert reverse("policies:award", args=[theirs.pk]) in page
        ready.budget.refresh_from_db()
        assert ready.budget.reserved == reserved == Money(40_000_000)
        assert after_of("policies.merge.follow")["doubled"] == [
            {"reservation": theirs.reservation_id, "fen": 20_000_000}
        ]
        undo_merge(SYSTEM, done, "是两家")
        assert rows() == before
        assert doubled_of(kept) == []

    def test_what_is_given_once_in_a_life_is_seen_across_years_and_budgets(self, ready):
        kept, lost, _third = ready.firms
        mine, theirs, _ = opened(ready)
        for award in (mine, theirs):
            consent(ready.cast.clerk, award, seal(award), ACCOUNT)
        old = open_budget(SYSTEM, "上年奖励资金", 2025, Money.parse("100万元"))
        Award.objects.filter(pk=theirs.pk).update(year=2025)
        Award.objects.filter(pk__in=(mine.pk, theirs.pk)).update(policy=ABOVE)
        Reservation.objects.filter(pk=theirs.reservation_id).update(budget=old)
        before = rows()
        done = merge(SYSTEM, kept, lost, {}, "同一家")
        theirs.refresh_from_db()
        assert theirs.organisation_id == kept.pk  # nothing stands against it in its year
        (found,) = doubled_of(kept)
        assert found.money == Money(20_000_000)
        assert policy_named(ABOVE).policy.is_once
        undo_merge(SYSTEM, done, "是两家")
        assert rows() == before

    def test_each_year_once_is_nothing_to_report(self, ready):
        kept, lost, _third = ready.firms
        mine, theirs, _ = opened(ready)
        for award in (mine, theirs):
            consent(ready.cast.clerk, award, seal(award), ACCOUNT)
        old = open_budget(SYSTEM, "上年奖励资金", 2025, Money.parse("100万元"))
        Award.objects.filter(pk=theirs.pk).update(year=2025)
        Reservation.objects.filter(pk=theirs.reservation_id).update(budget=old)
        merge(SYSTEM, kept, lost, {}, "同一家")
        assert doubled_of(kept) == []

    def test_what_officers_reserved_for_both_is_reported_too(self, ready):
        kept, lost, _third = ready.firms
        for firm in (kept, lost):
            found = found_for(firm, REWARD, clock.today())
            promise(SYSTEM, found.subject, found.card, ready.budget, Money(10_000_000), dt.date(2026, 12, 31))
        merge(SYSTEM, kept, lost, {}, "同一家")
        (found,) = doubled_of(kept)
        assert (found.award, found.holder, found.money) == (None, lost.name, Money(10_000_000))
        assert found.why == f"为“{kept.name}”的同一事由也预留了10万元"

    def test_what_was_reserved_for_the_two_as_one_is_told_when_they_part(self, ready):
        kept, lost, _third = ready.firms
        (theirs,) = opened(ready, 1)
        done = merge(SYSTEM, kept, lost, {}, "同一家")
        theirs.refresh_from_db()
        consent(ready.cast.clerk, theirs, seal(theirs), ACCOUNT)
        undo_merge(SYSTEM, done, "是两家")
        theirs.refresh_from_db()
        assert (theirs.organisation_id, theirs.reservation.holder) == (lost.pk, kept.subject)
        assert Notice.objects.filter(kind="policies.merge", title__startswith="撤销合并后").count() == 2
        assert after_of("policies.merge.part")["awards"] == [theirs.pk]

    def test_a_chain_of_merges_is_one_family(self, ready):
        first, second, third = ready.firms
        mine, _, theirs = opened(ready)
        consent(ready.cast.clerk, theirs, seal(theirs), ACCOUNT)
        merge(SYSTEM, second, third, {}, "同一家")
        merge(SYSTEM, first, second, {}, "同一家")
        with pytest.raises(ProblemError, match="已在免申即享名单中"):
            consent(ready.cast.clerk, mine, seal(mine), ACCOUNT)
        run = begin_run(ready.cast.officer, clock.today(), inline=True)
        assert {row.organisation: row.barred for row in candidates_of(run, ready.one)}[
            first.pk
        ] == "已在免申即享名单中"
