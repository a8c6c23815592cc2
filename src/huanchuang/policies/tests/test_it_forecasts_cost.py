"""What a policy would cost, as it stands or with other figures: take-up named, budget beside it, whom a change moves, reproducible."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import polars as pl
import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit.models import Entry
from huanchuang.audit.services import SYSTEM
from huanchuang.definitions.services import publish, start_draft, submit
from huanchuang.engines.kernel import Money, ProblemError
from huanchuang.jobs.services import perform, work_off
from huanchuang.money.services import open_budget
from huanchuang.packs.policies.figures import rules_of
from huanchuang.policies.models import Forecast
from huanchuang.policies.queries import forecasts as known
from huanchuang.policies.queries.bands import EDGES, bands_of
from huanchuang.policies.queries.library import in_force, policy_named
from huanchuang.policies.services.answers import answer
from huanchuang.policies.services.forecasts import Asked, begin_forecast
from huanchuang.registry.services import register_organisation

from .conftest import note

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 30)
POLICY = "qingcen.rd-subsidy"
WAN = 1_000_000
SOURCE = "2025年申报台账"


def listed():
    found = policy_named(POLICY)
    assert found is not None
    return found


def key(name: str, text: str) -> str:
    return next(
        figure.key for rule in rules_of(listed().pack.content, DAY) for figure in rule.figures
        if (rule.name, figure.text) == (name, text)
    )  # fmt: skip


def claimant(name: str, rd: str, before: str, audited: bool = True):
    """A firm of the district with its R&D of two years in 万元."""
    one = register_organisation(
        SYSTEM,
        name=name,
        kind="company",
        region="990101",
        industry="2651",
        founded_on=dt.date(2015, 1, 1),
    )
    for fact, value in (("valid-technology-sme", "是"), ("serious-dishonesty", "否")):
        note(one, fact, "2025", value)
    for fact, year, value in (("rd-expense", "2025", rd), ("rd-expense", "2024", before), ("sales-revenue", "2025", "1000")):  # fmt: skip
        note(one, fact, year, value, "万元")
    note(one, "staff", "2025", "10", "人")
    if audited:
        answer(SYSTEM, one, POLICY, "audit", is_met=True, basis="看过申报表")
    return one


@pytest.fixture
def firms(db):
    """100, 60 and 300万元 of R&D; the last without the paper, so that it cannot be told."""
    return claimant("青岑甲有限公司", "100", "90"), claimant("青岑乙有限公司", "60", "50"), claimant("青岑丙有限公司", "300", "200", audited=False)  # fmt: skip


def asked(**more) -> Asked:
    return Asked(**{"as_of": DAY, "usual": "50%", "source": SOURCE, **more})


def test_entitlement_stands_apart_from_take_up_and_the_unknown_make_the_range(cast, firms):
    one = begin_forecast(cast.officer, listed(), asked(), inline=True)
    cost = one.totals["cost"]
    assert (cost["entitled"], cost["open"]) == (1, 1)
    assert (cost["least"], cost["most"]) == (5 * WAN, 20 * WAN)
    assert (cost["taken_least"], cost["taken_most"]) == (5 * WAN // 2, 10 * WAN)
    assert one.totals["moves"] == {"same": 3}


def test_other_figures_show_who_gains_and_who_loses_and_leave_the_policy_alone(cast, firms):
    changes = {key("least", "100万元"): "50万元", key("分档补助", "5%"): "4%"}
    one = begin_forecast(cast.officer, listed(), asked(changes=changes), inline=True)
    assert one.totals["moves"] == {"less": 1, "gain": 1, "same": 1}
    found = {row.organisation: row for row in known.moved_ones(one)}
    gained, less = found[firms[1].pk], found[firms[0].pk]
    assert (gained.move, gained.fen) == ("gain", 2 * WAN)
    assert [(turn.requirement, turn.before, turn.after) for turn in gained.turns] == [("least", False, True)]
    assert (less.move, less.had, less.has) == ("less", 5 * WAN, 4 * WAN)
    assert "100万元" in listed().written.requirements[2].when.text
    assert [(change["old"], change["new"]) for change in one.changes] == [("5%", "4%"), ("100万元", "50万元")]


def test_changes_stand_in_bands_of_their_amount(client, cast, firms):
    changes = {key("least", "100万元"): "50万元", key("分档补助", "5%"): "4%"}
    one = begin_forecast(cast.officer, listed(), asked(changes=changes), inline=True)
    (band,) = bands_of(one)
    assert (band.least, band.below, band.up, band.down, band.fen) == (WAN, 5 * WAN, 1, 1, WAN)
    client.force_login(cast.officer)
    address = reverse("policies:forecast-moved", args=[one.pk])
    page = client.get(address).content.decode()
    assert "1 家增加、1 家减少，应享合计增减 1万元；变化最多的一档是 1万元—5万元" in page
    assert 'data-chart="columns"' in page
    assert "data-chart" not in client.get(address, {"move": "gain"}).content.decode()
    assert bands_of(begin_forecast(cast.officer, listed(), asked(), inline=True)) == []


def test_every_change_is_in_one_band_and_empty_bands_between_stay(cast, firms, monkeypatch):
    steps = [0, 1, -1, EDGES[0] - 1, EDGES[0], -EDGES[3], 7 * EDGES[5], None]
    frame = pl.DataFrame(
        {
            "before": [1] * 8,
            "after": [1] * 8,
            "before/fen": [10**12] * 8,
            "after/fen": [None if step is None else 10**12 + step for step in steps],
        }
    )
    monkeypatch.setattr("huanchuang.policies.queries.bands.result_of", lambda _one: frame)
    bands = bands_of(Forecast())
    assert [(band.up, band.down) for band in bands] == [
        (2, 1),
        (1, 0),
        (0, 0),
        (0, 0),
        (0, 1),
        (0, 0),
        (1, 0),
    ]
    assert sum(band.fen for band in bands) == sum(step for step in steps if step is not None)


def test_groups_sum_up_to_the_whole_and_take_up_may_differ_by_group(cast, firms):
    shares = {"by": "size", "shares": {"20人以下": "80%"}}
    one = begin_forecast(cast.officer, listed(), asked(**shares), inline=True)
    assert one.totals["cost"]["taken_least"] == 4 * WAN
    for by in ("size", "industry", "region", "age", "stage"):
        whole, lines = known.lines_of(one, by)
        assert whole.cost.taken_most == sum(line.cost.taken_most for line in lines)
        assert whole.cost.subjects == one.organisations == 3


def test_it_stands_beside_the_budget_of_the_policy_and_what_is_free_of_the_year(cast, firms):
    open_budget(actor_of(cast.officer), "研发补助", 2026, Money(3 * WAN), policy=POLICY, source="批复")
    one = begin_forecast(cast.officer, listed(), asked(), inline=True)
    whole, _lines = known.lines_of(one, "size")
    stated, free = known.budgets_beside(one, whole)
    assert (stated.money, stated.verdict) == (Money(5000 * WAN), "enough")
    assert (free.verdict, free.lacking) == ("open", Money(7 * WAN))


def test_the_rules_of_another_day_can_be_put_to_the_same_organisations(cast, firms):
    one = begin_forecast(cast.officer, listed(), asked(rules_on=dt.date(2025, 2, 1)), inline=True)
    assert one.totals["moves"] == {"same": 3}
    with pytest.raises(ProblemError, match="不在有效期"):
        begin_forecast(cast.officer, listed(), asked(rules_on=dt.date(2024, 2, 1)))


def test_what_is_not_in_force_yet_is_compared_with_nothing(cast, firms):
    early = asked(as_of=dt.date(2024, 12, 31), rules_on=dt.date(2025, 1, 1))
    one = begin_forecast(cast.officer, listed(), early, inline=True)
    assert set(one.totals["moves"]) <= {"gain", "open", "same"}


def test_the_same_data_give_the_same_file_with_the_figures_it_rests_on(cast, firms):
    first, again = (begin_forecast(cast.officer, listed(), asked(), inline=True) for _ in range(2))
    assert first.file.digest == again.file.digest
    assert first.digest == listed().pack.hash
    frame = known.result_of(first)
    assert frame["rd-expense@2025"].to_list() == [100 * WAN, 60 * WAN, 300 * WAN]
    note(firms[0], "rd-expense", "2025", "500", "万元")
    assert known.result_of(first)["rd-expense@2025"].to_list() == [100 * WAN, 60 * WAN, 300 * WAN]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"usual": "150%"}, "不是0%到100%之间的比例"),
        ({"usual": "六成"}, "不是0%到100%之间的比例"),
        ({"usual": "0.6"}, "不是0%到100%之间的比例"),
        ({"by": "size", "shares": {"20人以下": "-1%"}}, "申报率 20人以下"),
        ({"source": " "}, "申报率依据"),
        ({"as_of": dt.date(1999, 1, 1)}, "不在有效期"),
        ({"changes": {"requirement-2.0": "很多"}}, "读不出这个数"),
        ({"changes": {"nothing.0": "1元"}}, "不在政策里"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_begins(cast, firms, more, why):
    with pytest.raises(ProblemError, match=why):
        begin_forecast(cast.officer, listed(), asked(**more))
    assert not Forecast.objects.exists()


def test_an_officer_asks_in_the_browser_and_takes_the_lists_away(client, cast, firms):
    client.force_login(cast.officer)
    page = reverse("policies:forecast-new", args=[POLICY])
    assert "研发费用 &gt;= " in client.get(page).content.decode()
    given = {
        "as_of": "2026-06-30",
        "usual": "60%",
        "source": SOURCE,
        "size-0": "45%",
        key("least", "100万元"): "50万元",
    }
    sent = client.post(page, given)
    one = Forecast.objects.get()
    assert sent.url == reverse("policies:forecast", args=[one.pk])
    work_off()
    shown = client.get(sent.url, {"by": "industry"}).content.decode()
    for words in (
        "60%",
        SOURCE,
        "20人以下 45%",
        "50万元",
        "政策写明的预算",
        "够用",
        "化学原料和化学制品制造业",
    ):
        assert words in shown
    moved = client.get(reverse("policies:forecast-moved", args=[one.pk])).content.decode()
    assert firms[1].name in moved
    assert "研发费用 &gt;= 50万元：不满足 → 满足" in moved
    assert firms[0].name not in moved
    sheet = reverse("policies:forecast-export", args=[one.pk, "csv"])
    assert "新增符合,不符合,符合,,30000,30000" in client.get(sheet).content.decode("utf-8-sig")
    assert "合计,3,2,1," in client.get(sheet, {"part": "groups"}).content.decode("utf-8-sig")
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(sheet.replace("csv", "xlsx")).content))
    assert book.get_sheet_by_index(0).to_python()[1][5:8] == ["", 30000.0, 30000.0]
    about = dict(book.get_sheet_by_name("说明").to_python())
    assert (about["基准日"], about["版本"]) == ("2026-06-30", f"{one.version}（{one.digest}）")
    assert Entry.objects.filter(verb="policies.forecast.start", subject=one.subject).count() == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"usual": ""}, "id_usual_error"),
        ({"usual": "2"}, "请写成 0% 到 100% 之间的比例"),
        ({"source": ""}, "id_source_error"),
        ({"size-0": "x"}, "请写成 0% 到 100% 之间的比例"),
        ({"industries": "制造业 5%"}, "读不出“制造业 5%”"),
        ({"industries": "26 50%", "size-0": "40%"}, "规模和行业只能按一种分申报率"),
        ({"requirement-2.0": "50人"}, "单位与原来的数不同"),
    ],
)
def test_a_form_with_a_mistake_keeps_what_was_typed(client, cast, given, words):
    client.force_login(cast.officer)
    usual = {"as_of": "2026-06-30", "usual": "61%", "source": SOURCE, "requirement-3.0": "2%"}
    sent = client.post(reverse("policies:forecast-new", args=[POLICY]), {**usual, **given})
    assert sent.status_code == 422
    assert words in sent.content.decode()
    assert 'value="2%"' in sent.content.decode()
    assert not Forecast.objects.exists()


def test_forecasts_are_for_the_authority_and_begun_by_an_officer(client, cast, firms):
    one = begin_forecast(cast.officer, listed(), asked(), inline=True)
    for person, may_look, may_begin in (
        ("officer", 200, 200), ("leader", 200, 403), ("auditor", 200, 403), ("clerk", 403, 403), ("manager", 403, 403),
    ):  # fmt: skip
        client.force_login(getattr(cast, person))
        for name, words in (("forecasts", []), ("forecast", [one.pk]), ("forecast-moved", [one.pk]), ("forecast-export", [one.pk, "csv"])):  # fmt: skip
            assert client.get(reverse(f"policies:{name}", args=words)).status_code == may_look, (person, name)
        assert client.get(reverse("policies:forecast-new", args=[POLICY])).status_code == may_begin
    assert Forecast.objects.count() == 1


def test_a_policy_about_nobody_in_the_register_says_so(client, cast, db):
    one = begin_forecast(cast.officer, listed(), asked(), inline=True)
    client.force_login(cast.officer)
    assert one.organisations == 0
    assert "没有可测算的主体" in client.get(reverse("policies:forecast", args=[one.pk])).content.decode()


def test_columns_of_both_versions_agree_with_what_a_run_says(cast, firms):
    from huanchuang.policies.queries.population import asked_organisations, results_of

    one = begin_forecast(cast.officer, listed(), asked(), inline=True)
    frame = known.result_of(one)
    run = results_of(asked_organisations(), in_force(DAY), DAY)
    for name in ("before", "after"):
        assert frame[name].to_list() == run[POLICY].to_list()
        assert frame[f"{name}/fen"].to_list() == run[f"{POLICY}/fen"].to_list()
    assert frame.select(pl.col("after/could")).null_count().item() == 0


def publish_next(cast) -> None:
    """Version 1.1 of the policy: half the R&D is enough."""
    first = listed()
    files = first.version.files()
    files["policy.yaml"] = files["policy.yaml"].replace("version: 1.0", "version: 1.1").replace("研发费用 >= 100万元", "研发费用 >= 50万元")  # fmt: skip
    files["cases.yaml"] = files["cases.yaml"].replace("99.999999万元", "49.999999万元", 1)
    other = User.objects.create_user(username="cast-other", name="高科长", role="officer", password="cast-pass-9x")  # fmt: skip
    draft = start_draft(actor_of(cast.officer), "policies", POLICY, files, based_on=first.pack.hash)
    waiting = submit(actor_of(cast.officer), draft, draft.version)
    publish(actor_of(other), waiting, waiting.version, "区政府会议通过")
    assert listed().policy.version == "1.1"


def test_one_that_waits_while_a_version_is_published_is_computed_as_it_was_asked(client, cast, firms):
    first = listed()
    one = begin_forecast(cast.officer, first, asked(changes={key("least", "100万元"): "60万元"}))
    publish_next(cast)
    perform(one.job.pk)
    one.refresh_from_db()
    assert (one.version, one.digest, one.organisations) == ("1.0", first.pack.hash, 3)
    assert one.totals["moves"] == {"gain": 1, "same": 2}  # against 1.0, which decided when it was asked
    client.force_login(cast.officer)
    shown = client.get(reverse("policies:forecast", args=[one.pk])).content.decode()
    assert "提交之后又发布了版本 1.1；这次测算用的是提交时的版本 1.0，不受影响。" in shown
    assert f"?version={listed().pack.hash}" in shown
    client.force_login(cast.leader)
    assert "重新测算" not in client.get(reverse("policies:forecast", args=[one.pk])).content.decode()


def test_a_form_that_was_open_while_a_version_was_published_asks_the_version_it_showed(client, cast, firms):
    first, page = listed(), reverse("policies:forecast-new", args=[POLICY])
    client.force_login(cast.officer)
    form = client.get(page)
    box = key("least", "100万元")
    typed = {name: form.context["form"][name].value() or "" for name in form.context["form"].fields}
    publish_next(cast)
    given = {
        **typed,
        "version": first.pack.hash,
        "as_of": DAY,
        "usual": "60%",
        "source": SOURCE,
        box: "60万元",
    }
    answered = client.post(page, given)
    assert answered.status_code == 302, answered.content.decode()
    one = Forecast.objects.get()
    assert (one.version, one.published) == ("1.0", "1.1")
    assert [change["new"] for change in one.changes] == ["60万元"]


def test_two_published_versions_are_compared_over_one_population(client, cast, firms):
    first = listed()
    publish_next(cast)
    one = begin_forecast(cast.officer, first, asked(), inline=True)
    assert (one.version, one.published) == ("1.0", "1.1")
    assert one.totals["moves"] == {"lose": 1, "same": 2}
    (lost,) = known.moved_ones(one)
    assert (lost.organisation, lost.fen) == (firms[1].pk, -3 * WAN)
    client.force_login(cast.officer)
    shown = client.get(reverse("policies:forecast", args=[one.pk])).content.decode()
    assert "版本 1.0 与现行版本 1.1 相比" in shown
    page = reverse("policies:forecast-new", args=[POLICY])
    boxes = client.get(page, {"version": first.pack.hash}).content.decode()
    assert 'value="100万元"' in boxes
    assert 'value="50万元"' in client.get(page).content.decode()
    assert client.get(page, {"version": "0" * 64}).status_code == 404
    assert client.get(page, {"version": policy_named("national.technology-sme").pack.hash}).status_code == 404
