"""What the frame around every page needs: place, date, navigation, messages. Lazy, so that a fragment pays for nothing."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, gettext_noop

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows
from huanchuang.notices import queries as notices
from huanchuang.orm import clock
from huanchuang.orm.navigation import Entry, entries

PERSON_LINKS = (
    ("accounts:me", gettext_noop("我的账户"), "user-circle"),
    ("notices:preferences", gettext_noop("消息设置"), "settings"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """`frame` in every template."""
    return {"frame": Frame(request)}


class Frame:
    """The frame as the person of `request` sees it. Each part is worked out when a template first asks for it."""

    demo = settings.HUANCHUANG_DEMO
    language_chinese = "简体中文"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def person(self) -> User | None:
        """Whoever is signed in."""
        user = getattr(self.request, "user", None)
        return user if isinstance(user, User) else None

    @property
    def signed_in(self) -> bool:
        """Whether the whole frame is shown or only the bare one."""
        return self.person is not None

    @property
    def district(self) -> str:
        """Name of the district this installation serves."""
        return str(settings.ENV.district)

    @property
    def today(self) -> Any:
        """The business date."""
        return clock.today()

    @cached_property
    def navigation(self) -> list[dict[str, Any]]:
        """Entries this person may use, the present one marked."""
        mine = [one for one in entries() if address(one.url_name) and allows(self.person, one.deed)]
        here = max(mine, key=self._closeness, default=None)
        return [self._item(one, current=one is here and self._closeness(one) > 0) for one in mine]

    @cached_property
    def unread(self) -> int:
        """Unread messages of this person."""
        return notices.unread_count(self.person) if self.person else 0

    @property
    def person_links(self) -> list[dict[str, str]]:
        """What the person menu offers besides language and sign-out."""
        return [
            {"url": address(name), "label": gettext(label), "icon": icon}
            for name, label, icon in PERSON_LINKS
            if address(name)
        ]

    @property
    def notices_url(self) -> str:
        """The page of messages."""
        return address("notices:inbox")

    @property
    def signin_url(self) -> str:
        """The page to sign in."""
        return address("account_login")

    @property
    def signout_url(self) -> str:
        """Where the sign-out button posts to."""
        return address("account_logout")

    def _item(self, entry: Entry, *, current: bool) -> dict[str, Any]:
        return {"url": address(entry.url_name), "label": entry.label, "icon": entry.icon, "current": current}

    def _closeness(self, entry: Entry) -> int:
        """How much of the present path an entry accounts for; the home page stands for itself alone."""
        path, url = self.request.path, address(entry.url_name)
        if url == "/":
            return int(path == url)
        return max(len(start) for start in ("", url, *entry.area) if path.startswith(start))


def address(name: str) -> str:
    """The address of a named page without arguments; empty where this installation has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
