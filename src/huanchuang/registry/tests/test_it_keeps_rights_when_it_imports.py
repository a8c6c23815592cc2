"""Who may import what, and what nobody learns by an import."""

import pytest
from django.urls import reverse

from huanchuang.audit.services import SYSTEM
from huanchuang.orm.deeds import table
from huanchuang.registry.models import Need
from huanchuang.registry.queries.imports.listing import may_read_import, visible_imports
from huanchuang.registry.queries.kinds import KINDS, kind_named
from huanchuang.registry.services import register

from .sheets import begun, checked, outcomes, taken, told

pytestmark = pytest.mark.django_db
NEEDS = ["需求名称", "需求单位", "需求类别", "需求详情"]
ACHIEVEMENTS = ["成果名称", "完成单位", "成果简介"]


def test_every_kind_has_its_deed():
    deeds = table()
    units = ("clerk", "officer", "reporter")
    assert {kind: tuple(sorted(deeds[f"registry.{kind}.import"])) for kind in KINDS} == {
        "organisation": ("officer",),
        **dict.fromkeys(("person", "achievement", "patent", "need", "equipment"), (*units, "researcher")),
        **dict.fromkeys(("service", "finance-product", "space"), units),
        "document": ("officer", "reporter"),
    }  # fmt: skip


def test_a_clerk_imports_for_the_own_unit(people, firm):
    done = taken(people.clerk, "need", [NEEDS, ["降噪", "岑科新材", "技术需求", "很吵"]])
    assert (told(done), Need.objects.get().owner) == ([], firm)


def test_a_clerk_cannot_import_for_another_unit(people, bureau):
    head, refused = (
        NEEDS,
        "B2（需求单位）：不是您所在的单位。只能导入本单位的记录，请改为本单位的名称或删去这一行",
    )
    assert told(checked(people.clerk, "need", [head, ["降噪", bureau.name, "技术需求", None]])) == [refused]
    assert told(checked(people.clerk, "need", [head, ["降噪", "查无此单位", "技术需求", None]])) == [refused]


def test_a_clerk_must_say_the_unit(people, firm):
    assert told(
        checked(people.clerk, "patent", [["专利名称", "专利类型", "法律状态"], ["一种泵", "发明", "有效"]])
    ) == ["第2行（权利人）：没有写是哪个单位的。请填写本单位的名称"]


def test_a_clerk_cannot_change_what_is_anothers(people, firm, bureau):
    patent = kind_named("patent")
    register(
        SYSTEM,
        patent,
        {
            "title": "一种泵",
            "number": "201710601862.3",
            "kind": "invention",
            "state": "granted",
            "owner": bureau,
        },
    )
    head = ["专利名称", "专利号", "专利类型", "法律状态", "权利人"]
    found = checked(people.clerk, "patent", [head, ["另一种泵", "201710601862.3", "发明", "有效", firm.name]])
    assert told(found) == ["A2（名称）：登记簿里已有这条记录，您不能修改。请删去这一行，或联系记录所属的单位"]
    assert not found.rows.get().before


def test_confidential_achievements_of_others_are_never_told(people, firm, bureau):
    """The same words come back whether it is there or not, and the other one stays as it is."""
    hidden = register(
        SYSTEM,
        kind_named("achievement"),
        {"title": "新型涂层", "owner": bureau, "summary": "机密", "is_confidential": True},
    )
    rows = [ACHIEVEMENTS, ["新型涂层", bureau.name, "别的内容"], ["平常成果", bureau.name, "内容"]]
    found = checked(people.officer, "achievement", rows)
    assert (outcomes(found), told(found)) == (["new", "new"], [])
    assert [row.possible for row in found.rows.all()] == [[], []]
    hidden.refresh_from_db()
    assert hidden.summary == "机密"
    own = checked(people.reporter, "achievement", rows)
    assert outcomes(own) == ["changed", "new"]


def test_a_number_that_is_taken_in_secret_is_not_told(people, firm, bureau):
    achievement = register(
        SYSTEM, kind_named("achievement"), {"title": "新型涂层", "owner": bureau, "is_confidential": True}
    )
    secret = {"title": "涂层", "number": "201710601862.3", "kind": "invention", "state": "pending"}
    register(SYSTEM, kind_named("patent"), {**secret, "owner": bureau, "achievement": achievement})
    head = ["专利名称", "专利号", "专利类型", "法律状态", "权利人"]
    done = taken(people.clerk, "patent", [head, ["一种泵", "201710601862.3", "发明", "有效", firm.name]])
    assert (outcomes(done), told(done)) == (["new"], [])


def test_imports_are_seen_by_whoever_made_them_and_by_fellow_officers(people, firm):
    own = begun(people.clerk, "need", [NEEDS, ["降噪", firm.name, "技术需求", None]])
    office = begun(people.officer, "need", [NEEDS, ["降噪", firm.name, "技术需求", None]])
    private = begun(people.officer, "achievement", [ACHIEVEMENTS, ["涂层", firm.name, None]])
    assert set(visible_imports(people.clerk)) == {own}
    assert set(visible_imports(people.officer)) == {office, private}
    assert not visible_imports(people.stranger).exists()
    from huanchuang.accounts.models import User

    colleague = User.objects.create_user(
        username="second-officer", name="同事", role="officer", password="cast-pass-9x"
    )
    assert set(visible_imports(colleague)) == {office}
    assert (may_read_import(people.clerk, own.subject), may_read_import(people.officer, own.subject)) == (
        True,
        False,
    )


@pytest.mark.parametrize("page", ["import", "import-columns", "import-undo", "import-bad"])
def test_nobody_else_opens_its_pages(page, people, firm, client):
    own = begun(people.clerk, "need", [NEEDS, ["降噪", firm.name, "技术需求", None]])
    client.force_login(people.officer)
    assert client.get(reverse(f"registry:{page}", args=[own.pk])).status_code == 404
    client.force_login(people.leader)
    assert client.get(reverse(f"registry:{page}", args=[own.pk])).status_code == 403


def test_a_clerk_has_no_page_to_import_organisations(people, client):
    client.force_login(people.clerk)
    assert client.get(reverse("registry:import-new", args=["organisation"])).status_code == 403
    assert client.get(reverse("registry:import-new", args=["need"])).status_code == 200
    assert client.get(reverse("registry:import-new", args=["nonsense"])).status_code == 404


def test_people_of_other_units_are_not_told_by_an_import(people, firm, bureau):
    """A clerk of the firm who is known to the bureau only: the row is new, and nothing of the other is shown."""
    register(
        SYSTEM,
        kind_named("person"),
        {"name": "周云", "unit": bureau, "roles": ["clerk"], "phone": "13800000009"},
    )
    found = checked(
        people.clerk,
        "person",
        [["姓名", "单位", "身份", "手机"], ["周云", firm.name, "经办人", "13800000009"]],
    )
    assert (outcomes(found), found.rows.get().possible) == (["new"], [])
