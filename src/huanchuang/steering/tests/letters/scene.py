"""What the tests of letters share: a button, a proposal, the rows as they are stored now."""

from __future__ import annotations

import datetime as dt
import secrets

from huanchuang.accounts.models import User
from huanchuang.registry.models import Organisation
from huanchuang.steering.models import Handling, Letter
from huanchuang.steering.services.letters.intake import LetterGiven, Who
from huanchuang.steering.services.letters.steps import Press

TODAY = dt.date(2026, 6, 30)


def press(user: User, words: str = "", version: int | None = None, token: str = "") -> Press:
    """A button pressed once."""
    return Press(user, token or secrets.token_hex(16), version, words)


def given(**other: object) -> LetterGiven:
    """A proposal as it could come."""
    values: dict[str, object] = {
        "kind": "conference",
        "session": "区政协九届五次会议",
        "number": "0128",
        "title": "关于做大技术交易的建议",
        "received_on": dt.date(2026, 6, 29),
        "contents": "提案人郁承泽建议设立技术合同登记窗口，联系电话13800000121。",
        "proposers": [Who("郁承泽", "清溪大学", "13800000121"), Who("苗岫云")],
    }
    return LetterGiven(**{**values, **other})


def again(letter: Letter) -> Letter:
    """The letter as it is stored now."""
    return Letter.objects.select_related("lead").get(pk=letter.pk)


def part(letter: Letter, unit: Organisation) -> Handling:
    """What a unit has to do with a letter."""
    return (
        Handling.objects.select_related("letter").exclude(state="gone").get(letter=letter, organisation=unit)
    )
