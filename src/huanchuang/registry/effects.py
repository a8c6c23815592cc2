"""How slices above add to an entry's page, to the words of its history and to a merge, without the registry knowing them.

@on_record_page(order=10)
def yearly_figures(user: User, entry: Entry) -> Section | None: ...

offer_import(importer) lets sheets be imported as something of theirs (`services.imports.importer.Importer`), with the same pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.dispatch import Signal
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huanchuang.accounts.models import User
from huanchuang.files.effects import may_read
from huanchuang.jobs.effects import every, finished
from huanchuang.jobs.models import Job
from huanchuang.orm import clock
from huanchuang.registry.models import Entry
from huanchuang.registry.queries.attachments import may_read_files
from huanchuang.registry.queries.exports import may_read_export
from huanchuang.registry.queries.imports.listing import may_read_import
from huanchuang.registry.queries.kinds import KINDS
from huanchuang.registry.queries.lives import LIVES
from huanchuang.registry.queries.visibility import may_read_evidence
from huanchuang.registry.services.exports import forget_exports
from huanchuang.registry.services.imports import offer as offer_import
from huanchuang.registry.services.imports import settle_imports, step_came_to_nothing
from huanchuang.registry.services.imports.entries import offer_entries
from huanchuang.registry.services.maturity import settle_after_moving
from huanchuang.registry.services.remind import remind


@dataclass(frozen=True)
class Section:
    """One part of an entry's page: its heading and the template that shows it."""

    title: str | Promise
    template: str
    context: Mapping[str, Any]
    anchor: str = ""
    """Its place in the page's address, #part-life."""


Maker = Callable[[User, Entry], Section | None]
_makers: dict[str, tuple[int, Maker]] = {}


def on_record_page(order: int) -> Callable[[Maker], Maker]:
    """Register a function that makes a section for one reader, or None where there is nothing for them."""

    def remember(maker: Maker) -> Maker:
        _makers[f"{maker.__module__}.{maker.__qualname__}"] = (order, maker)
        return maker

    return remember


def sections_for(user: User, entry: Entry) -> list[Section]:
    """The sections of an entry's page for one reader, in their order."""
    made = (maker(user, entry) for _, maker in sorted(_makers.values(), key=lambda entry: entry[0]))
    return [section for section in made if section is not None]


@dataclass(frozen=True)
class Action:
    """One button at the head of an entry's page: its word, where it leads, its icon."""

    label: str | Promise
    url: str
    icon: str


ActionMaker = Callable[[User, Entry], Action | None]
_action_makers: dict[str, tuple[int, ActionMaker]] = {}


def on_record_head(order: int) -> Callable[[ActionMaker], ActionMaker]:
    """Register a function that makes a button for one reader, or None where there is nothing for them."""

    def remember(maker: ActionMaker) -> ActionMaker:
        _action_makers[f"{maker.__module__}.{maker.__qualname__}"] = (order, maker)
        return maker

    return remember


def actions_for(user: User, entry: Entry) -> list[Action]:
    """The buttons that upper slices put at the head of an entry's page, in their order."""
    made = (maker(user, entry) for _, maker in sorted(_action_makers.values(), key=lambda one: one[0]))
    return [action for action in made if action is not None]


_verbs: dict[str, str | Promise] = {
    "registry.membership.join": _("加入单位"),
    "registry.membership.leave": _("离开单位"),
    "registry.relation.make": _("建立关系"),
    "registry.relation.make_many": _("批量建立关系"),
    "registry.relation.end": _("结束关系"),
    "registry.person.claim": _("认领个人资料"),
    "registry.person.confirm-claim": _("确认认领"),
    "registry.person.refuse-claim": _("不同意认领"),
    "registry.person.withdraw-claim": _("撤回认领"),
    "registry.person.release": _("解除认领"),
    "registry.qualification.grant": _("登记资质"),
    "registry.qualification.change": _("补充资质"),
    "registry.qualification.revoke": _("取消资质"),
    "registry.qualification.reinstate": _("恢复资质"),
    "registry.achievement.raise-trl": _("提高成熟度"),
    "registry.achievement.lower-trl": _("降低成熟度"),
    "registry.achievement.withdraw-proof": _("撤回证明材料"),
    **{f"registry.{kind}.{deed.name}": deed.word for kind, life in LIVES.items() for deed in life.deeds},
    "audit.personal.look": _("查看联系方式"),
}
_of_entries: dict[str, str | Promise] = {
    "register": _("登记"),
    "change": _("修改"),
    "confirm": _("核实无误"),
    "retire": _("停用"),
    "merge": _("合并"),
    "unmerge": _("撤销合并"),
    "judge": _("判断是否相同"),
    "register_many": _("批量登记"),
    "import": _("导入"),
}
"""Last words of the verbs that every kind of entry knows, `registry.need.change`."""


