"""Equal content has one digest, different content another, and the database gives back what was digested."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huanchuang.audit import services
from huanchuang.audit.models import Entry
from huanchuang.audit.services.digest import FIELDS, canonical, entry_digest, seal_head

NEWEST = "-id"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), JSON))
def test_it_does_not_depend_on_the_order_of_keys(values):
    assert canonical(values) == canonical(dict(reversed(values.items())))


@given(st.dictionaries(st.text(), JSON), st.text(max_size=400), st.text(max_size=400))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_it_survives_the_database(db, values, note, name):
    services.record(services.Actor("1", name), "steering.task.close", "steering.task:7", values, values, note)
    entry = Entry.objects.order_by(NEWEST).first()
    assert entry_digest(entry) == entry.digest


@given(st.sampled_from(FIELDS), st.text(min_size=1))
def test_it_changes_with_every_field(field, addition):
    moment = dt.datetime(2026, 6, 30, 9, tzinfo=dt.UTC)
    entry = Entry(at=moment, kind="write", actor_id="1", actor_name="林", verb="a.b.c", subject="a.b:1")
    before = entry_digest(entry)
    setattr(entry, field, getattr(entry, field) + addition.encode("utf-8", "replace").decode())
    assert entry_digest(entry) != before


def test_it_is_the_same_moment_in_every_time_zone():
    moment = dt.datetime(2026, 6, 30, 9, tzinfo=dt.UTC)
    there = moment.astimezone(dt.timezone(dt.timedelta(hours=8)))
    assert entry_digest(Entry(at=moment)) == entry_digest(Entry(at=there))


@given(
    st.lists(
        st.tuples(st.integers(1, 10**6), st.text("0123456789abcdef", min_size=64, max_size=64)),
        min_size=1,
        unique_by=lambda row: row[0],
    )
)
def test_it_chains_order_count_and_content(rows):
    head = seal_head("0" * 64, rows)
    assert head != seal_head("1" * 64, rows)
    assert head != seal_head("0" * 64, rows[:-1])
    assert len(rows) < 2 or head != seal_head("0" * 64, rows[::-1])
