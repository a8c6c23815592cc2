"""Sending what was packed.

A mail is taken (written down as being sent) before it leaves and marked afterwards. When the sender breaks off between
the two, nobody can know whether it left: it is tried once more after ten minutes and then given up, so that a notice
reaches a mailbox at most twice and usually once. A refusal of the mail server is certain: that is tried five times,
with growing pauses.
"""

from __future__ import annotations

import datetime as dt
import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from huanchuang.engines.kernel import WorkCalendar
from huanchuang.jobs.effects import every
from huanchuang.notices.models import Mail, MailState
from huanchuang.notices.queries import preference
from huanchuang.notices.services.pack import pack_due
from huanchuang.notices.services.quiet import is_quiet
from huanchuang.orm import clock
from huanchuang.packs.vocabulary import work_calendar

log = logging.getLogger(__name__)

TRIES = 5
FIRST_PAUSE = dt.timedelta(minutes=15)
BROKE_OFF_AFTER = dt.timedelta(minutes=10)
MOST_TITLES = 50


def send_due(now: dt.datetime, calendar: WorkCalendar | None = None) -> int:
    """Pack and send the mails that are due at `now` (aware, local time). Returns how many left. May be called often."""
    days = calendar or work_calendar()
    pack_due(now, days)
    _settle_broken_off(now)
    waiting = (
        Mail.objects.filter(state=MailState.WAITING, next_try_at__lte=now)
        .select_related("user")
        .order_by("id")
    )
    return sum(_send(mail, now) for mail in waiting if not is_quiet(preference(mail.user), now, days))


@every(60, "notices.send_due")
def send_due_now() -> int:
    """Send what is due by the business clock; the ticker calls it once a minute."""
    return send_due(clock.now())


def _settle_broken_off(now: dt.datetime) -> None:
    broken_off = Mail.objects.filter(state=MailState.SENDING, taken_at__lt=now - BROKE_OFF_AFTER)
    broken_off.filter(unsure__gte=1).update(state=MailState.GIVEN_UP)
    broken_off.filter(unsure=0).update(state=MailState.WAITING, unsure=1)


def _send(mail: Mail, now: dt.datetime) -> bool:
    taken = Mail.objects.filter(pk=mail.pk, state=MailState.WAITING).update(
        state=MailState.SENDING, taken_at=now, tries=F("tries") + 1
    )
    if not taken:
        return False
    mail.refresh_from_db()
    try:
        message_of(mail).send()
    except (OSError, smtplib.SMTPException):
        _wait_or_give_up(mail, now)
        return False
    Mail.objects.filter(pk=mail.pk).update(state=MailState.SENT, sent_at=now)
    mail.notices.update(mailed_at=now)
    return True


def _wait_or_give_up(mail: Mail, now: dt.datetime) -> None:
    log.warning("mail %s did not leave, try %s", mail.pk, mail.tries, exc_info=True)
    pause = FIRST_PAUSE * 2 ** (mail.tries - 1)
    state = MailState.GIVEN_UP if mail.tries >= TRIES else MailState.WAITING
    Mail.objects.filter(pk=mail.pk).update(state=state, next_try_at=now + pause)


def message_of(mail: Mail) -> EmailMessage:
    """The message: titles and links into the product, nothing else of a notice."""
    notices = list(mail.notices.order_by("told_at", "id"))
    base = settings.HUANCHUANG_LINK_BASE
    with translation.override(settings.LANGUAGE_CODE):
        subject = (
            notices[0].title if len(notices) == 1 else _("环创：%(count)s 条消息") % {"count": len(notices)}
        )
        shown = {
            "name": mail.user.name,
            "notices": [
                {"title": notice.title, "url": base + notice.link} for notice in notices[:MOST_TITLES]
            ],
            "more": max(0, len(notices) - MOST_TITLES),
            "base": base,
        }
        body = render_to_string("notices/mail.txt", shown)
    return EmailMessage(subject, body, to=[mail.user.email])
