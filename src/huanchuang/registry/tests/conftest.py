"""Organisations and people that the registry's tests share."""

from __future__ import annotations

import datetime as dt

import pytest

from huanchuang.audit.services import SYSTEM
from huanchuang.registry.services import join, register_organisation

FIRM_CODE = "91350100M000100Y43"
BUREAU_CODE = "11500000009276804M"


@pytest.fixture
def bureau(db):
    return register_organisation(
        SYSTEM,
        name="青岑区财政局",
        kind="bureau",
        region="990101",
        uscc=BUREAU_CODE,
        aliases=["财政局国资办"],
    )


@pytest.fixture
def firm(db):
    return register_organisation(
        SYSTEM,
        name="云澜岑科新材料有限责任公司",
        short_name="岑科新材",
        aliases=["岑科材料"],
        kind="company",
        region="990101",
        industry="2651",
        uscc=FIRM_CODE,
        founded_on=dt.date(2015, 3, 2),
        contact_name="何晓月",
        contact_phone="13800001234",
    )


@pytest.fixture
def people(cast, firm, bureau):
    """The stock cast; the clerk belongs to the firm, the reporter to the bureau."""
    join(SYSTEM, cast.clerk, firm, post="会计", since=dt.date(2020, 1, 1))
    join(SYSTEM, cast.reporter, bureau, post="填报员", since=dt.date(2020, 1, 1))
    return cast
