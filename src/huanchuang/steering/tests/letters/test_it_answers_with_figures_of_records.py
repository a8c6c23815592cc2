"""The composer: figures come from records, records that change are said, figures typed by hand are answered for by name."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from huanchuang.accounts.queries import actor_of
from huanchuang.engines.kernel import Period, ProblemError
from huanchuang.facts.models import SourceKind
from huanchuang.facts.services.record import record_fact
from huanchuang.orm.models import EditedMeanwhile
from huanchuang.steering.models import Draft, HandFigure
from huanchuang.steering.queries.letters import text
from huanchuang.steering.queries.letters.citations import fact_offers, line_offers, offered_lines
from huanchuang.steering.queries.letters.desk import draft_desk
from huanchuang.steering.queries.letters.rendering import is_whole, masked, published, sheet_of
from huanchuang.steering.services.changes import adjust
from huanchuang.steering.services.letters.answering import send
from huanchuang.steering.services.letters.assigning import accept
from huanchuang.steering.services.letters.drafting import (
    Written,
    answer_for,
    begin_reply,
    begin_report,
    cite,
    put_together,
    renew,
    unanswered,
    write,
)
from huanchuang.steering.services.letters.handling import give_opinion
from huanchuang.steering.services.letters.signing import recall, send_back, sign, submit
from huanchuang.steering.services.progress import ProgressGiven, report_progress
from huanchuang.steering.tests.letters.scene import TODAY, again, part, press


def refusal(step) -> str:
    with pytest.raises(ProblemError) as refused:
        step()
    return refused.value.problems[0].code


def fresh(draft: Draft) -> Draft:
    return Draft.objects.select_related("letter", "plan", "issuer", "signer", "written_by").get(pk=draft.pk)


def typed(draft: Draft, user, body: str, mark: str = "A") -> Draft:
    draft = fresh(draft)
    return write(
        user,
        draft,
        draft.version,
        Written(draft.title, "清大函〔2026〕3号", body, mark, "联系员", "0521-6880018"),
    )


@pytest.fixture
def reported(line, cast):
    """A line with a figure, words, a difficulty and what comes next."""
    target = line("技术合同成交额")
    given = ProgressGiven(
        as_of=dt.date(2026, 5, 31), text="登记合同214份，三家机构参与。", figure=Decimal("17.4"),
        next_step="对接20家企业", difficulty="外地登记较多",
    )  # fmt: skip
    report_progress(cast.reporter, target, given, "r1")
    target.refresh_from_db()
    return target


@pytest.fixture
def composed(draft, reported, cast):
    put_together(cast.reporter, fresh(draft), [reported])
    return fresh(draft)


def test_it_begins_with_head_and_opening(draft, units):
    assert draft.title == "清溪大学关于区政协九届五次会议第0128号提案的答复函"
    assert draft.body.startswith("您提出的《关于做大技术交易的建议》（区政协九届五次会议第0128号提案）收悉。")
    assert "经会同清溪区科技局共同研究办理" in draft.body
    assert draft.issuer == units.university


def test_every_figure_of_the_first_draft_has_a_record(composed):
    assert unanswered(composed) == []
    said = {one.text: (one.source, one.as_of) for one in composed.citations.all()}
    assert said["17.4%"] == ("reached", dt.date(2026, 5, 31))
    assert said["214份"] == ("report", dt.date(2026, 5, 31))
    assert said["三家"] == ("report", dt.date(2026, 5, 31))
    assert said["30%"] == ("goal", dt.date(2025, 3, 18))
    assert "技术合同成交额" in composed.body
    assert "存在的问题" in composed.body
    assert "外地登记较多" in composed.body


def test_many_decimals_are_rounded_and_the_note_says_so(draft, line, cast):
    target = line("技术合同成交额")
    report_progress(cast.reporter, target, ProgressGiven(TODAY, "有进展", figure=Decimal("17.395304")), "r1")
    target.refresh_from_db()
    put_together(cast.reporter, fresh(draft), [target])
    cited = fresh(draft).citations.get(source="reached")
    assert cited.text == "17.4%"
    assert cited.origin.endswith("台账记17.395304%")
    assert draft_desk(cast.reporter, fresh(draft), "", writes=True).changed == []


def test_an_opinion_of_a_helper_is_cited_to_it(handled, cast, units, helper, plan):
    accept(part(handled, units.bureau), press(helper))
    give_opinion(part(handled, units.bureau), press(helper, "已设窗口3个。"))
    draft = put_together(cast.reporter, begin_reply(cast.reporter, handled), [])
    assert [(one.source, one.text) for one in draft.citations.all()] == [("opinion", "3个")]
    give_opinion(part(handled, units.bureau), press(helper, "已设窗口5个。"))
    desk = draft_desk(cast.reporter, fresh(draft), "", writes=True)
    assert [one.citation.text for one in desk.changed] == ["3个"]


def test_it_offers_the_lines_nearest_to_the_letter(draft, reported, cast):
    assert offered_lines(cast.reporter, draft)[0] == reported
    refs = {offer.ref: offer for offer in line_offers(cast.reporter, draft, "")}
    assert refs[f"reached:{reported.pk}"].text == "17.4%"
    assert refs[f"goal:{reported.pk}"].text == "30%"


def test_a_figure_goes_where_the_cursor_stood_and_never_into_another(draft, reported, cast):
    draft = typed(draft, cast.reporter, "成交额增长。")
    offer = next(one for one in line_offers(cast.reporter, draft, "") if one.source == "reached")
    cite(cast.reporter, fresh(draft), offer, at=5)
    assert fresh(draft).body == "成交额增长[[17.4%|1]]。"
    cite(cast.reporter, fresh(draft), offer, at=8)
    assert fresh(draft).body == "成交额增长[[17.4%|1]][[17.4%|2]]。"


def test_facts_of_the_district_are_offered_to_who_may_read_them(draft, cast):
    record_fact(
        actor_of(cast.officer), "district:990101", "technology-smes", Period.year(2025), Decimal(513), "家", SourceKind.REPORT
    )  # fmt: skip
    assert [offer.text for offer in fact_offers(cast.officer, "")] == ["513家"]
    assert fact_offers(cast.reporter, "") == []


def test_it_says_when_a_fact_was_corrected_and_offers_the_new_one(draft, cast):
    actor = actor_of(cast.officer)
    place = ("district:990101", "technology-smes", Period.year(2025))
    record_fact(actor, *place, Decimal(513), "家", SourceKind.REPORT)
    cite(cast.officer, fresh(draft), fact_offers(cast.officer, "")[0])
    assert draft_desk(cast.officer, fresh(draft), "", writes=True).changed == []
    record_fact(actor, *place, Decimal(515), "家", SourceKind.REPORT)
    changed = draft_desk(cast.officer, fresh(draft), "", writes=True).changed
    assert [(one.citation.text, one.now.offer.text) for one in changed] == [("513家", "515家")]
    renew(cast.officer, fresh(draft))
    assert "515家" in fresh(draft).body
    assert draft_desk(cast.officer, fresh(draft), "", writes=True).changed == []
    assert unanswered(fresh(draft)) == []


def test_a_newer_report_and_an_adjusted_goal_are_said(composed, reported, cast):
    report_progress(cast.reporter, reported, ProgressGiven(TODAY, "又有进展", figure=Decimal("19.2")), "r2")
    reported.refresh_from_db()
    adjust(cast.officer, reported, "a1", reported.version, "会议决定", due_on=None, value=Decimal(35))
    changed = {
        one.citation.text: one.now for one in draft_desk(cast.reporter, composed, "", writes=True).changed
    }
    assert changed["17.4%"].offer.text == "19.2%"
    assert (changed["30%"].offer.text, changed["30%"].offer.as_of) == ("35%", TODAY)
    assert changed["214份"].offer is None
    assert "2026-06-30" in changed["214份"].what


def test_a_new_figure_brings_its_day_along(composed, reported, cast):
    assert "截至2026年5月31日，" in composed.body
    report_progress(cast.reporter, reported, ProgressGiven(TODAY, "又有进展", figure=Decimal("19.2")), "r2")
    number = composed.citations.get(source="reached").number
    renew(cast.reporter, composed, [number])
    body = fresh(composed).body
    assert f"截至2026年6月30日，技术合同成交额增长[[19.2%|{number}]]" in body
    assert "截至2026年5月31日" not in body


@pytest.mark.parametrize(
    "words",
    [
        "新增39家企业。",
        "占比过半。",
        "建成三所学院。",
        "投入1.2亿元。",
        "增长 12.5％。",
        "翻一番。",
        "代码X7。",
        "服务二十余家。",
    ],
)
def test_a_figure_typed_by_hand_is_found(words):
    assert text.bare_figures(words, {}) != []


@pytest.mark.parametrize(
    "words",
    [
        "2026年6月30日前完成。", "依据渝科局发〔2020〕153号。", "（二）完善机制", "1.建设平台", "第0128号提案", "《十项措施（2025—2027年）》",
        "1至5月，", "一是加强领导，二是明确责任。", "联系电话：0521-68800188", "第三次会议", "十四五期间",
        "区政协九届五次会议",  "一体化推进",
    ],
)  # fmt: skip
def test_what_only_names_something_is_left_alone(words):
    assert text.bare_figures(words, {}) == []


def test_a_token_whose_words_were_changed_counts_as_typed(composed):
    cited = {one.number: one.text for one in composed.citations.all()}
    number = next(number for number, words in cited.items() if words == "17.4%")
    assert text.bare_figures(f"增长[[17.4%|{number}]]。", cited) == []
    assert [one.text for one in text.bare_figures(f"增长[[99%|{number}]]。", cited)] == ["99%"]
    assert [one.text for one in text.bare_figures("增长[[17.4%|999]]。", cited)] == ["17.4%"]


def test_a_figure_without_record_cannot_go_to_be_signed(draft, cast):
    typed(draft, cast.reporter, "走访企业36家。")
    assert (
        refusal(lambda: submit(fresh(draft), press(cast.reporter), cast.leader)) == "steering.draft.figures"
    )
    found = unanswered(fresh(draft))[0]
    assert (
        refusal(lambda: answer_for(cast.reporter, fresh(draft), found.digest, " ")) == "steering.letter.words"
    )
    answer_for(cast.reporter, fresh(draft), found.digest, "走访登记表")
    figure = HandFigure.objects.get()
    assert (figure.text, figure.by, figure.on) == ("36家", cast.reporter, TODAY)
    submit(fresh(draft), press(cast.reporter), cast.leader)
    assert again(draft.letter).state == "signing"


def test_a_figure_nobody_answered_for_never_stands_there_unmarked(draft, cast):
    typed(draft, cast.reporter, "走访企业36家。")
    sheet = sheet_of(fresh(draft))
    run = next(run for one in sheet.paragraphs for run in one.runs if run.by_hand)
    assert "没有记录，也没有人确认" in sheet.notes[run.note - 1]
    assert not sheet.is_signed


def test_a_number_may_be_given_when_it_is_sent(signing, cast):
    Draft.objects.filter(pk=signing.pk).update(number="")
    sign(fresh(signing), press(cast.leader))
    send(signing.letter, press(cast.reporter), "清大函〔2026〕9号")
    assert sheet_of(fresh(signing)).number == "清大函〔2026〕9号"
    assert is_whole(fresh(signing))


def test_an_answer_holds_for_its_sentence_only(draft, cast):
    typed(draft, cast.reporter, "走访企业36家。")
    answer_for(cast.reporter, fresh(draft), unanswered(fresh(draft))[0].digest, "走访登记表")
    typed(draft, cast.reporter, "走访企业36家。停产企业36家。走访企业38家。")
    assert [one.sentence for one in unanswered(fresh(draft))] == ["停产企业36家。", "走访企业38家。"]


def test_a_reply_needs_its_result_and_a_leader(composed, cast):
    body = composed.body
    typed(composed, cast.reporter, body, mark="")
    assert (
        refusal(lambda: submit(fresh(composed), press(cast.reporter), cast.leader)) == "steering.draft.mark"
    )
    typed(composed, cast.reporter, body)
    assert (
        refusal(lambda: submit(fresh(composed), press(cast.reporter), cast.officer))
        == "steering.draft.no_leader"
    )


def test_two_who_write_do_not_overwrite_each_other(draft, cast):
    seen = fresh(draft)
    typed(draft, cast.officer, "先写的。")
    with pytest.raises(EditedMeanwhile):
        write(cast.reporter, seen, seen.version, Written(seen.title, "", "后写的。"))
    assert fresh(draft).body == "先写的。"


@pytest.fixture
def signing(composed, cast):
    typed(composed, cast.reporter, composed.body)
    submit(fresh(composed), press(cast.reporter), cast.leader)
    return fresh(composed)


def test_only_the_leader_who_was_asked_signs_or_sends_back(signing, cast):
    for user in (cast.officer, cast.reporter, cast.auditor):
        assert refusal(lambda user=user: sign(signing, press(user))) == "steering.draft.not_signer"
    assert refusal(lambda: send_back(signing, press(cast.leader))) == "steering.letter.words"
    send_back(signing, press(cast.leader, "写明时限"))
    assert (fresh(signing).state, again(signing.letter).state) == ("writing", "handling")


def test_who_wrote_it_takes_it_back_before_it_is_signed(signing, cast, helper):
    assert refusal(lambda: recall(signing, press(helper))) == "steering.draft.state"
    recall(signing, press(cast.reporter))
    assert (fresh(signing).state, again(signing.letter).state) == ("writing", "handling")
    assert refusal(lambda: sign(fresh(signing), press(cast.leader))) == "steering.draft.state"


def test_nobody_writes_on_what_lies_with_the_leader(signing, cast):
    assert refusal(lambda: typed(signing, cast.reporter, "改一下")) == "steering.draft.closed"


def test_what_was_signed_is_sealed_and_stays(signing, reported, cast):
    sign(signing, press(cast.leader))
    sealed = fresh(signing)
    assert (sealed.state, sealed.signed_on, again(sealed.letter).state) == ("sealed", TODAY, "signed")
    before = sheet_of(sealed)
    assert f"此答复函已经{cast.leader.name}审签。" in before.closing
    assert before.dated == "2026年6月30日"
    report_progress(cast.reporter, reported, ProgressGiven(TODAY, "又有进展", figure=Decimal("19.2")), "r2")
    cast.leader.name = "改名"
    cast.leader.save()
    assert sheet_of(fresh(signing)) == before
    assert is_whole(sealed)
    sealed.sealed["title"] = "改了标题"
    assert not is_whole(sealed)


def test_every_figure_has_its_note_with_day_and_source(signing, cast):
    sign(signing, press(cast.leader))
    sheet = sheet_of(fresh(signing))
    runs = [run for one in sheet.paragraphs for run in one.runs]
    assert [run.note for run in runs if run.note] == list(range(1, len(sheet.notes) + 1))
    assert all(run.note for run in runs if run.by_hand or run.citation)
    cited = next(run for run in runs if run.text == "17.4%")
    assert "截至2026-05-31" in sheet.notes[cited.note - 1]
    assert "来源：工作台账进展填报" in sheet.notes[cited.note - 1]


def test_names_and_numbers_are_masked_on_the_screen_and_gone_from_what_is_published(draft, cast):
    typed(draft, cast.reporter, "感谢郁承泽委员。请拨打13800000121或0521-68800188。")
    whole = sheet_of(fresh(draft))
    assert whole.addressee == "郁承泽委员、苗岫云委员"
    for sheet in (masked(whole), published(whole)):
        told = f"{sheet.addressee}{sheet.contact_name}{sheet.contact_phone}" + "".join(
            run.text for one in sheet.paragraphs for run in one.runs
        )
        assert not [
            secret for secret in ("郁承泽", "苗岫云", "13800000121", "68800188", "联系员") if secret in told
        ]
    assert (published(whole).contact_name, published(whole).contact_phone) == ("", "")


def test_a_second_reply_begins_with_the_first_and_its_figures(signing, cast):
    from huanchuang.steering.services.letters.answering import do_again, note_feedback

    sign(signing, press(cast.leader))
    letter = signing.letter
    send(letter, press(cast.reporter))
    note_feedback(letter, press(cast.officer, "没有说清"), "dissatisfied", TODAY)
    do_again(letter, press(cast.officer, "请补充"), dt.date(2026, 7, 31))
    second = begin_reply(cast.reporter, again(letter))
    assert (second.round, second.state) == (2, "writing")
    assert unanswered(second) == []
    assert fresh(signing).state == "sent"


def test_a_report_of_a_half_year_counts_the_ledger_and_cites_it(plan, reported, cast):
    draft = begin_report(cast.officer, plan, Period.half(2026, 1))
    assert begin_report(cast.officer, plan, Period.half(2026, 1)) == draft
    assert unanswered(draft) == []
    sources = {one.source for one in draft.citations.all()}
    assert {"count", "reached", "goal", "report"} <= sources
    counts = {one.key: one.text for one in draft.citations.filter(source="count")}
    assert counts["all"] == f"{plan.targets.filter(review='accepted').count()}项"
    assert counts["closed"] == "0项"
    assert "一、总体进展" in draft.body
    assert (
        refusal(lambda: begin_report(cast.officer, plan, Period.half(2026, 2))) == "steering.report.not_yet"
    )
    submit(draft, press(cast.officer), cast.leader)
    sign(fresh(draft), press(cast.leader))
    assert is_whole(fresh(draft))
