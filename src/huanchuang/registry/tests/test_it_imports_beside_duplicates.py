"""What people said about duplicates holds for sheets too: merged entries are met by their old names, doubtful rows are compared."""

import pytest

from huanchuang.audit.services import SYSTEM
from huanchuang.registry.models import Candidate, Organisation
from huanchuang.registry.queries.kinds import ORGANISATION
from huanchuang.registry.services import register
from huanchuang.registry.services.sameness import judge, merge

from .sheets import firms, outcomes, taken, told, undone, uscc

pytestmark = pytest.mark.django_db
HEAD = ["企业名称", "统一社会信用代码", "单位性质", "地址"]


@pytest.fixture
def double(firm):
    """The firm under another name, registered a second time."""
    return register(
        SYSTEM,
        ORGANISATION,
        {"name": "岑科新材料科技有限公司", "kind": "company", "uscc": uscc(77), "address": "学府路7号"},
    )


def test_a_sheet_from_before_a_merge_changes_nothing(cast, firm, double):
    rows = [HEAD, [double.name, uscc(77), None, "学府路7号"]]
    assert outcomes(taken(cast.officer, "organisation", rows)) == ["same"]
    merge(SYSTEM, firm, double, {}, "同一家")
    again = taken(cast.officer, "organisation", rows)
    assert (outcomes(again), told(again)) == (["same"], [])
    assert again.rows.get().subject_of == firm.subject


def test_what_a_sheet_says_anew_goes_to_the_entry_that_was_kept(cast, firm, double):
    merge(SYSTEM, firm, double, {}, "同一家")
    done = taken(cast.officer, "organisation", [HEAD, [double.name, uscc(77), None, "学府路99号"]])
    assert outcomes(done) == ["changed"]
    firm.refresh_from_db()
    assert (firm.address, firm.name) == ("学府路99号", "云澜岑科新材料有限责任公司")
    undone(cast.officer, done)
    firm.refresh_from_db()
    assert firm.address != "学府路99号"


def test_two_that_are_different_stay_two(cast, firm, double):
    judge(SYSTEM, firm, double, "different", "两家独立法人")
    rows = [HEAD, [firm.name, firm.uscc.text, None, "甲路1号"], [double.name, uscc(77), None, "乙路2号"]]
    done = taken(cast.officer, "organisation", rows)
    assert (outcomes(done), [row.possible for row in done.rows.all()]) == (["changed", "changed"], [[], []])
    assert Organisation.objects.get(pk=double.pk).address == "乙路2号"


def test_a_doubtful_row_that_was_taken_is_put_forward_to_be_compared(cast, firm):
    done = taken(cast.officer, "organisation", [HEAD, ["岑科材料", None, "企业", None]], with_possible=True)
    made = Organisation.objects.get(name="岑科材料")
    pair = Candidate.objects.get()
    assert {pair.one, pair.other} == {firm.subject, made.subject}
    undone(cast.officer, done)
    assert not Candidate.objects.exists()


def test_an_entry_that_was_merged_since_is_kept_by_the_undo(cast, firm):
    done = taken(cast.officer, "organisation", firms(2))
    one, _other = Organisation.objects.exclude(pk=firm.pk).order_by("pk")
    merge(SYSTEM, firm, one, {}, "同一家")
    back = undone(cast.officer, done)
    assert back.counts["kept"] == 1
    assert set(Organisation.objects.all()) == {firm, one}
