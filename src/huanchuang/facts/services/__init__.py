"""Writing facts: record, correct, withdraw. Nothing is ever overwritten or deleted."""

from huanchuang.facts.services.bulk import record_facts
from huanchuang.facts.services.record import correct_fact, record_fact, withdraw_fact
from huanchuang.facts.services.values import FactGiven

__all__ = ["FactGiven", "correct_fact", "record_fact", "record_facts", "withdraw_fact"]
