"""Pages: parse, ask who it is, call one service or query, render."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huanchuang.accounts.models import User
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.models import EditedMeanwhile

LONGEST_NUMBER = 16


def person(request: HttpRequest) -> User:
    """The one who is signed in; the gate has let nobody else through."""
    if not isinstance(request.user, User):
        raise TypeError("this view stands behind @requires, so somebody is signed in")
    return request.user


def language() -> str:
    """zh or en, as errors speak."""
    return "en" if (get_language() or "zh").startswith("en") else "zh"


def whole_number(text: str | None) -> int | None:
    """A number that a person or a page sent; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER else None


def attempt(request: HttpRequest, step: Callable[[], object], done: str) -> bool:
    """Do a step and say how it went: done, refused with the reason, or overtaken by somebody else."""
    try:
        step()
    except ProblemError as problem:
        messages.error(request, problem.text(language()))
        return False
    except EditedMeanwhile:
        messages.warning(request, _("这条任务刚被他人更新，您的操作没有生效。请核对最新内容后再试。"))
        return False
    messages.success(request, done)
    return True
