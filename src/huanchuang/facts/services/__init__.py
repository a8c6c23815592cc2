"""Writing facts: record, correct, withdraw, choose among sources. Nothing is ever overwritten or deleted."""

from huanchuang.facts.services.bulk import record_facts
from huanchuang.facts.services.choose import choose_source, take_back_choice
from huanchuang.facts.services.record import correct_fact, record_fact, withdraw_fact
from huanchuang.facts.services.values import FactGiven

__all__ = [
    "FactGiven",
    "choose_source",
    "correct_fact",
    "record_fact",
    "record_facts",
    "take_back_choice",
    "withdraw_fact",
]
