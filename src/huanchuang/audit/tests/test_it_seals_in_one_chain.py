"""Seals follow one another without gap, however many sealers run and whatever crashes between."""

import logging
import threading

import pytest
from django.db import connection, transaction

from huanchuang.audit import services
from huanchuang.audit.models import Entry, Seal
from huanchuang.audit.services import sealing
from huanchuang.audit.services.heads import heads_file, read_heads


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.HUANCHUANG_DATA = tmp_path


def record_some(count: int) -> None:
    for place in range(count):
        services.record(services.SYSTEM, "steering.task.close", f"steering.task:{place}")


def test_it_seals_nothing_when_there_is_nothing(db):
    assert services.seal() == 0
    assert services.verify().ok


def test_it_writes_each_head_to_the_log_and_to_the_file(db, caplog):
    record_some(3)
    with caplog.at_level(logging.INFO, logger="huanchuang.audit.seal"):
        assert services.seal() == 1
    made = Seal.objects.get()
    assert made.head in caplog.text
    assert [(head.number, head.head) for head in read_heads()] == [(1, made.head)]


def test_it_splits_a_large_batch(db, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 4)
    record_some(10)
    assert services.seal() == 3
    assert list(Seal.objects.values_list("count", flat=True)) == [4, 4, 2]
    assert services.verify().ok


def test_it_writes_the_line_that_a_crash_kept_back(db):
    record_some(2)
    services.seal()
    heads_file().write_text("")
    record_some(1)
    services.seal()
    assert [head.number for head in read_heads()] == [1, 2]


def in_threads(*deeds) -> list[BaseException]:
    failures: list[BaseException] = []

    def run(deed) -> None:
        try:
            deed()
        except BaseException as failure:  # handed to the test, which asserts that there is none
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return failures


@pytest.mark.django_db(transaction=True)
def test_it_makes_one_chain_with_several_sealers_and_writers():
    def seal_often() -> None:
        for _ in range(8):
            services.seal()

    def write_often() -> None:
        for _ in range(25):
            with transaction.atomic():
                record_some(2)

    assert in_threads(seal_often, seal_often, write_often, write_often) == []
    services.seal()
    result = services.verify()
    assert result.problems == ()
    assert (result.entries, result.unsealed) == (100, 0)
    assert [head.number for head in read_heads()] == list(range(1, Seal.objects.count() + 1))


@pytest.mark.django_db(transaction=True)
def test_it_waits_for_entries_that_are_not_committed_yet():
    """On PostgreSQL a lower id can be committed after a higher one; on SQLite the sealer waits for the writer."""
    written, let_go = threading.Event(), threading.Event()

    def slow_writer() -> None:
        with transaction.atomic():
            record_some(1)
            written.set()
            let_go.wait(timeout=30)

    def sealer() -> None:
        written.wait(timeout=30)
        if connection.vendor == "postgresql":
            record_some(1)
            assert services.seal() == 0
        let_go.set()

    assert in_threads(slow_writer, sealer) == []
    services.seal()
    result = services.verify()
    assert (result.problems, result.unsealed, result.entries) == ((), 0, Entry.objects.count())
