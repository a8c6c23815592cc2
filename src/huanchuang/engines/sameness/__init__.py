"""Sameness: whether two records speak of one organisation, one person, one thing.

Two records come in as plain values, a `Comparison` goes out: a score, a verdict in three values (likely the same, unsure,
likely different) and for every field that was looked at whether it agrees, differs or is missing, how much that says
and why. Nothing is decided here for good: a person judges, the engine proposes and explains.

Evidence is counted in bits: each outcome of a field adds or takes away what it makes more or less likely, a cap keeps
a pair from “likely the same” whatever else agrees (another credit code, a branch, another number). Words, weights,
caps and thresholds are a definition (pack kind `sameness`), with the reason beside each.

1. `signs` folds what is written in several ways: width, script, numerals, punctuation.
2. `names` brings organisations' names into forms in which spellings meet; `parts` takes one apart into region, core,
   legal form and branch; `likeness` says how two cores stand to each other.
3. `organisations`, `people`, `things` compare; `weighing` adds up.
4. `blocks` gives the keys under which candidates meet, so that 100,000 records need not all be compared.
"""

from huanchuang.engines.sameness.blocks import Blocks, candidates, organisation_keys, person_keys, thing_keys
from huanchuang.engines.sameness.compile import compile_rules
from huanchuang.engines.sameness.organisations import compare_organisations
from huanchuang.engines.sameness.people import compare_people
from huanchuang.engines.sameness.places import Places
from huanchuang.engines.sameness.rules import Rules
from huanchuang.engines.sameness.things import compare_things
from huanchuang.engines.sameness.values import (
    Comparison,
    Context,
    FieldComparison,
    Mark,
    OrganisationRecord,
    PersonRecord,
    ThingRecord,
    Verdict,
)

__all__ = [
    "Blocks",
    "Comparison",
    "Context",
    "FieldComparison",
    "Mark",
    "OrganisationRecord",
    "PersonRecord",
    "Places",
    "Rules",
    "ThingRecord",
    "Verdict",
    "candidates",
    "compare_organisations",
    "compare_people",
    "compare_things",
    "compile_rules",
    "organisation_keys",
    "person_keys",
    "thing_keys",
]
