"""A draft put to one organisation before it is published."""

from __future__ import annotations

import datetime as dt

from huanchuang.policies.queries.decided import Found
from huanchuang.policies.queries.known import subject_of
from huanchuang.policies.queries.library import Listed
from huanchuang.policies.queries.outlook import answers_of, card_of
from huanchuang.registry.models import Organisation


def tried(listed: Listed, organisation: Organisation, as_of: dt.date) -> Found:
    """The draft decided for an organisation on a day, with the answers its published version has."""
    subject = subject_of(organisation, as_of)
    answers = answers_of(organisation, as_of).get(listed.id, {})
    return Found(organisation, subject, card_of(listed, subject, as_of, answers), as_of, answers)
