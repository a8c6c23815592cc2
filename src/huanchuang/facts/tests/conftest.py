"""A firm, its clerk and a bureau's reporter, as the registry's tests have them."""

from __future__ import annotations

import datetime as dt

import pytest

from huanchuang.audit.services import SYSTEM
from huanchuang.registry.services import join, register_organisation


@pytest.fixture
def firm(db):
    return register_organisation(
        SYSTEM, name="云澜岑科新材料有限公司", kind="company", region="990101", uscc="91350100M000100Y43"
    )


@pytest.fixture
def other_firm(db):
    return register_organisation(SYSTEM, name="青岑微光电子有限公司", kind="company", region="990101")


@pytest.fixture
def people(cast, firm):
    """The stock cast; the clerk belongs to the firm."""
    join(SYSTEM, cast.clerk, firm, post="会计", since=dt.date(2020, 1, 1))
    return cast
