"""Parts beside the whole, who answers in person, and a task as far as its weighted parts are."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.engines.kernel import ProblemError, WorkCalendar
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.steering.models import SplitWay, Target
from huanchuang.steering.queries.light import Colour, light_by_parts
from huanchuang.steering.queries.parts import parts_of
from huanchuang.steering.queries.rollup import Piece, roll_up, weights
from huanchuang.steering.queries.split import Part, split
from huanchuang.steering.queries.standing import light_of, lit_of
from huanchuang.steering.queries.typed import Standing
from huanchuang.steering.services.progress import ProgressGiven, report_progress
from huanchuang.steering.services.split import PortionGiven, set_duties, set_portions, set_weights

DAY = dt.date(2026, 6, 30)
CALENDAR = WorkCalendar({}, frozenset())
shares = st.none() | st.fractions(0, 1, max_denominator=50)
pieces = st.lists(st.builds(Piece, weight=st.decimals(0, 100, places=2), done=shares), min_size=1, max_size=8)


@given(pieces)
def test_weights_are_normalised_and_progress_lies_between_nothing_and_all(found):
    assert sum(weights(found)) == 1
    assert min(weights(found)) >= 0
    rolled = roll_up(found)
    assert 0 <= rolled.low <= rolled.high <= 1
    assert (rolled.value is None) == (rolled.low != rolled.high)
    if all(piece.done is not None for piece in found):
        assert rolled.low == rolled.high


@given(pieces, st.randoms())
def test_the_order_of_parts_and_the_scale_of_weights_do_not_matter(found, chance):
    mixed = [Piece(piece.weight * 7, piece.done) for piece in found]
    chance.shuffle(mixed)
    assert roll_up(mixed) == roll_up(found)


@given(pieces, st.data())
def test_a_part_that_moves_on_never_sets_the_whole_back(found, data):
    place = data.draw(st.integers(0, len(found) - 1))
    before = found[place].done
    better = data.draw(st.fractions(0 if before is None else before, 1, max_denominator=50))
    after = [*found[:place], Piece(found[place].weight, better), *found[place + 1 :]]
    first, then = roll_up(found), roll_up(after)
    assert then.low >= first.low
    assert then.high <= first.high if before is None else then.high >= first.high


@given(pieces)
def test_settling_what_was_unknown_stays_within_the_bounds(found):
    for settled in (Fraction(0), Fraction(1, 3), Fraction(1)):
        known = [piece if piece.done is not None else Piece(piece.weight, settled) for piece in found]
        assert roll_up(found).low <= roll_up(known).value <= roll_up(found).high


def test_nothing_has_no_progress():
    assert roll_up([]) is None


def test_a_task_with_unknown_parts_is_judged_only_as_far_as_is_certain():
    task = Standing("in_progress", dt.date(2026, 12, 31), dt.date(2025, 1, 1))

    def colour(*done: Fraction | None) -> tuple[Colour, str]:
        lamp = light_by_parts(task, roll_up([Piece(1, one) for one in done]), DAY, CALENDAR)
        return lamp.colour, lamp.reason

    assert colour(Fraction(3, 4), Fraction(3, 4))[0] == Colour.GREEN
    assert colour(Fraction(1, 10), Fraction(2, 10), Fraction(1, 10), None) == (Colour.RED, "far_behind")
    assert colour(Fraction(3, 4), None) == (Colour.GREY, "parts_unknown")
    late = light_by_parts(task, roll_up([Piece(1, None)]), dt.date(2027, 1, 1), CALENDAR)
    assert (late.colour, late.reason) == (Colour.RED, "late")
    assert colour(Fraction(1), Fraction(1)) == (Colour.GREEN, "reached")


parts = st.lists(
    st.builds(Part, unit=st.integers(1, 4), year=st.integers(2025, 2028), value=st.decimals(0, 99, places=1)),
    min_size=1,
    unique_by=lambda part: (part.unit, part.year),
)


@given(parts, st.decimals(0, 500, places=1), st.sampled_from(["flow", "stock"]))
def test_allotted_and_gap_make_the_whole(found, whole, way):
    known = split(found, whole, way, adds=True)
    assert known.allotted + known.gap == whole
    assert sum(known.by_year.values()) == sum(part.value for part in found)
    assert split(found, whole, way, adds=False).gap is None


def test_levels_count_in_the_last_year_and_additions_in_every_year():
    found = [Part(1, 2025, Decimal(3)), Part(1, 2026, Decimal(5)), Part(2, 2026, Decimal(2))]
    assert split(found, Decimal(10), "flow", adds=True).gap == 0
    assert split(found, Decimal(10), "stock", adds=True).gap == 3


@pytest.fixture
def counted(line) -> Target:
    return line("服务项目")


def parted(cast, counted, units, *values) -> Target:
    given = [
        PortionGiven(unit, 2026, Decimal(value))
        for unit, value in zip((units.university, units.bureau), values, strict=False)
    ]
    return set_portions(cast.officer, counted, counted.version, SplitWay.FLOW, given)


def test_the_whole_is_what_units_reported_and_unknown_until_all_have(cast, counted, units):
    Target.objects.filter(pk=counted.pk).update(recurring="", due_on=dt.date(2026, 12, 31))
    counted.refresh_from_db()
    parted(cast, counted, units, 12, 6)
    report_progress(cast.reporter, counted, ProgressGiven(DAY, "进展", figure=Decimal(9)), "r1")
    counted.refresh_from_db()
    assert (counted.reached, counted.parts_missing) == (9, 1)
    assert light_of(counted, DAY).reason == "units_missing"
    report_progress(cast.reporter, counted, ProgressGiven(DAY, "进展", figure=Decimal(21)), "r2")
    assert light_of(again(counted), DAY).reason == "reached"
    assert parts_of(again(counted), DAY).whole.gap == 2


def again(target: Target) -> Target:
    return Target.objects.select_related("plan").get(pk=target.pk)


def test_the_figure_of_a_split_target_is_for_its_units_alone(cast, counted, units):
    parted(cast, counted, units, 20)
    with pytest.raises(ProblemError, match="由各单位填报"):
        report_progress(cast.officer, counted, ProgressGiven(DAY, "进展", figure=Decimal(9)), "r1")
    report_progress(cast.officer, counted, ProgressGiven(DAY, "只有文字"), "r2")
    set_portions(cast.officer, again(counted), again(counted).version, SplitWay.FLOW, [])
    assert again(counted).split_way == ""


def test_a_split_on_an_old_picture_and_by_a_unit_is_refused(cast, counted, units, line):
    with pytest.raises(EditedMeanwhile):
        set_portions(
            cast.officer,
            counted,
            counted.version + 1,
            SplitWay.FLOW,
            [PortionGiven(units.bureau, 2026, Decimal(1))],
        )
    with pytest.raises(ProblemError, match="主管科室"):
        set_portions(cast.reporter, counted, counted.version, SplitWay.FLOW, [])
    target = line("中试平台管理办法")
    with pytest.raises(ProblemError, match="没有目标值"):
        set_portions(
            cast.officer,
            target,
            target.version,
            SplitWay.FLOW,
            [PortionGiven(units.bureau, 2026, Decimal(1))],
        )


def test_people_answer_beside_units_and_weights_move_the_task(cast, line, counted):
    task = counted.parent
    duty = counted.responsibilities.first()
    assert set_duties(cast.officer, counted, {duty.pk: ("江副院长", " 夏老师 ")}) == 1
    assert set_duties(cast.officer, counted, {duty.pk: ("江副院长", "夏老师")}) == 0
    document = line("中试平台管理办法")
    report_progress(cast.reporter, document, ProgressGiven(DAY, "起草", 50), "r1")
    report_progress(cast.reporter, counted, ProgressGiven(DAY, "服务", figure=Decimal(20)), "r2")
    assert lit_of(again(task), DAY).rolled.value == Fraction(3, 4)
    assert set_weights(cast.officer, task, {counted.pk: Decimal(3), document.pk: Decimal(1)}) == 1
    assert lit_of(again(task), DAY).rolled.value == Fraction(7, 8)
    with pytest.raises(ProblemError, match="全部为零"):
        set_weights(cast.officer, task, {counted.pk: Decimal(0), document.pk: Decimal(0)})


def test_the_pages_split_weigh_and_name(client, cast, counted, units):
    client.force_login(cast.officer)
    address = reverse("steering:split", args=[counted.pk])
    assert "清溪大学" in client.get(address).content.decode()
    name = f"v-{units.university.pk}-2026"
    wrong = client.post(address, {"version": counted.version, "way": "flow", name: "十二"})
    assert wrong.status_code == 422
    assert "十二" in wrong.content.decode()
    assert client.post(address, {"version": counted.version, "way": "flow", name: "12"}).status_code == 302
    page = client.get(reverse("steering:target", args=[counted.pk])).content.decode()
    assert "还差8个没有分解" in page
    duty = counted.responsibilities.first()
    client.post(reverse("steering:duties", args=[counted.pk]), {f"leader-{duty.pk}": "江副院长"})
    assert "江副院长" in client.get(reverse("steering:target", args=[counted.pk])).content.decode()
    client.post(reverse("steering:weigh", args=[counted.parent_id]), {f"weight-{counted.pk}": "2.5"})
    assert again(counted).weight == Decimal("2.5")
    client.force_login(cast.reporter)
    assert client.post(address, {name: "12"}).status_code == 403
