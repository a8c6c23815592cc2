"""Notices leave by e-mail: at once, in a digest or not at all; never in quiet hours, never above the cap, at most twice."""

import datetime as dt
import smtplib
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as some

from huanchuang.accounts.queries import actor_of
from huanchuang.engines.kernel import WorkCalendar
from huanchuang.notices.models import ByMail, Mail, MailMode, MailState, Notice, Preference
from huanchuang.notices.services import mark_all_read, notify, send_due
from huanchuang.notices.services.quiet import is_quiet

HERE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar({dt.date(2026, 6, 19): False, dt.date(2026, 6, 28): True}, frozenset({2026}))
"""Friday 19 June 2026 is a holiday, Sunday 28 June is worked."""


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=HERE)


@pytest.fixture
def reader(cast):
    cast.reporter.email = "reporter@example.org"
    cast.reporter.save()
    return cast.reporter


def told(user, *titles: str, when: str = "2026-06-23 09:00", **options) -> None:
    for title in titles:
        notify([user], "test", title, **options)
        Notice.objects.filter(user=user, title=title).update(told_at=at(when))


def wishes(user, **values) -> None:
    Preference.objects.update_or_create(user=user, defaults=values)


def sent(when: str) -> list[str]:
    """Subjects of the mails that leave at this moment."""
    mail.outbox.clear()
    count = send_due(at(when), CALENDAR)
    assert count == len(mail.outbox)
    return [message.subject for message in mail.outbox]


pytestmark = pytest.mark.django_db


def test_a_notice_leaves_at_once_and_once(reader):
    told(reader, "任务明天到期", body="联系人张三 13800000000", link="/steering/tasks/1/")
    assert sent("2026-06-23 09:01") == ["任务明天到期"]
    (message,) = mail.outbox
    assert message.to == ["reporter@example.org"]
    assert "http://127.0.0.1:8000/steering/tasks/1/" in message.body
    assert "13800000000" not in message.body
    assert sent("2026-06-23 09:02") == []
    notice = Notice.objects.get()
    assert (notice.by_mail, notice.mailed_at) == (ByMail.TAKEN, at("2026-06-23 09:01"))


@pytest.mark.parametrize(
    ("when", "quiet"),
    [
        ("2026-06-23 07:59:59", True),
        ("2026-06-23 08:00", False),
        ("2026-06-23 19:59:59", False),
        ("2026-06-23 20:00", True),
        ("2026-06-24 00:00", True),
        ("2026-06-20 10:00", True),
        ("2026-06-19 10:00", True),
        ("2026-06-28 10:00", False),
        ("2028-02-29 10:00", False),
        ("2028-02-29 23:00", True),
    ],
)
def test_quiet_hours_go_over_midnight_and_days_off_are_quiet(when, quiet):
    assert is_quiet(Preference(), at(when), CALENDAR) is quiet


@given(some.times(), some.times(), some.times())
def test_quiet_hours_and_their_opposite_share_the_day(begin, end, moment):
    now = dt.datetime.combine(dt.date(2026, 6, 23), moment, HERE)
    one = is_quiet(Preference(quiet_from=begin, quiet_until=end), now, CALENDAR)
    other = is_quiet(Preference(quiet_from=end, quiet_until=begin), now, CALENDAR)
    assert (one != other) if begin != end else not (one or other)


def test_what_is_told_at_night_waits_for_the_morning_of_a_working_day(reader):
    told(reader, "周五夜里", when="2026-06-26 22:00")
    assert sent("2026-06-26 22:01") == []
    assert sent("2026-06-27 09:00") == []
    assert sent("2026-06-28 07:59") == []
    assert sent("2026-06-28 08:00") == ["周五夜里"]


def test_above_the_cap_the_rest_waits_for_the_digest_of_the_next_day(reader):
    told(reader, *(f"消息{n}" for n in range(7)))
    assert sent("2026-06-23 09:01") == [f"消息{n}" for n in range(5)]
    told(reader, "又一条", when="2026-06-23 10:00")
    assert sent("2026-06-23 10:01") == []
    assert sent("2026-06-24 08:00") == ["环创：3 条消息"]
    assert all(title in mail.outbox[0].body for title in ("消息5", "消息6", "又一条"))
    told(reader, "新的一天", when="2026-06-24 09:00")
    assert sent("2026-06-24 09:01") == ["新的一天"]


