"""What all tests of accounts need."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    """The sign-in library counts attempts in the cache, which outlives a test."""
    cache.clear()
