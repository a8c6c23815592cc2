"""The two sheets for visitors, uploaded to the loaded district: what is known, what is new, what is wrong, cell by cell."""

from __future__ import annotations

import pytest

from huanchuang.accounts.models import User
from huanchuang.registry.models import Import, ImportRow
from huanchuang.registry.queries.imports.listing import problems_in
from huanchuang.web.demo import sheets
from huanchuang.web.demo.sheet import checked

pytestmark = pytest.mark.usefixtures("district", "db")


def outcomes(made: Import) -> dict[str, str]:
    """Title → outcome of each row."""
    rows = ImportRow.objects.filter(imported=made)
    return {row.title: row.outcome for row in rows}


@pytest.fixture
def officer():
    return User.objects.get(username="demo-officer")


def test_the_list_of_firms(officer):
    made = checked(officer, "organisation", sheets.firm_sheet(), sheets.FIRMS)
    counted = made.counts
    rows = list(sheets._firm_rows())
    assert sum(counted[one] for one in ("new", "changed", "same", "problem")) == len(rows)
    assert counted["new"] >= 6
    assert counted["changed"] + counted["same"] >= 5
    said = [problem for problems in problems_in(made) for problem in problems]
    assert {problem["field"] for problem in said} == {"uscc"}
    assert counted["problem"] >= len(sheets.WRONG_CHECKS)


def test_the_list_of_achievements(officer):
    made = checked(officer, "achievement", sheets.result_sheet(), sheets.RESULTS)
    found = outcomes(made)
    assert len(found) == len(sheets.ACHIEVEMENTS)
    assert found["耐溶剂纳滤膜及其有机溶剂回收装置"] in ("changed", "same")
    assert found["高熵合金耐蚀镀层的电沉积工艺"] == "new"
    assert found["宽谱段红外窗口增透膜"] == "problem"
    assert found["吡唑类中间体管式连续环合技术"] == "problem"
