"""免申即享: found eligible, proposed by one officer, agreed to by another, confirmed by the organisation, reserved; or not."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from huanchuang.accounts.models import Role, User
from huanchuang.audit.queries import history
from huanchuang.audit.services import SYSTEM, Actor
from huanchuang.engines.kernel import Money, ProblemError
from huanchuang.facts.queries.values import current
from huanchuang.facts.services import withdraw_fact
from huanchuang.money.models import Budget, Reservation
from huanchuang.money.services import open_budget
from huanchuang.notices.models import Notice
from huanchuang.orm import clock
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.policies.models import Award, Decision, Roll
from huanchuang.policies.queries.awards import candidates_of, inputs_of, matches_account, seal_of_facts
from huanchuang.policies.queries.decided import found_for
from huanchuang.policies.queries.library import policy_named
from huanchuang.policies.services.awards import consent, decide_again, decline, let_lapse, withdraw
from huanchuang.policies.services.rolls import agree, propose_roll, send_back
from huanchuang.policies.services.runs import begin_run
from huanchuang.registry.services import join

from .conftest import note
from .test_it_tells_whom_it_concerns import REWARD, start_up

DAY = dt.date(2026, 6, 30)
ACCOUNT = "6222 0200 1234 5678"
ABOVE = "qingcen.above-scale-reward"


def seal(award: Award) -> str:
    found = found_for(award.organisation, award.policy, clock.today())
    return seal_of_facts(inputs_of(found.subject, found.card), found.card.decision.fen)


def prepared(cast: SimpleNamespace, names: int = 2, total: str = "1000万元") -> SimpleNamespace:
    second = User.objects.create_user(
        username="second-officer", name="方科员", role=Role.OFFICER.value, password="cast-pass-9x"
    )
    firms = [start_up(f"青岑符合{number}号科技有限公司") for number in range(names)]
    for firm in firms:
        join(SYSTEM, cast.clerk, firm, since=dt.date(2020, 1, 1))
    budget = open_budget(Actor("1", "林科长"), "奖励资金", 2026, Money.parse(total))
    run = begin_run(cast.officer, DAY, inline=True)
    return SimpleNamespace(
        cast=cast, second=second, firms=firms, budget=budget, run=run, one=policy_named(REWARD)
    )


def proposed(ready: SimpleNamespace, *firms: int) -> Roll:
    chosen = [ready.firms[place].pk for place in firms] or [firm.pk for firm in ready.firms]
    return propose_roll(ready.cast.officer, ready.run, ready.one, ready.budget, chosen)


def opened(ready: SimpleNamespace, *firms: int) -> list[Award]:
    roll = proposed(ready, *firms)
    agree(ready.second, roll, roll.version)
    return list(roll.awards.order_by("pk"))


@pytest.fixture
def ready(cast):
    return prepared(cast)


@pytest.mark.django_db
class TestTheList:
    def test_candidates_meet_all_with_a_known_amount(self, ready):
        unknown = start_up("青岑金额不明科技有限公司", **{"first-hte-certificate": ""})
        run = begin_run(ready.cast.officer, DAY, inline=True)
        found = candidates_of(run, ready.one)
        assert [row.organisation for row in found] == [firm.pk for firm in ready.firms]
        assert all((row.fen, row.barred) == (20_000_000, "") for row in found)
        assert unknown.pk not in {row.organisation for row in found}

    def test_nobody_is_asked_before_a_second_person_agrees(self, client, ready):
        roll = proposed(ready)
        assert not Notice.objects.filter(kind="policies.award").exists()
        client.force_login(ready.cast.clerk)
        award = roll.awards.first()
        assert client.get(reverse("policies:award", args=[award.pk])).status_code == 404
        with pytest.raises(ProblemError, match="提出人不能复核"):
            agree(ready.cast.officer, roll, roll.version)
        agree(ready.second, roll, roll.version, "数据核对无误")
        roll.refresh_from_db()
        assert (roll.state, roll.consent_until, roll.notice_until) == (
            "open",
            dt.date(2026, 7, 14),
            dt.date(2026, 7, 7),
        )
        assert Notice.objects.filter(kind="policies.award", user=ready.cast.clerk).count() == 2
        assert client.get(reverse("policies:award", args=[award.pk])).status_code == 200

    def test_the_database_wants_two_people(self, ready):
        roll = proposed(ready)
        with pytest.raises(IntegrityError), transaction.atomic():
            Roll.objects.filter(pk=roll.pk).update(state="open", checked_by=roll.proposed_by)

    def test_a_list_beyond_the_budget_is_not_agreed_to(self, cast):
        ready = prepared(cast, total="39万元")
        roll = proposed(ready)
        with pytest.raises(ProblemError, match="名单合计40万元，2026年奖励资金只剩39万元"):
            agree(ready.second, roll, roll.version)
        assert Roll.objects.get().state == "proposed"

    def test_a_returned_list_can_be_proposed_again(self, ready):
        roll = proposed(ready)
        with pytest.raises(ProblemError, match="复核意见"):
            send_back(ready.second, roll, roll.version, " ")
        send_back(ready.second, roll, roll.version, "先核对首次认定")
        assert proposed(ready).awards.count() == 2
        with pytest.raises(ProblemError, match="不用再复核"):
            agree(ready.second, roll, roll.version)

    def test_somebody_elses_edit_is_noticed(self, ready):
        roll = proposed(ready)
        with pytest.raises(EditedMeanwhile):
            agree(ready.second, roll, roll.version + 1)
        assert Roll.objects.get().state == "proposed"

    def test_nobody_stands_on_two_lists_of_a_year(self, ready):
        proposed(ready, 0)
        assert [row.barred != "" for row in candidates_of(ready.run, ready.one)] == [True, False]
        with pytest.raises(ProblemError, match="不能列入"):
            proposed(ready)
        award = Award.objects.get()
        award.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            award.save()

    def test_the_highest_of_a_group_stands_alone(self, ready):
        firm = ready.firms[0]
        for key, year, value, unit in (
            ("above-scale", "2025", "是", ""), ("first-above-scale", "2025", "是", ""),
            ("sales-revenue", "2025", "5000", "万元"), ("sales-revenue", "2024", "4900", "万元"),
        ):  # fmt: skip
            note(firm, key, year, value, unit)
        opened(ready, 0)
        run, above = begin_run(ready.cast.officer, DAY, inline=True), policy_named(ABOVE)
        found = {row.organisation: row.barred for row in candidates_of(run, above)}
        assert found == {firm.pk: "与“高新技术企业认定奖励（青岑区示例）”不能同时享受"}

    def test_a_policy_one_applies_for_is_refused(self, client, ready):
        with pytest.raises(ProblemError, match="不是免申即享"):
            propose_roll(
                ready.cast.officer, ready.run, policy_named("qingcen.rent-relief"), ready.budget, [1]
            )
        client.force_login(ready.cast.officer)
        assert (
            client.get(
                reverse("policies:roll-propose", args=[ready.run.pk, "qingcen.rent-relief"])
            ).status_code
            == 404
        )


@pytest.mark.django_db
class TestConsent:
    def test_it_keeps_the_decision_and_reserves_at_once(self, client, ready):
        award = opened(ready)[0]
        client.force_login(ready.cast.clerk)
        page = client.get(reverse("policies:award", args=[award.pk]))
        assert "20万元" in page.content.decode()
        sent = client.post(
            reverse("policies:award-consent", args=[award.pk]),
            {"seal": page.context["seal"], "account": ACCOUNT},
        )
        assert sent.status_code == 302
        award.refresh_from_db()
        assert (award.state, award.account_tail, award.answered_by_name) == (
            "given",
            "5678",
            ready.cast.clerk.name,
        )
        assert award.reservation.link == reverse("policies:kept", args=[award.decision_id]) + "#about"
        assert Budget.objects.get().reserved == Money.parse("20万元")
        assert history(award.organisation.subject)[0].verb == "policies.award.consent"

    def test_the_account_is_never_kept_in_clear(self, client, ready):
        award = opened(ready)[0]
        consent(ready.cast.clerk, award, seal(award), ACCOUNT)
        award.refresh_from_db()
        number = ACCOUNT.replace(" ", "")
        assert number not in str(
            {**award.__dict__, "trail": [entry.after for entry in history(award.organisation.subject)]}
        )
        assert (matches_account(award, number), matches_account(award, number[:-1] + "9")) == (True, False)
        client.force_login(ready.cast.officer)
        address = reverse("policies:award-account", args=[award.pk])
        assert "一致" in client.post(address, {"account": ACCOUNT}, follow=True).content.decode()
        assert (
            "请勿拨付" in client.post(address, {"account": "1234567812345678"}, follow=True).content.decode()
        )

    @pytest.mark.parametrize("account", ["", "1234567", "abcdefgh", "1" * 33, "12345678；"])
    def test_what_is_no_account_is_refused(self, client, ready, account):
        award = opened(ready)[0]
        client.force_login(ready.cast.clerk)
        sent = client.post(
            reverse("policies:award-consent", args=[award.pk]), {"seal": seal(award), "account": account}
        )
        assert sent.status_code == 422
        assert (Award.objects.get(pk=award.pk).state, Decision.objects.count()) == ("open", 0)

    def test_silence_is_not_consent(self, ready, monkeypatch):
        awards = opened(ready)
        consent(ready.cast.clerk, awards[0], seal(awards[0]), ACCOUNT)
        monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 7, 14))
        assert let_lapse() == 0
        monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 7, 15))
        with pytest.raises(ProblemError, match="已截止"):
            consent(ready.cast.clerk, awards[1], "", ACCOUNT)
        assert (let_lapse(), let_lapse()) == (1, 0)
        assert [award.state for award in Award.objects.order_by("pk")] == ["given", "lapsed"]
        assert Budget.objects.get().reserved == Money.parse("20万元")

    def test_it_may_be_left_with_a_reason(self, client, ready):
        award = opened(ready)[0]
        client.force_login(ready.cast.clerk)
        address = reverse("policies:award-decline", args=[award.pk])
        assert client.post(address, {"reason": ""}).status_code == 422
        client.post(address, {"reason": "已享受同类政策"})
        award.refresh_from_db()
        assert (award.state, award.reason, Reservation.objects.count()) == ("declined", "已享受同类政策", 0)
        with pytest.raises(ProblemError, match="不用再答复"):
            consent(ready.cast.clerk, award, "", ACCOUNT)

    def test_a_fact_that_takes_the_result_away_ends_it_and_says_so(self, client, ready):
        award = opened(ready)[0]
        shown = seal(award)
        note(award.organisation, "serious-dishonesty", "2026", "是")
        client.force_login(ready.cast.clerk)
        page = client.get(reverse("policies:award", args=[award.pk])).content.decode()
        assert "结论或金额不同了" in page
        sent = client.post(
            reverse("policies:award-consent", args=[award.pk]),
            {"seal": shown, "account": ACCOUNT},
            follow=True,
        )
        assert "重新计算后不符合" in sent.content.decode()
        award.refresh_from_db()
        assert (award.state, Decision.objects.count(), Reservation.objects.count()) == ("changed", 0, 0)
        assert Notice.objects.filter(
            kind="policies.roll", user=ready.cast.officer, title__contains="数据有变"
        ).exists()

    def test_another_amount_needs_the_second_person_again(self, ready):
        award = opened(ready)[0]
        note(award.organisation, "first-hte-certificate", "2026", "否")
        assert decide_again() == 1
        award.refresh_from_db()
        assert award.reason == "数据有变，重新计算后应得5万元，提出时为20万元"
        assert proposed(ready, 0).awards.get().fen == 5_000_000

    def test_another_fact_with_the_same_answer_has_to_be_seen(self, client, ready):
        award = opened(ready)[0]
        shown = seal(award)
        note(award.organisation, "hte-certified-on", "2026", "2025-11-11")
        with pytest.raises(ProblemError, match="所依据的数据变了"):
            consent(ready.cast.clerk, award, shown, ACCOUNT)
        client.force_login(ready.cast.clerk)
        page = client.get(reverse("policies:award", args=[award.pk]))
        assert "结论和金额不变" in page.content.decode()
        assert page.context["changed"] == [("高企发证日期", "2025-10-01", "2025-11-11")]
        assert decide_again() == 0
        assert consent(ready.cast.clerk, award, page.context["seal"], ACCOUNT).state == "given"

    def test_the_list_says_whose_facts_have_changed(self, client, ready):
        award = opened(ready)[0]
        fact = current().get(subject=award.organisation.subject, key="serious-dishonesty")
        withdraw_fact(SYSTEM, fact, "录入有误")
        client.force_login(ready.cast.officer)
        page = client.get(reverse("policies:roll", args=[award.roll_id])).content.decode()
        assert "重新计算后无法判断" in page

    def test_taking_back_frees_the_budget(self, client, ready):
        award = opened(ready)[0]
        consent(ready.cast.clerk, award, seal(award), ACCOUNT)
        client.force_login(ready.cast.officer)
        address = reverse("policies:award-withdraw", args=[award.pk])
        assert client.post(address, {"reason": ""}).status_code == 422
        client.post(address, {"reason": "公示期收到异议"})
        award.refresh_from_db()
        assert (award.state, award.reservation.state) == ("withdrawn", "released")
        assert Budget.objects.get().reserved == Money(0)
        with pytest.raises(ProblemError, match="不用撤回"):
            withdraw(ready.cast.officer, award, "公示期收到异议")

    def test_strangers_answer_nothing(self, client, ready):
        award = opened(ready)[0]
        for answer in (
            lambda: consent(ready.cast.stranger, award, "", ACCOUNT),
            lambda: decline(ready.cast.stranger, award, "不要了"),
        ):
            with pytest.raises(ProblemError, match="只有本单位"):
                answer()
        client.force_login(ready.cast.stranger)
        assert client.get(reverse("policies:award", args=[award.pk])).status_code == 404
        assert (
            client.post(reverse("policies:award-consent", args=[award.pk]), {"account": ACCOUNT}).status_code
            == 404
        )

    @pytest.mark.parametrize(
        ("person", "reads", "writes"),
        [
            ("officer", 200, 302),
            ("leader", 200, 403),
            ("auditor", 200, 403),
            ("clerk", 403, 403),
            ("manager", 403, 403),
        ],
    )
    def test_lists_are_for_the_authority(self, client, ready, person, reads, writes):
        award = opened(ready)[0]
        other = award.roll
        client.force_login(getattr(ready.cast, person))
        for name, words in (("rolls", []), ("roll", [other.pk])):
            assert client.get(reverse(f"policies:{name}", args=words)).status_code == reads
        sent = client.post(reverse("policies:award-withdraw", args=[award.pk]), {"reason": "公示异议"})
        assert sent.status_code == writes
        if person != "officer":
            assert (
                client.get(reverse("policies:roll-propose", args=[ready.run.pk, REWARD])).status_code == 403
            )
            assert client.post(reverse("policies:roll-check", args=[other.pk]), {}).status_code == 403
            assert (
                client.post(
                    reverse("policies:award-account", args=[award.pk]), {"account": ACCOUNT}
                ).status_code
                == 403
            )


@pytest.mark.django_db(transaction=True)
def test_many_consents_at_once_never_go_beyond_the_budget(cast):
    """Eight firms were asked; then somebody else took most of the budget, so that it is enough for three."""
    ready = prepared(cast, names=8, total="160万元")
    awards = opened(ready)
    Budget.objects.filter(pk=ready.budget.pk).update(total=Money.parse("799999.99元"))
    shown = {award.pk: seal(award) for award in awards}

    def hand(award: Award) -> bool:
        try:
            return consent(cast.clerk, award, shown[award.pk], ACCOUNT).state == "given"
        except ProblemError:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=6) as hands:
        got = list(hands.map(hand, [*awards, *awards]))
    assert sum(got) == 3
    assert Budget.objects.get().reserved == Money.parse("60万元")
    assert (
        Award.objects.filter(state="given").count()
        == Decision.objects.count()
        == Reservation.objects.count()
        == 3
    )
    assert Award.objects.filter(state="open").count() == 5
