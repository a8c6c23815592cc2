"""Policies beside each other: who has both and by which rule, the best of each together, groups with what keeps them out, contradictions."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from django.urls import reverse

from huanchuang.accounts.queries import actor_of
from huanchuang.audit.services import SYSTEM
from huanchuang.definitions.models import Draft
from huanchuang.definitions.services import save_draft, start_draft
from huanchuang.definitions.services.start import continued_files, moved_to
from huanchuang.engines.rules.together import BEST, BITES, ENTITLED
from huanchuang.policies.queries import groups, together
from huanchuang.policies.queries.drafted import mark_of
from huanchuang.policies.queries.library import in_force, policy_named
from huanchuang.policies.queries.outlook import outlook_of
from huanchuang.policies.queries.runs import matrix_of, result_of
from huanchuang.policies.services.runs import begin_run
from huanchuang.registry.models import Organisation
from huanchuang.registry.services import register_organisation

from .conftest import note

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 30)
HTE, ABOVE, LABEL = "qingcen.high-tech-reward", "qingcen.above-scale-reward", "qingcen.specialised-reward"
WAN = 1_000_000


def rewarded(name: str, label: str = "小巨人") -> Organisation:
    """Has a yes of three rewards of which the highest counts: 20万, 10万 and by its label."""
    one = register_organisation(
        SYSTEM, name=name, kind="company", region="990101", industry="2651", founded_on=dt.date(2015, 1, 1)
    )
    for key, value in (
        ("serious-dishonesty", "否"), ("valid-hte-certificate", "是"), ("hte-certified-on", "2025-12-01"),
        ("first-hte-certificate", "是"), ("above-scale", "是"), ("first-above-scale", "是"), ("specialised-label", label),
    ):  # fmt: skip
        note(one, key, "2025", value)
    note(one, "staff", "2025", "50", "人")
    for year in ("2024", "2025"):
        note(one, "sales-revenue", year, "3000", "万元")
    return one


@pytest.fixture
def run(cast, db):
    """Three with rewards that exclude each other, four with nothing on file."""
    for name, label in (("甲", "小巨人"), ("乙", "专精特新中小企业"), ("丙", "小巨人")):
        rewarded(f"青岑{name}奖励有限公司", label)
    for place in range(4):
        one = register_organisation(
            SYSTEM, name=f"青岑盲区{place}号农业有限公司", kind="company", region="990101", industry="0111", founded_on=dt.date(2026, 6, 1)
        )  # fmt: skip
        note(one, "staff", "2025", "10", "人")
        note(one, "tech-staff", "2025", "0", "人")
        note(one, "rd-expense", "2025", "0", "万元")
    return begin_run(cast.officer, DAY, inline=True)


def test_the_best_of_each_in_a_run_is_what_its_own_page_says(run):
    frame = result_of(run)
    for one in Organisation.objects.filter(pk__in=frame["organisation"].to_list()):
        row = frame.row(by_predicate=pl.col("organisation") == one.pk, named=True)
        found = outlook_of(one, DAY)
        due = sum(card.decision.fen or 0 for card in found.of("yes"))
        assert (row[ENTITLED], row[BEST]) == (due, found.combination.fen), one.name
        assert row[BITES] == (found.combination.fen < due)


def test_the_list_says_what_is_taken_off_and_by_which_rule(client, cast, run):
    sums = together.sums_of(run)
    assert sums.bitten == 3
    assert sums.due.fen - sums.best.fen == sums.taken.fen
    first = together.bests_of(run, together.rows_of(run, bitten=True))[0]
    assert (first.due.fen, first.best.fen) == (60 * WAN, 30 * WAN)
    assert dict(first.combination.chosen) == {LABEL: 30 * WAN}
    client.force_login(cast.officer)
    shown = client.get(reverse("policies:run-together", args=[run.pk])).content.decode()
    assert "同一年度的资质类奖励就高不重复" in shown
    sheet = client.get(reverse("policies:run-together-export", args=[run.pk, "csv"])).content.decode("utf-8-sig")  # fmt: skip
    assert "600000,300000,300000," in sheet
    own = client.get(reverse("policies:outlook", args=[first.organisation]), {"as_of": "2026-06-30"})
    assert "逐项相加是 60万元，同时享受的规则扣减 30万元" in own.content.decode()


def test_overlaps_name_the_rule_or_that_none_is_written(client, cast, run):
    pairs = {(pair.one.id, pair.other.id): pair for pair in together.overlaps_in(run)}
    pair = pairs[ABOVE, HTE]
    assert (pair.subjects, pair.one_fen, pair.other_fen) == (3, 30 * WAN, 60 * WAN)
    assert [group.rule for group in pair.rules] == ["highest", "total"]
    client.force_login(cast.officer)
    shown = client.get(reverse("policies:run-overlaps", args=[run.pk])).content.decode()
    assert "就高不重复" in shown
    both = client.get(reverse("policies:run-overlap", args=[run.pk, ABOVE, HTE])).content.decode()
    assert "青岑甲奖励有限公司" in both
    assert "青岑盲区0号农业有限公司" not in both
    for policy, other in (
        (ABOVE, ABOVE),
        (ABOVE, "national.nothing"),
        (ABOVE, "qingcen.carrier-reward"),
    ):
        missing = client.get(reverse("policies:run-overlap", args=[run.pk, policy, other]))
        assert missing.status_code == 404


def test_a_group_says_which_requirement_keeps_most_of_it_out(client, cast, run):
    frame = groups.group_in(run, {"industry": "01", "size": "20人以下"})
    assert frame.height == 4
    reached = {one.listed.id: one for one in groups.reached_in(run, frame, "", "zh")}
    subsidy = reached["qingcen.rd-subsidy"]
    assert subsidy.no == 4
    named = {one.text: (one.out, one.of) for one in subsidy.obstacles}
    assert named["上年研发费用不低于100万元"] == (4, 4)
    client.force_login(cast.officer)
    address = reverse("policies:run-group", args=[run.pk])
    shown = client.get(address, {"industry": "01", "size": "20人以下", "benefit": "subsidy"}).content.decode()
    assert "4 家中 4 家不满足" in shown
    assert "青岑盲区3号农业有限公司" in shown
    assert "青岑甲奖励有限公司" not in shown
    assert groups.group_in(run, {"industry": "01", "size": "20—99人"}).height == 0
    assert "没有这样的主体" in client.get(address, {"industry": "01", "size": "20—99人"}).content.decode()


def test_every_cell_of_the_matrix_leads_to_as_many_organisations(run):
    matrix = matrix_of(run, "industry", "age")
    cells = [cell for _, row in matrix.rows for cell in row if cell]
    assert cells
    for cell in cells:
        frame = groups.group_in(run, {"industry": cell.down, "age": cell.across})
        members = groups.members_in(run, frame, "")
        assert len(members) == cell.organisations
        assert sum(member.yes > 0 for member in members) == cell.reached
        assert sum(not member.yes and member.unknown > 0 for member in members) == cell.open


def test_policies_that_reach_nobody_say_what_most_fail(client, cast, run):
    nobody = {one.id: obstacle for one, obstacle in groups.nobody_in(run, "zh")}
    for name, obstacle in nobody.items():
        assert run.counts[name]["yes"] == run.counts[name]["unknown"] == 0
        assert obstacle is None or obstacle.out <= obstacle.of
    client.force_login(cast.officer)
    shown = client.get(reverse("policies:blind-spots", args=[run.pk])).content.decode()
    for name in nobody:
        found = policy_named(name)
        assert found is not None
        assert found.title() in shown


def test_contradictions_show_both_clauses_and_keep_the_certain_apart(client, cast):
    client.force_login(cast.officer)
    page = client.get(reverse("policies:contradictions"), {"as_of": "2026-06-30"})
    found = together.contradictions(DAY)
    assert len(page.context["certain"]) + len(page.context["look"]) == len(found)
    assert all(clash.one.policy in [one.policy for one in in_force(DAY)] for clash in found)
    for row in page.context["look"]:
        assert row["sides"][0]["title"] in page.content.decode()


def drafted(cast, edit) -> Draft:
    """The next version of a reward, as an officer writes it."""
    last = policy_named(ABOVE).version
    files = continued_files(last)
    return start_draft(
        actor_of(cast.officer), "policies", ABOVE, {**files, "policy.yaml": edit(files["policy.yaml"])}, based_on=last.digest
    )  # fmt: skip


def impossible(text: str) -> str:
    """Above the scale and without any sales at all."""
    return text.replace(
        "requirements:\n",
        "requirements:\n  - id: none\n    clause: 第九条\n    text: 没有销售收入\n    text_en: No sales\n    when: |\n"
        "      销售收入 < 0元 且 销售收入 > 1元\n",
        1,
    )


def test_a_draft_is_set_against_what_is_published_before_it_is_published(client, cast):
    before = {mark_of(clash) for clash in together.contradictions(DAY)}
    draft = drafted(cast, impossible)
    client.force_login(cast.officer)
    shown = client.get(draft.get_absolute_url()).content.decode()
    address = f"{reverse('policies:contradictions')}?draft={draft.pk}"
    assert f'href="{address}"' in shown
    page = client.get(address)
    text = page.content.decode()
    fresh = [row for row in (*page.context["certain"], *page.context["look"]) if row["is_new"]]
    assert fresh
    assert "草稿带来的" in text
    assert draft.get_absolute_url() in text
    every_row = (*page.context["certain"], *page.context["look"])
    assert all(any(side["is_draft"] for side in row["sides"]) for row in every_row)
    every = client.get(reverse("policies:contradictions"), {"drafts": "1", "as_of": "2026-06-30"})
    assert "一起比较的草稿" in every.content.decode()
    assert len(every.context["certain"]) + len(every.context["look"]) > len(before)
    plain = client.get(reverse("policies:contradictions"), {"as_of": "2026-06-30"})
    assert len(plain.context["certain"]) + len(plain.context["look"]) == len(before)
    assert {mark_of(clash) for clash in together.contradictions(DAY)} == before


def test_a_draft_with_a_mistake_is_named_and_left_out(client, cast):
    draft = drafted(cast, lambda text: text + "odd: 1\n")
    client.force_login(cast.officer)
    for given in ({"drafts": "1"}, {"draft": draft.pk}):
        assert "有 1 份草稿还有错" in client.get(reverse("policies:contradictions"), given).content.decode()


def test_a_draft_that_begins_later_is_looked_at_on_its_first_day(client, cast):
    draft = drafted(cast, lambda text: text)
    later = moved_to("policies", draft.files, dt.date(2027, 3, 1))
    save_draft(actor_of(cast.officer), draft, draft.version, later)
    client.force_login(cast.officer)
    assert client.get(reverse("policies:contradictions"), {"draft": draft.pk}).context["day"] == dt.date(
        2027, 3, 1
    )
    now = client.get(reverse("policies:contradictions"), {"drafts": "1"})
    assert "有 1 份草稿在这一天不在有效期" in now.content.decode()


def test_overlaps_take_drafts_in_when_asked(client, cast, run, monkeypatch):
    address = reverse("policies:run-overlaps", args=[run.pk])
    client.force_login(cast.officer)
    plain = client.get(address)
    pairs = {(row["pair"].one.id, row["pair"].other.id): row for row in plain.context["rows"]}
    assert pairs[ABOVE, HTE]["pair"].subjects == 3
    drafted(cast, impossible)
    with_draft = client.get(address, {"drafts": "1"})
    after = {(row["pair"].one.id, row["pair"].other.id) for row in with_draft.context["rows"]}
    assert (ABOVE, HTE) not in after  # nobody could have it any more
    assert (ABOVE, HTE) in {
        (row["pair"].one.id, row["pair"].other.id) for row in client.get(address).context["rows"]
    }
    monkeypatch.setattr("huanchuang.policies.views.overlaps.MOST", 2)
    assert "不能临时加入草稿" in client.get(address, {"drafts": "1"}).content.decode()


def test_a_draft_as_it_stands_overlaps_like_its_policy(client, cast, run):
    drafted(cast, lambda text: text)
    client.force_login(cast.officer)
    page = client.get(reverse("policies:run-overlaps", args=[run.pk]), {"drafts": "1"})
    row = next(
        row for row in page.context["rows"] if {row["pair"].one.id, row["pair"].other.id} == {ABOVE, HTE}
    )
    assert (row["pair"].subjects, row["drafted"]) == (3, True)
    assert reverse("policies:run-overlap", args=[run.pk, ABOVE, HTE]) not in page.content.decode()


def test_drafts_are_for_those_who_may_see_them(client, cast, run):
    draft = drafted(cast, impossible)
    client.force_login(cast.leader)  # sees contradictions, not drafts
    assert client.get(reverse("policies:contradictions"), {"draft": draft.pk}).status_code == 404
    every = client.get(reverse("policies:contradictions"), {"drafts": "1"}).content.decode()
    assert "也看草稿" not in every
    assert "草稿带来的" not in every
    assert "也看草稿" not in client.get(reverse("policies:run-overlaps", args=[run.pk])).content.decode()
    client.force_login(cast.administrator)  # sees drafts, not contradictions
    shown = client.get(draft.get_absolute_url())
    assert shown.status_code == 200
    assert "与已发布的对照" not in shown.content.decode()
    client.force_login(cast.officer)
    assert client.get(reverse("policies:contradictions"), {"draft": "x"}).status_code == 404
    assert client.get(reverse("policies:contradictions"), {"draft": draft.pk + 1}).status_code == 404


@pytest.mark.parametrize(("person", "status"), [("officer", 200), ("leader", 200), ("auditor", 200), ("clerk", 403), ("manager", 403)])  # fmt: skip
def test_they_are_for_the_authority(client, cast, run, person, status):
    client.force_login(getattr(cast, person))
    for name, words in (
        ("run-group", [run.pk]), ("run-together", [run.pk]), ("run-together-export", [run.pk, "csv"]), ("run-overlaps", [run.pk]),
        ("run-overlap", [run.pk, ABOVE, HTE]), ("contradictions", []),
    ):  # fmt: skip
        assert client.get(reverse(f"policies:{name}", args=words)).status_code == status, name
