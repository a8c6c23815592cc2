"""An import is taken back as one: what it made goes away, what it changed returns, what others rely on since is kept."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huanchuang.accounts.queries import actor_of
from huanchuang.audit.models import Entry as AuditEntry
from huanchuang.audit.services import SYSTEM
from huanchuang.registry.models import Import, ImportRow, NameKey, Need, Organisation, Revision
from huanchuang.registry.queries.kinds import ORGANISATION
from huanchuang.registry.services import change, register, relate
from huanchuang.registry.services.imports import run

from .sheets import checked, firms, taken, undone, uscc

pytestmark = pytest.mark.django_db
VALUES = [
    "name",
    "short_name",
    "aliases",
    "kind",
    "uscc",
    "region",
    "founded_on",
    "address",
    "parent_id",
    "search_text",
    "name_key",
]


def state() -> tuple[list, list]:
    """What the register holds of organisations, without who confirmed it when."""
    return (
        list(Organisation.objects.order_by("pk").values("pk", *VALUES)),
        sorted(NameKey.objects.values_list("organisation_id", "key", "rank")),
    )


def test_what_it_made_goes_away(cast):
    done = taken(cast.officer, "organisation", firms(3))
    back = undone(cast.officer, done)
    assert (back.state, back.counts["undone"], back.counts["kept"]) == ("undone", 3, 0)
    assert (Organisation.objects.count(), NameKey.objects.count()) == (0, 0)


def test_what_it_changed_returns(cast, firm):
    before = state()
    rows = [
        ["统一社会信用代码", "企业名称", "地址", "成立日期", "简称"],
        [firm.uscc.text, "云澜岑科先进材料有限公司", "学府路9号", "2016-01-01", "岑科先进"],
    ]
    done = taken(cast.officer, "organisation", rows)
    assert state() != before
    undone(cast.officer, done)
    assert state() == before
    assert list(Revision.objects.values_list("deed", flat=True)) == ["register", "import", "undo"]


def test_it_is_told_to_the_trail(cast):
    back = undone(cast.officer, taken(cast.officer, "organisation", firms(2)))
    entry = AuditEntry.objects.get(verb="registry.import.undo")
    assert (entry.subject, entry.actor_name) == (back.subject, cast.officer.name)
    assert '"count":2' in entry.after


def test_what_somebody_changed_since_is_kept_and_listed(cast):
    done = taken(cast.officer, "organisation", firms(2))
    first = Organisation.objects.order_by("pk").first()
    change(actor_of(cast.reporter), first, first.version, {"address": "学府路9号"})
    back = undone(cast.officer, done)
    assert (back.counts["undone"], back.counts["kept"]) == (1, 1)
    assert list(Organisation.objects.all()) == [first]
    assert back.rows.get(number=2).kept == [
        ["导入后单位填报员修改过，保留", "Changed since by 单位填报员, kept"]
    ]


def test_of_a_changed_entry_only_what_nobody_touched_since_returns(cast, firm):
    rows = [
        ["统一社会信用代码", "企业名称", "地址", "简称"],
        [firm.uscc.text, firm.name, "学府路9号", "岑新"],
    ]
    done = taken(cast.officer, "organisation", rows)
    firm.refresh_from_db()
    change(SYSTEM, firm, firm.version, {"address": "学府路10号"})
    back = undone(cast.officer, done)
    firm.refresh_from_db()
    assert (firm.address, firm.short_name) == ("学府路10号", "岑科新材")
    assert back.rows.get().kept[0][0] == "地址：导入后又被修改，保留现在的内容"


def test_what_other_records_refer_to_is_kept(cast, firm):
    done = taken(cast.officer, "organisation", firms(3))
    one, other, _third = Organisation.objects.exclude(pk=firm.pk).order_by("pk")
    register(SYSTEM, _kind("need"), {"title": "降噪", "kind": "technology", "owner": one})
    relate(SYSTEM, "partner-of", other, firm)
    back = undone(cast.officer, done)
    assert set(Organisation.objects.all()) == {firm, one, other}
    assert [row.kept for row in back.rows.exclude(kept=[])] == [
        [["已有其他记录用到它", "Other records refer to it"]]
    ] * 2


def _kind(name):
    from huanchuang.registry.queries.kinds import kind_named

    return kind_named(name)


def test_a_name_that_belongs_to_another_by_now_is_not_taken_from_it(cast, firm):
    former = firm.name
    done = taken(
        cast.officer, "organisation", [["统一社会信用代码", "企业名称"], [firm.uscc.text, "新名有限公司"]]
    )
    register(SYSTEM, ORGANISATION, {"name": former, "kind": "company"})
    back = undone(cast.officer, done)
    firm.refresh_from_db()
    assert firm.name == "新名有限公司"
    assert back.rows.get().kept[0][0] == "原来的名称或编号现在属于别的记录"


def test_entries_that_name_each_other_go_together(cast):
    rows = [["单位名称", "单位性质", "上级单位"], ["甲校", "大学", None], ["甲校乙院", "大学", "甲校"]]
    done = taken(cast.officer, "organisation", rows)
    assert Organisation.objects.get(name="甲校乙院").parent.name == "甲校"
    assert undone(cast.officer, done).counts["kept"] == 0
    assert not Organisation.objects.exists()


def test_it_is_all_or_nothing(cast, monkeypatch, django_capture_on_commit_callbacks):
    done = taken(cast.officer, "organisation", firms(3))

    def broken(*_given):
        raise RuntimeError

    monkeypatch.setattr(run, "write_rows", broken)
    with django_capture_on_commit_callbacks(execute=True):
        undone(cast.officer, done)
    failed = Import.objects.get(pk=done.pk)
    assert (failed.state, Organisation.objects.count()) == ("done", 3)


def test_only_what_was_taken_is_undone(cast, firm):
    found = checked(cast.officer, "organisation", firms(2))
    register(SYSTEM, ORGANISATION, {"name": "云澜第1精密机械有限公司", "kind": "company", "uscc": uscc(1)})
    done = run.start_step(run.TAKE_JOB, actor_of(cast.officer), found, inline=True)
    undone(cast.officer, done)
    assert Organisation.objects.filter(name="云澜第1精密机械有限公司").exists()


def test_needs_come_back_too(cast, firm):
    head = ["需求名称", "需求单位", "需求类别", "预算金额（万元）", "合作方式"]
    taken(cast.officer, "need", [head, ["降噪", firm.name, "技术需求", 100, "委托开发"]])
    before = list(Need.objects.values("title", "budget", "cooperation", "detail"))
    done = taken(
        cast.officer,
        "need",
        [head, ["降噪", firm.name, "技术需求", 200, "合作开发"], ["除尘", firm.name, "技术需求", 1, None]],
    )
    undone(cast.officer, done)
    assert list(Need.objects.values("title", "budget", "cooperation", "detail")) == before


cells = st.tuples(
    st.integers(1, 6),
    st.sampled_from([None, "学府路1号", "学府路2号"]),
    st.sampled_from([None, "2015-03-01", "2016.5.1", "2023-02-30"]),
    st.sampled_from(["企业", "大学", "没有这种"]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.lists(cells, max_size=4), after=st.lists(cells, min_size=1, max_size=6))
def test_an_import_and_its_undo_leave_the_register_as_it_was(cast, before, after):
    head = ["企业名称", "统一社会信用代码", "地址", "成立日期", "单位性质"]

    def rows(drawn):
        return [
            head,
            *([f"第{number}公司", uscc(number), address, day, kind] for number, address, day, kind in drawn),
        ]

    for model in (ImportRow, Import, NameKey, Organisation):
        model.objects.all().delete()
    taken(cast.officer, "organisation", rows(before))
    stood = state()
    done = taken(cast.officer, "organisation", rows(after))
    again = taken(cast.officer, "organisation", rows(after))
    assert again.counts["new"] == again.counts["changed"] == 0
    back = undone(cast.officer, done)
    assert back.counts["kept"] == 0
    assert state() == stood
