"""Split, merge, add: the officer gives the lines the shape they should have; each keeps its sentence."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from huanchuang.audit.models import Entry
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.steering.models import DeskDeed, Review, Target
from huanchuang.steering.queries.shapes import addition, find, offered, parts_of, passage_in, suggested_parts
from huanchuang.steering.services.plan import upload_plan
from huanchuang.steering.services.review import decide, put_in_force
from huanchuang.steering.services.shaping import add, divide, merge

PLAN = """清溪区中试体系建设方案
一、主要任务
（一）建设中试体系。到2027年，新建中试平台3个，服务企业90家。（清溪区科技局牵头，清溪大学配合）
（二）培育企业。到2027年，服务企业达到90家。建立月度例会制度，形成问题清单。（清溪大学牵头）
清溪区人民政府
2026年3月18日
"""


@pytest.fixture
def desk(cast, units):
    return upload_plan(cast.officer, PLAN.encode(), "中试.txt", inline=True)


def named(plan, word):
    return plan.targets.select_related("plan", "item").get(name__contains=word)


def test_a_line_is_split_into_its_passages_and_each_keeps_its_words(cast, desk):
    task = named(desk, "建设中试体系")
    parts = parts_of(task, ["新建中试平台3个", "服务企业90家"])
    made = divide(cast.officer, task, task.version, parts)
    assert [line.name for line in made] == ["新建中试平台3个", "服务企业90家"]
    for line in made:
        line.refresh_from_db()
        assert desk.text[line.start : line.end] == line.quote
        assert (line.review, line.corrected, line.due_on) == ("proposed", True, dt.date(2027, 12, 31))
        assert [duty.unit for duty in line.responsibilities.all()] == ["清溪区科技局", "清溪大学"]
    assert made[0].pk == task.pk
    positions = list(desk.targets.values_list("position", flat=True))
    assert len(positions) == len(set(positions))
    assert Entry.objects.filter(verb="steering.reading.divide").exists()


def test_figures_of_the_parts_are_read_anew(cast, desk):
    figure = named(desk, "中试平台")
    made = divide(cast.officer, figure, figure.version, parts_of(figure, ["新建中试平台3个", "服务企业90家"]))
    assert [(line.value, line.unit, line.kind) for line in made] == [(3, "个", "count"), (90, "家", "count")]


def test_lines_below_a_split_task_go_to_the_part_they_stand_in(cast, desk):
    task = named(desk, "建设中试体系")
    divide(cast.officer, task, task.version, parts_of(task, ["新建中试平台3个", "服务企业90家"]))
    below = Target.objects.get(plan=desk, value=90, parent__name="服务企业90家")
    assert below.quote.endswith("90家")


def test_a_passage_that_does_not_stand_there_is_named(desk):
    with pytest.raises(ProblemError, match="第2段“新建医院”"):
        parts_of(named(desk, "建设中试体系"), ["新建中试平台3个", "新建医院"])


def test_the_pieces_of_a_sentence_are_offered(desk):
    assert suggested_parts(named(desk, "中试平台"))[:2] == ["到2027年", "新建中试平台3个"]


def test_one_part_is_no_split(cast, desk):
    task = named(desk, "建设中试体系")
    with pytest.raises(ProblemError, match="至少两行"):
        divide(cast.officer, task, task.version, parts_of(task, ["新建中试平台3个"]))


def two_same(desk):
    return list(desk.targets.filter(name__contains="企业", value=90).order_by("position"))


def as_two_lines(cast, desk):
    """The reader knows that both places state one target; here it did not."""
    first = desk.targets.get(value=90)
    other = add(
        cast.officer, desk, addition(desk, *_place(desk, "服务企业90家")), "t", {"name": "服务企业", "kind": "count", "value": 90}, "清溪区科技局", "无名办"
    )  # fmt: skip
    return first, other


def _place(plan, words):
    return find(plan.text, words, 0, len(plan.text))


def test_merging_keeps_every_place_and_every_unit_and_can_be_taken_back(cast, desk):
    kept, other = as_two_lines(cast, desk)
    before = [duty.unit for duty in kept.responsibilities.all()]
    merge(cast.officer, desk, kept.pk, {kept.pk: kept.version, other.pk: other.version})
    kept.refresh_from_db()
    other.refresh_from_db()
    assert other.review == Review.REJECTED
    assert {"start": other.start, "end": other.end, "text": other.quote} in kept.also
    assert {"清溪区科技局", "无名办"} <= {duty.unit for duty in kept.responsibilities.all()}
    decide(cast.officer, desk, [other.pk], Review.PROPOSED)
    kept.refresh_from_db()
    other.refresh_from_db()
    assert other.review == Review.PROPOSED
    assert all(place["start"] != other.start for place in kept.also)
    assert [duty.unit for duty in kept.responsibilities.all()] == before


def test_a_merged_line_does_not_enter_the_ledger(cast, desk):
    kept, other = as_two_lines(cast, desk)
    merge(cast.officer, desk, kept.pk, {kept.pk: kept.version, other.pk: other.version})
    put_in_force(cast.officer, desk, accept_rest=True)
    assert desk.targets.filter(review=Review.ACCEPTED, pk__in=[kept.pk, other.pk]).get() == kept


def test_merging_what_somebody_else_changed_does_nothing(cast, desk, second_officer):
    kept, other = as_two_lines(cast, desk)
    seen = {kept.pk: kept.version, other.pk: other.version}
    decide(second_officer, desk, [kept.pk], Review.ACCEPTED)
    with pytest.raises(EditedMeanwhile):
        merge(cast.officer, desk, kept.pk, seen)
    other.refresh_from_db()
    assert other.review == Review.ACCEPTED


def test_selected_words_are_offered_as_the_reader_reads_them(desk):
    place = addition(desk, *_place(desk, "新建中试平台3个"))
    found = offered(desk, place)
    assert (found.name, found.value, found.unit, found.due_on) == (
        "新建中试平台",
        3,
        "个",
        dt.date(2027, 12, 31),
    )
    assert (found.lead, found.co) == ("清溪区科技局", "清溪大学")
    words = offered(desk, addition(desk, *_place(desk, "建立月度例会制度")))
    assert (words.name, words.kind, words.lead) == ("建立月度例会制度", "task", "清溪大学")


def test_an_added_line_is_accepted_once_and_hangs_below_its_task(cast, desk):
    place = addition(desk, *_place(desk, "建立月度例会制度"))
    values = {"name": "建立月度例会制度", "kind": "qualitative"}
    line = add(cast.officer, desk, place, "same", values, "清溪大学", "")
    assert add(cast.officer, desk, place, "same", values, "清溪大学", "") == line
    assert (line.review, line.quote, line.parent.name) == ("accepted", "建立月度例会制度", "培育企业")
    following = desk.targets.filter(start__gt=line.start).values_list("position", flat=True)
    assert all(position > line.position for position in following)


def test_an_empty_selection_is_refused_in_words(desk):
    with pytest.raises(ProblemError, match="选中一句话"):
        addition(desk, 5, 5)
    with pytest.raises(ProblemError, match="选中一句话"):
        addition(desk, 0, len(desk.text) + 4)


def test_a_copied_passage_is_found_across_line_breaks_and_must_stand_once(desk):
    assert passage_in(desk, "建立月度\n例会制度") == _place(desk, "建立月度例会制度")
    with pytest.raises(ProblemError, match="不止一处"):
        passage_in(desk, "到2027年")
    with pytest.raises(ProblemError, match="找不到"):
        passage_in(desk, "建设机场")


def test_each_works_by_plain_forms(client, cast, desk):
    client.force_login(cast.officer)
    task = named(desk, "建设中试体系")
    page = client.get(reverse("steering:divide", args=[task.pk]))
    assert "每行一段" in page.content.decode()
    sent = {"version": task.version, "parts": "新建中试平台3个\n服务企业90家"}
    assert client.post(reverse("steering:divide", args=[task.pk]), sent).url == reverse(
        "steering:review", args=[desk.pk]
    )

    answer = client.post(reverse("steering:add", args=[desk.pk]), {"passage": "建立月度例会制度"})
    form = client.get(answer.url).context["form"]
    values = {name: "" if value is None else value for name, value in form.initial.items()}
    client.post(answer.url, values)
    assert desk.targets.get(quote="建立月度例会制度").review == Review.ACCEPTED

    ids = [line.pk for line in desk.targets.exclude(review=Review.REJECTED)[:2]]
    answer = client.post(reverse("steering:decide", args=[desk.pk]), {"deed": "merge", "chosen": ids})
    page = client.get(answer.url)
    versions = {f"v{line.target.pk}": line.target.version for line in page.context["lines"]}
    client.post(reverse("steering:merge", args=[desk.pk]), {"chosen": ids, "keep": ids[0], **versions})
    assert Target.objects.get(pk=ids[1]).absorbed.into_id == ids[0]


def test_a_wrong_split_says_which_passage_and_keeps_what_was_typed(client, cast, desk):
    client.force_login(cast.officer)
    task = named(desk, "建设中试体系")
    sent = {"version": task.version, "parts": "新建中试平台3个\n新建医院"}
    page = client.post(reverse("steering:divide", args=[task.pk]), sent)
    assert page.status_code == 422
    assert "第2段“新建医院”" in page.content.decode()
    assert "新建中试平台3个\n新建医院" in page.content.decode()


@pytest.mark.parametrize("name", ["reporter", "clerk", "leader", "auditor", "reviewer"])
def test_nobody_but_an_officer_may_shape_a_line(client, cast, desk, name):
    client.force_login(getattr(cast, name))
    task = named(desk, "建设中试体系")
    for page, number in (
        ("divide", task.pk),
        ("merge", desk.pk),
        ("add", desk.pk),
        ("desk_text", desk.pk),
        ("desk_news", desk.pk),
    ):
        assert client.get(reverse(f"steering:{page}", args=[number])).status_code == 403, page
    sent = {"version": task.version, "parts": "新建中试平台3个\n服务企业90家"}
    assert client.post(reverse("steering:divide", args=[task.pk]), sent).status_code == 403
    assert not DeskDeed.objects.exists()


def test_a_plan_in_force_is_no_longer_shaped(client, cast, desk):
    task = named(desk, "建设中试体系")
    put_in_force(cast.officer, desk, accept_rest=True)
    client.force_login(cast.officer)
    leads_away = reverse("steering:plan", args=[desk.pk])
    for page, number in (("divide", task.pk), ("merge", desk.pk), ("add", desk.pk)):
        assert client.get(reverse(f"steering:{page}", args=[number])).url == leads_away
    with pytest.raises(ProblemError, match="不能复核"):
        add(cast.officer, desk, addition(desk, 0, 4), "x", {"name": "清溪", "kind": "task"}, "", "")
