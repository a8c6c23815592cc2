"""A proposal on its way: registered, given to the university with the bureau to help, and its people."""

from __future__ import annotations

import datetime as dt

import pytest

from huanchuang.accounts.models import User
from huanchuang.audit.services import SYSTEM
from huanchuang.registry.services import join
from huanchuang.steering.models import Letter
from huanchuang.steering.services.letters.assigning import accept, assign
from huanchuang.steering.services.letters.drafting import begin_reply
from huanchuang.steering.services.letters.intake import register_letter
from huanchuang.steering.tests.letters.scene import TODAY, again, given, part, press


@pytest.fixture(autouse=True)
def day(settings):
    """The business day; tests move it."""
    settings.HUANCHUANG_TODAY = TODAY

    def move(to: dt.date) -> None:
        settings.HUANCHUANG_TODAY = to

    return move


@pytest.fixture
def helper(units):
    """The reporter of the bureau that helps."""
    user = User.objects.create_user(
        username="helper", name="会办员", role="reporter", password="cast-pass-9x"
    )
    join(SYSTEM, user, units.bureau)
    return user


@pytest.fixture
def outsider(units):
    """The reporter of a unit that has nothing to do with the letter."""
    user = User.objects.create_user(
        username="outsider", name="旁人", role="reporter", password="cast-pass-9x"
    )
    join(SYSTEM, user, units.inspectors)
    return user


@pytest.fixture
def registered(cast, units) -> Letter:
    return register_letter(cast.officer, given())


@pytest.fixture
def assigned(registered, cast, units, helper) -> Letter:
    assign(registered, press(cast.officer), units.university, [units.bureau])
    return again(registered)


@pytest.fixture
def handled(assigned, cast, units) -> Letter:
    """Accepted by the unit that leads."""
    accept(part(assigned, units.university), press(cast.reporter))
    return again(assigned)


@pytest.fixture
def draft(handled, cast, plan):
    """The reply as it begins."""
    return begin_reply(cast.reporter, handled)
