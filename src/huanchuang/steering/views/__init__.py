"""Pages: parse, ask who it is, call one service or query, render."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.language import language
from huanchuang.orm.models import EditedMeanwhile


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
