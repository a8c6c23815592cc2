"""A budget is never promised beyond its total: by many hands at once, by any order of deeds, nor by a mistake."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huanchuang.audit.queries import history
from huanchuang.audit.services import Actor
from huanchuang.engines.kernel import Money, ProblemError
from huanchuang.money.models import Budget, Reservation, State
from huanchuang.money.services import change_total, close_budget, let_lapse, open_budget, release, reserve
from huanchuang.orm import clock
from huanchuang.orm.models import EditedMeanwhile

OFFICER = Actor("1", "林科长")
UNTIL = dt.date(2026, 12, 31)


def budget(total: int = 1_000_000) -> Budget:
    return open_budget(OFFICER, "研发补助", 2026, Money(total))


def take(one: Budget, fen: int, who: int = 1, reason: str = "研发补助") -> Reservation:
    return reserve(OFFICER, one, f"registry.organisation:{who}", f"企业{who}", Money(fen), reason, UNTIL)


def adds_up(one: Budget) -> bool:
    stored = Budget.objects.get(pk=one.pk)
    held = stored.reservations.filter(state=State.HELD).aggregate(sum=Sum("amount"))["sum"]
    return stored.reserved.fen == (held.fen if isinstance(held, Money) else held or 0) <= stored.total.fen


@pytest.mark.django_db
class TestOneHand:
    def test_it_keeps_and_lets_go(self):
        one = budget(100_00)
        first = take(one, 60_00)
        with pytest.raises(ProblemError, match="超出可用额度：2026年研发补助还剩40元"):
            take(one, 40_01, who=2)
        take(one, 40_00, who=2)
        release(OFFICER, first, "企业放弃申报")
        one.refresh_from_db()
        assert (one.reserved.fen, one.free.fen, one.percent) == (40_00, 60_00, 40)
        assert adds_up(one)
        assert [entry.verb for entry in history(one.subject)][:2] == [
            "money.reservation.release",
            "money.reservation.make",
        ]

    def test_a_double_click_keeps_once_and_another_amount_asks_first(self):
        one = budget()
        assert take(one, 5).pk == take(one, 5).pk
        with pytest.raises(ProblemError, match="先释放原预留"):
            take(one, 6)
        assert Reservation.objects.count() == 1

    def test_letting_go_twice_gives_back_once(self):
        one = budget(100)
        kept = take(one, 30)
        release(OFFICER, kept, "放弃")
        release(OFFICER, kept, "放弃")
        assert adds_up(one)
        assert Budget.objects.get().reserved.fen == 0

    def test_what_was_kept_past_its_day_is_let_go(self, monkeypatch):
        one = budget(100)
        take(one, 30)
        assert let_lapse() == 0
        monkeypatch.setattr(clock, "today", lambda: UNTIL + dt.timedelta(days=1))
        assert (let_lapse(), let_lapse()) == (1, 0)
        assert Reservation.objects.get().state == "lapsed"
        assert adds_up(one)

    def test_a_total_stays_above_what_is_promised(self):
        one = budget(100)
        take(one, 60)
        with pytest.raises(ProblemError, match="低于已预留"):
            change_total(OFFICER, one, one.version, Money(59), "年中调减")
        raised = change_total(OFFICER, one, one.version, Money(60), "年中调减")
        with pytest.raises(EditedMeanwhile):
            change_total(OFFICER, raised, 1, Money(90), "年中追加")
        assert adds_up(one)

    def test_a_closed_budget_promises_nothing_more(self):
        one = budget(100)
        take(one, 60)
        close_budget(OFFICER, one, one.version, "年度结束")
        with pytest.raises(ProblemError, match="关闭"):
            take(one, 1, who=2)
        assert adds_up(one)

    @pytest.mark.parametrize(
        ("fen", "reason", "until", "words"),
        [
            (0, "补助", UNTIL, "须大于0"),
            (-5, "补助", UNTIL, "须大于0"),
            (5, "", UNTIL, "没有填写"),
            (5, "补助", dt.date(2020, 1, 1), "已过"),
        ],
    )
    def test_it_refuses_what_cannot_be(self, fen, reason, until, words):
        with pytest.raises(ProblemError, match=words):
            reserve(OFFICER, budget(), "registry.organisation:1", "企业", Money(fen), reason, until)
        assert not Reservation.objects.exists()

    @pytest.mark.parametrize(
        ("name", "year", "total", "words"),
        [
            ("研发补助", 2026, 5, "已有名为"),
            ("另一笔", 1999, 5, "不是可用的年度"),
            ("另一笔", 2026, 0, "须大于0"),
        ],
    )
    def test_it_refuses_a_budget_that_cannot_be(self, name, year, total, words):
        budget()
        with pytest.raises(ProblemError, match=words):
            open_budget(OFFICER, name, year, Money(total))
        assert Budget.objects.count() == 1

    def test_the_database_stops_what_a_service_would_miss(self):
        one = budget(100)
        with pytest.raises(IntegrityError), transaction.atomic():
            Budget.objects.filter(pk=one.pk).update(reserved=101)
        with pytest.raises(IntegrityError), transaction.atomic():
            Budget.objects.filter(pk=one.pk).update(reserved=-1)


deeds = st.lists(
    st.one_of(
        st.tuples(st.just("take"), st.integers(1, 60), st.integers(1, 4)),
        st.tuples(st.just("let go"), st.integers(0, 5), st.just(0)),
        st.tuples(st.just("total"), st.integers(1, 150), st.just(0)),
    ),
    max_size=14,
)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds)
def test_any_order_of_deeds_adds_up(story):
    with transaction.atomic():
        one, kept = budget(100), []
        for number, (deed, amount, who) in enumerate(story):
            try:
                if deed == "take":
                    kept.append(take(one, amount, who, f"事由{number}"))
                elif deed == "let go" and kept:
                    release(OFFICER, kept[amount % len(kept)], "放弃")
                elif deed == "total":
                    change_total(OFFICER, one, Budget.objects.get(pk=one.pk).version, Money(amount), "调整")
            except ProblemError:
                pass
            assert adds_up(one)
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_many_hands_at_once_never_go_beyond(django_db_blocker):
    one = budget(100)

    def hand(number: int) -> bool:
        try:
            take(one, 7, number, f"第{number}笔")
        except ProblemError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(max_workers=8) as hands:
        got = list(hands.map(hand, range(40)))
    assert sum(got) == 14  # 14 × 7 = 98, and the 15th would be 105
    assert adds_up(one)
    assert Budget.objects.get().free.fen == 2


@pytest.mark.django_db
class TestPages:
    def test_an_officer_opens_changes_and_lets_go(self, client, cast):
        client.force_login(cast.officer)
        sent = client.post(
            reverse("money:budget-new"),
            {"name": "研发补助", "year": "2026", "total": "２０００万元", "source": "批复"},
        )
        one = Budget.objects.get()
        assert (sent.url, one.total.text()) == (one.get_absolute_url(), "2000万元")
        kept = take(one, 5_000_000_00)
        page = client.get(one.get_absolute_url()).content.decode()
        assert "500万元" in page
        low = client.post(
            reverse("money:budget-total", args=[one.pk]),
            {"total": "1万元", "reason": "调减", "version": one.version},
        )
        assert low.status_code == 422
        assert "低于已预留的500万元" in low.content.decode()
        assert (
            client.post(
                reverse("money:budget-new"), {"name": "x", "year": "2026", "total": "2000"}
            ).status_code
            == 422
        )
        client.post(reverse("money:release", args=[kept.pk]), {"reason": "企业放弃"})
        one.refresh_from_db()
        assert one.reserved.fen == 0

    @pytest.mark.parametrize(
        ("person", "read", "write"),
        [
            ("officer", 200, 200),
            ("leader", 200, 403),
            ("auditor", 200, 403),
            ("clerk", 403, 403),
            ("stranger", 403, 403),
        ],
    )
    def test_it_is_for_the_authority(self, client, cast, person, read, write):
        one = budget()
        kept = take(one, 5)
        client.force_login(getattr(cast, person))
        for name, words in (("budgets", []), ("budget", [one.pk])):
            assert client.get(reverse(f"money:{name}", args=words)).status_code == read
        for name, words in (("budget-new", []), ("budget-total", [one.pk]), ("release", [kept.pk])):
            assert client.get(reverse(f"money:{name}", args=words)).status_code == write
        if write == 403:
            client.post(reverse("money:release", args=[kept.pk]), {"reason": "放弃"})
            assert Reservation.objects.get().state == "held"