def test_a_cap_of_nothing_leaves_only_the_digest(reader):
    wishes(reader, daily_cap=0)
    told(reader, "a", "b")
    assert sent("2026-06-23 09:01") == []
    assert sent("2026-06-24 08:00") == ["环创：2 条消息"]


def test_a_daily_digest_is_one_mail_a_day(reader):
    wishes(reader, mode=MailMode.DAILY)
    told(reader, "昨天一", "昨天二", when="2026-06-22 16:00")
    told(reader, "今早", when="2026-06-23 07:30")
    assert sent("2026-06-23 08:00") == ["环创：3 条消息"]
    told(reader, "今天", when="2026-06-23 08:30")
    assert sent("2026-06-23 12:00") == []
    assert sent("2026-06-24 08:00") == ["今天"]


def test_a_digest_of_leap_day_goes_on_the_first_of_march(reader):
    wishes(reader, mode=MailMode.DAILY)
    told(reader, "闰日", when="2028-02-29 15:00")
    assert sent("2028-02-29 16:00") == []
    assert sent("2028-03-01 08:00") == ["闰日"]


def test_a_long_digest_names_fifty_and_counts_the_rest(reader):
    wishes(reader, mode=MailMode.DAILY)
    told(reader, *(f"第{n}条" for n in range(53)), when="2026-06-22 16:00")
    sent("2026-06-23 08:00")
    assert "另有 3 条" in mail.outbox[0].body
    assert "第52条" not in mail.outbox[0].body


def test_who_wants_no_mail_gets_none_also_not_later(reader):
    wishes(reader, mode=MailMode.OFF)
    told(reader, "a")
    assert sent("2026-06-23 09:01") == []
    wishes(reader, mode=MailMode.AT_ONCE)
    assert sent("2026-06-23 09:02") == []


def test_what_was_read_in_the_product_is_not_mailed(reader):
    told(reader, "a", when="2026-06-22 22:00")
    mark_all_read(reader, actor_of(reader))
    assert sent("2026-06-23 09:00") == []


def test_who_has_no_address_is_left_alone(cast):
    told(cast.clerk, "a")
    assert sent("2026-06-23 09:01") == []
    assert Notice.objects.get().by_mail == ByMail.NONE


def test_a_title_cannot_add_headers(reader):
    told(reader, "a")
    notify([reader], "test", "到期\r\nBcc: all@example.org")
    assert "到期 Bcc: all@example.org" in Notice.objects.values_list("title", flat=True)


def test_a_crash_between_sending_and_marking_sends_at_most_twice(reader, monkeypatch):
    from huanchuang.notices.services import send

    told(reader, "a")
    left = []

    class Breaks:
        def send(self):
            left.append(1)
            raise KeyboardInterrupt

    monkeypatch.setattr(send, "message_of", lambda mail: Breaks())
    for when in ("09:01", "09:05", "09:12", "09:15", "09:23", "10:00", "11:00"):
        try:
            send_due(at(f"2026-06-23 {when}"), CALENDAR)
        except KeyboardInterrupt:
            continue
    assert len(left) == 2
    assert Mail.objects.get().state == MailState.GIVEN_UP


def test_a_refusing_mail_server_is_tried_five_times_with_pauses(reader, monkeypatch):
    from huanchuang.notices.services import send

    told(reader, "a", when="2026-06-23 08:00")
    tried = []

    class Refused:
        def send(self):
            tried.append(1)
            raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(send, "message_of", lambda mail: Refused())
    for minute in range(0, 12 * 60, 5):
        send_due(at("2026-06-23 08:00") + dt.timedelta(minutes=minute), CALENDAR)
    assert len(tried) == 5
    assert Mail.objects.get().state == MailState.GIVEN_UP


def test_a_mail_that_waits_for_its_next_try_keeps_the_quiet_hours(reader, monkeypatch):
    told(reader, "a", when="2026-06-23 19:50")
    monkeypatch.setattr("django.core.mail.EmailMessage.send", lambda self: (_ for _ in ()).throw(OSError))
    assert send_due(at("2026-06-23 19:55"), CALENDAR) == 0
    monkeypatch.undo()
    assert sent("2026-06-23 20:30") == []
    assert sent("2026-06-24 08:00") == ["a"]
