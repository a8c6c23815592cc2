"""Tables of the registry: ten kinds of entries, how they hang together, and every edit they went through."""

from huanchuang.registry.models.achievements import Achievement
from huanchuang.registry.models.claims import Claim
from huanchuang.registry.models.documents import Document
from huanchuang.registry.models.entry import Entry, Titled
from huanchuang.registry.models.equipment import Equipment
from huanchuang.registry.models.imports import Import, ImportRow, ImportState, Outcome, SheetShape
from huanchuang.registry.models.links import Qualification, Relation
from huanchuang.registry.models.lives import Proof, Step
from huanchuang.registry.models.needs import Need
from huanchuang.registry.models.offers import FinanceProduct, Service, Space
from huanchuang.registry.models.organisations import Membership, NameKey, Organisation
from huanchuang.registry.models.patents import Patent
from huanchuang.registry.models.people import Person
from huanchuang.registry.models.reminders import Reminder
from huanchuang.registry.models.revisions import Revision
from huanchuang.registry.models.sameness import Candidate, Judgement, Merge, Said

__all__ = [
    "Achievement",
    "Candidate",
    "Claim",
    "Document",
    "Entry",
    "Equipment",
    "FinanceProduct",
    "Import",
    "ImportRow",
    "ImportState",
    "Judgement",
    "Membership",
    "Merge",
    "NameKey",
    "Need",
    "Organisation",
    "Outcome",
    "Patent",
    "Person",
    "Proof",
    "Qualification",
    "Relation",
    "Reminder",
    "Revision",
    "Said",
    "Service",
    "SheetShape",
    "Space",
    "Step",
    "Titled",
]
