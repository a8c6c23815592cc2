"""Whoever has the database and takes the guards down still leaves traces: changed, removed, slipped in, cut off."""
# ruff: noqa: S608  (the SQL here plays the intruder; its parts are our own constants)

from importlib import import_module

import pytest
from django.db import connection

from huanchuang.audit import services
from huanchuang.audit.models import Entry, Seal
from huanchuang.audit.services.digest import entry_digest
from huanchuang.audit.services.heads import heads_file


@pytest.fixture
def trail(db, settings, tmp_path):
    """Three batches of four entries, sealed, and one entry that is not sealed yet; the guards are down."""
    settings.HUANCHUANG_DATA = tmp_path
    for batch in range(3):
        for place in range(4):
            services.record(
                services.SYSTEM,
                "steering.task.close",
                f"steering.task:{batch}{place}",
                None,
                {"state": "closed"},
            )
        services.seal()
    services.record(services.SYSTEM, "steering.task.open", "steering.task:99")
    assert services.verify().ok
    run(*import_module("huanchuang.audit.migrations.0001_initial").unguard_statements(connection.vendor))
    return sorted(Entry.objects.values_list("id", flat=True))


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def codes() -> set[str]:
    return {problem.code for problem in services.verify().problems}


def test_it_says_how_much_it_proved(trail):
    result = services.verify()
    assert (result.entries, result.seals, result.unsealed) == (13, 3, 1)
    assert "13条记录" in result.text()


@pytest.mark.parametrize("place", [0, 5, 12])
def test_it_finds_a_changed_entry(trail, place):
    run(f"UPDATE audit_entry SET actor_name = '别人' WHERE id = {trail[place]}")
    (problem,) = services.verify().problems
    assert problem.code == "audit.changed"
    assert f"第{trail[place]}条" in problem.text()
    assert f"entry {trail[place]}" in problem.text("en")


def test_it_finds_a_changed_entry_with_a_fresh_digest(trail):
    entry = Entry.objects.get(pk=trail[5])
    entry.actor_name = "别人"
    run(f"UPDATE audit_entry SET actor_name = '别人', digest = '{entry_digest(entry)}' WHERE id = {entry.pk}")
    assert codes() == {"audit.batch_differs"}


def test_it_finds_a_removed_entry_and_names_it(trail):
    run(f"DELETE FROM audit_entry WHERE id = {trail[6]}")
    (problem,) = services.verify().problems
    assert problem.code == "audit.batch_differs"
    assert "第2号封印" in problem.text()
    assert str(trail[6]) in problem.text()


def test_it_finds_entries_that_changed_places(trail):
    spare = trail[-1] + 100
    run(
        *(
            f"UPDATE audit_entry SET id = {new} WHERE id = {old}"
            for old, new in [(trail[1], spare), (trail[2], trail[1]), (spare, trail[2])]
        )
    )
    assert codes() == {"audit.batch_differs"}


def test_it_finds_an_entry_slipped_in_before_the_first(trail):
    copied = "at, kind, actor_id, actor_name, address, purpose, verb, subject, before, after, note, digest"
    run(
        f"INSERT INTO audit_entry (id, {copied}) SELECT {trail[0] - 1}, {copied} FROM audit_entry WHERE id = {trail[0]}"
    )
    assert codes() == {"audit.slipped_in"}


def test_it_finds_an_entry_slipped_into_a_gap(trail):
    run(f"DELETE FROM audit_entry WHERE id = {trail[5]}")
    run(f"UPDATE audit_entry SET id = {trail[5]} WHERE id = {trail[12]}")
    assert codes() == {"audit.batch_differs"}


def test_it_finds_a_changed_seal(trail):
    run("UPDATE audit_seal SET head = 'f' WHERE number = 2")
    assert codes() == {"audit.batch_differs", "audit.chain_broken", "audit.cut_off"}


def test_it_finds_a_removed_seal(trail):
    run("DELETE FROM audit_seal WHERE number = 2")
    assert {"audit.seal_missing", "audit.slipped_in"} <= codes()


def test_it_finds_entries_cut_off_without_their_seal(trail):
    run(f"DELETE FROM audit_entry WHERE id >= {trail[10]}")
    (problem,) = services.verify().problems
    assert "少了2条" in problem.text()


def test_it_finds_entries_cut_off_with_their_seal(trail):
    run(f"DELETE FROM audit_entry WHERE id >= {trail[8]}", "DELETE FROM audit_seal WHERE number = 3")
    (problem,) = services.verify().problems
    assert problem.code == "audit.cut_off"
    assert "第3号封印" in problem.text()


def test_it_finds_a_chain_written_anew(trail):
    run("DELETE FROM audit_seal", f"UPDATE audit_entry SET note = 'x' WHERE id = {trail[0]}")
    entry = Entry.objects.get(pk=trail[0])
    run(f"UPDATE audit_entry SET digest = '{entry_digest(entry)}' WHERE id = {entry.pk}")
    services.seal()
    assert codes() == {"audit.cut_off"}


def test_it_finds_the_trail_emptied(trail):
    run("DELETE FROM audit_entry", "DELETE FROM audit_seal")
    assert codes() == {"audit.cut_off"}


def test_it_finds_the_witness_gone_and_heads_of_a_backup(trail):
    newest = Seal.objects.order_by("-number").first().head
    run(f"DELETE FROM audit_entry WHERE id >= {trail[8]}", "DELETE FROM audit_seal WHERE number = 3")
    heads_file().unlink()
    assert {problem.code for problem in services.verify([newest]).problems} == {
        "audit.no_witness",
        "audit.head_unknown",
    }


def test_it_finds_a_broken_line_in_the_witness(trail):
    with heads_file().open("a", encoding="utf-8") as handle:
        handle.write("nonsense\n")
    (problem,) = services.verify().problems
    assert "第4行" in problem.text()


def test_it_stops_after_enough(trail, monkeypatch):
    monkeypatch.setattr("huanchuang.audit.services.verification.ENOUGH", 3)
    run("UPDATE audit_entry SET note = 'x'")
    assert len(services.verify().problems) == 3