def name_verbs(verbs: Mapping[str, str | Promise]) -> None:
    """Give the audit verbs of an upper slice their words in an entry's history."""
    _verbs.update(verbs)


def verb_name(verb: str) -> str:
    """The word for an audit verb; the verb itself where nobody named it."""
    if verb not in _verbs and verb.startswith("registry."):
        return str(_of_entries.get(verb.rpartition(".")[2], verb))
    return str(_verbs.get(verb, verb))


def deeds_on_entries() -> dict[str, str]:
    """Verb → its name with the kind it was done to, 修改：成果, for every kind of entry, in the reader's language."""
    words = {
        f"registry.{kind.name}.{verb}": (word, kind)
        for kind in KINDS.values()
        for verb, word in _of_entries.items()
    }
    words |= {
        verb: (word, KINDS[verb.split(".")[1]])
        for verb, word in _verbs.items()
        if verb.split(".")[1] in KINDS
    }
    return {
        verb: gettext("%(deed)s：%(kind)s") % {"deed": word, "kind": kind.label}
        for verb, (word, kind) in words.items()
    }


MINUTE, HOURLY, DAILY = 60.0, 3600.0, 86_400.0


merged = Signal()
"""Sent inside the transaction of a merge with `merge`, `kept` and `lost` (subjects). A slice above moves what it keeps
about the lost entry and may return (its name, {"zh", "en", "moved"}: what it moved, in words, and how many)."""
unmerged = Signal()
"""Sent inside the transaction that undoes a merge with `merge`, `kept` and `lost` (subjects)."""


def name_rows(words: Mapping[str, str | Promise]) -> None:
    """Give tables of an upper slice (`app.Model`) their words in what a merge moves."""
    row_words.update(words)


row_words: dict[str, str | Promise] = {}
Counter = Callable[[User, str], tuple[str | Promise, int] | None]
_counters: dict[str, Counter] = {}


def counts_for_merge(counter: Counter) -> Counter:
    """Register a function that counts what a slice above keeps about a subject, as far as a reader may see it."""
    _counters[f"{counter.__module__}.{counter.__qualname__}"] = counter
    return counter


def counted(user: User, subject: str) -> list[tuple[str, int]]:
    """What slices above keep about a subject: (word, how many)."""
    found = (counter(user, subject) for counter in _counters.values())
    return [(str(one[0]), one[1]) for one in found if one is not None]


def connect() -> None:
    """Answer what the slices below ask: files, who may open what is attached; jobs, what became of an import's step."""
    for kind in KINDS.values():
        may_read(kind.subject_prefix, may_read_files)
    may_read("registry.step", may_read_evidence)
    may_read("registry.proof", may_read_evidence)
    may_read("registry.import", may_read_import)
    unmerged.connect(_evidence_went_back, dispatch_uid="registry.evidence_went_back")
    may_read(Job._meta.label_lower, may_read_export)
    every(DAILY, "registry.forget_exports")(forget_exports)
    finished.connect(_import_step_ended, dispatch_uid="registry.import_step_ended")
    every(MINUTE, "registry.settle_imports")(settle_imports)
    offer_entries()
    every(HOURLY, "registry.remind")(lambda: remind(clock.today()))


def _evidence_went_back(sender: object, kept: str, lost: str, **_more: object) -> None:
    """What was proved meanwhile with evidence that goes back is proved no longer. A merge itself only adds evidence."""
    settle_after_moving((kept, lost))


def _import_step_ended(sender: object, job: Job, **_more: object) -> None:
    """A step of an import that failed, was called off or given up is said at the import too."""
    step_came_to_nothing(job)


__all__ = [
    "Section",
    "connect",
    "counted",
    "counts_for_merge",
    "deeds_on_entries",
    "merged",
    "name_rows",
    "name_verbs",
    "offer_import",
    "on_record_page",
    "sections_for",
    "unmerged",
    "verb_name",
]
