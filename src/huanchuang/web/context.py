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
from huanchuang.orm.navigation import entries

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
        items = [
            self._item(entry)
            for entry in entries()
            if address(entry.url_name) and allows(self.person, entry.deed)
        ]
        here = [item for item in items if self._is_here(str(item["url"]))]
        if here:
            max(here, key=lambda item: len(str(item["url"])))["current"] = True
        return items

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

    def _item(self, entry: Any) -> dict[str, Any]:
        return {"url": address(entry.url_name), "label": entry.label, "icon": entry.icon, "current": False}

    def _is_here(self, url: str) -> bool:
        return self.request.path == url or (url != "/" and self.request.path.startswith(url))


def address(name: str) -> str:
    """The address of a named page without arguments; empty where this installation has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
