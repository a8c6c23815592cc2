"""Rows of a sheet held against the register: what each would do there, and what stands in its way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.sheets import Row
from huanchuang.registry.models import Entry, Organisation, Outcome
from huanchuang.registry.queries.kinds import Kind
from huanchuang.registry.queries.kinds.values import plain_value
from huanchuang.registry.queries.visibility import changeable, owners_for
from huanchuang.registry.services import checks
from huanchuang.registry.services.imports import refusals
from huanchuang.registry.services.imports.importer import Checked, Order
from huanchuang.registry.services.imports.known import Found, Known
from huanchuang.registry.services.imports.links import Links
from huanchuang.registry.services.imports.possible import possible_entries
from huanchuang.registry.services.imports.rows import Read, RowReader
from huanchuang.registry.services.prepare import set_derived


class EntryChecker:
    """Checks rows of one order, in pieces, for one kind of entries."""

    def __init__(self, kind: Kind, order: Order) -> None:
        self.kind, self.user = kind, order.user
        self.is_bound = order.user is not None and owners_for(order.user, kind) is not None
        """Whether the person writes for their own units only."""
        self._reader = RowReader(kind, order)
        self._known = Known(order.user, kind)
        self._links = Links(order.user, kind, self.is_bound, self._reader.own_titles())
        self._seen: dict[tuple[str, int], tuple[int, dict[str, Any]]] = {}
        """Entries that earlier rows are: the number of the row, and what it said."""

    def check(self, rows: Sequence[Row]) -> list[Checked]:
        """Each row as checked, in order."""
        reads = [self._reader.read(row) for row in rows]
        self._links.load((self.kind.by_name[name], text) for one in reads for name, text in one.links.items())
        for one in reads:
            self._resolve(one)
        entries = [self._entry(one) for one in reads]
        self._known.load([entry for entry in entries if entry is not None])
        for one, entry in zip(reads, entries, strict=True):
            self._judge(one, entry)
        checked = [one.checked for one in reads]
        self._refuse_changes_of_others(checked)
        self._look_for_possible(checked)
        return checked

    def _resolve(self, one: Read) -> None:
        """Names to entries; the owner first, since other names are looked for among what is its own."""
        owner_field = self.kind.owner_field
        for name in sorted(one.links, key=lambda name: name != owner_field):
            text = one.links[name]
            owner = one.values.get(owner_field) if name != owner_field else None
            try:
                found = self._links.resolve(self.kind.by_name[name], text, owner)
            except ProblemError as error:
                self._reader.wrong(one, name, error.problems, text)
                continue
            if isinstance(found, int):
                one.checked.waits_for = found
            else:
                one.values[name] = found

    def _entry(self, one: Read) -> Entry | None:
        """The entry that the row would make, unsaved; None where nothing says which one it is."""
        if not any(one.values.get(name) for name in (self.kind.title_field, "uscc", "number")):
            return None
        entry = self.kind.model(**one.values)
        set_derived(self.kind, entry)
        return entry

    def _judge(self, one: Read, entry: Entry | None) -> None:
        checked = one.checked
        checked.title = str(one.values.get(self.kind.title_field, ""))[:200]
        found = self._known.find(entry) if entry is not None else Found()
        self._refuse_found(one, found)
        stored = found.entry
        if stored is not None and not checked.title:
            checked.title = self.kind.title(stored)[:200]
        self._check_across(one, stored if stored is not None and stored.pk else None)
        if stored is None and self.is_bound:
            self._refuse_nobodys(one)
        if not checked.problems:
            if stored is not None:
                self._compare(one, stored, found.through)
            elif entry is not None:
                self._make_new(one, entry)
        if checked.problems:
            checked.outcome = Outcome.PROBLEM.value

    def _refuse_found(self, one: Read, found: Found) -> None:
        if not found.several and found.in_the_way is None:
            return
        last = found.columns[-1]
        name = last if last in self.kind.by_name else self.kind.title_field
        if found.in_the_way is not None:
            problem = refusals.in_the_way(self.kind, found.in_the_way)
        else:
            problem = refusals.several(found.several)
        self._reader.wrong(one, name, [problem], one.checked.title)

    def _check_across(self, one: Read, stored: Entry | None) -> None:
        """The register's own checks; what could not be read is not missing as well."""
        told = {each.field for each in one.checked.problems}
        for problem in checks.across(self.kind, one.values, stored):
            name = self._reader.field_of(problem)
            if name not in told:
                self._reader.wrong(one, name, [problem], "")

    def _refuse_nobodys(self, one: Read) -> None:
        told = {each.field for each in one.checked.problems}
        name = self.kind.owner_field
        if name and name not in told and name not in one.links:
            self._reader.wrong(one, name, [refusals.NO_UNIT], "")

    def _make_new(self, one: Read, entry: Entry) -> None:
        one.checked.entry = entry
        one.checked.values = self._plain(one.values)
        self._seen["made", id(entry)] = (one.row.number, one.values)
        self._known.add(entry)

    def _compare(self, one: Read, stored: Entry, through: Entry | None) -> None:
        """The row is an entry that is there already, or that an earlier row makes."""
        key = ("stored", stored.pk) if stored.pk else ("made", id(stored))
        if key in self._seen:
            self._compare_rows(one, *self._seen[key])
            return
        self._seen[key] = (one.row.number, one.values)
        checked = one.checked
        checked.entry, checked.subject, checked.version = stored, stored.subject, stored.version
        if stored.retired_on is not None:
            problem = refusals.retired(self.kind, stored)
            self._reader.wrong(one, self.kind.title_field, [problem], checked.title)
            return
        changes = self._changes(one.values, stored, through)
        if not changes and checked.waits_for is None:
            checked.outcome = Outcome.SAME.value
            return
        checked.outcome = Outcome.CHANGED.value
        checked.values = self._plain(changes)
        checked.before = self._plain({name: getattr(stored, name) for name in changes})

    def _compare_rows(self, one: Read, number: int, values: Mapping[str, Any]) -> None:
        if values == one.values:
            one.checked.outcome = Outcome.SAME.value
            one.checked.remarks.append(
                [f"与第{number}行相同，只导入一次", f"The same as row {number}, taken once"]
            )
        else:
            problem = refusals.same_row(number)
            self._reader.wrong(one, self.kind.title_field, [problem], one.checked.title)

    def _changes(self, values: Mapping[str, Any], stored: Entry, through: Entry | None) -> dict[str, Any]:
        """The fields in which the row says something else; other names of an organisation are added, not replaced.

        What stood in an entry that was merged into this one since is no news: the merge has settled it.
        """
        said = {
            name: value
            for name, value in values.items()
            if through is None or getattr(through, name) != value
        }
        if isinstance(stored, Organisation):
            former = [stored.name] if said.get("name", stored.name) != stored.name else []
            said["aliases"] = list(dict.fromkeys([*stored.aliases, *former, *said.get("aliases", [])]))
        return {name: value for name, value in said.items() if getattr(stored, name) != value}

    def _refuse_changes_of_others(self, checked: Iterable[Checked]) -> None:
        """Nobody changes by a sheet what they may not change on its page."""
        touched = [one for one in checked if one.outcome == Outcome.CHANGED.value]
        if self.user is None or not touched:
            return
        keys = [one.entry.pk for one in touched]
        may = set(changeable(self.user, self.kind).filter(pk__in=keys).values_list("pk", flat=True))
        for one in touched:
            if one.entry.pk not in may:
                one.outcome = Outcome.PROBLEM.value
                one.values, one.before = {}, {}
                problem = self._reader.problem(one.row, self.kind.title_field, refusals.NOT_YOURS, one.title)
                one.problems.append(problem)

    def _look_for_possible(self, checked: Iterable[Checked]) -> None:
        fresh = [one for one in checked if one.outcome == Outcome.NEW.value and one.entry is not None]
        for one, found in possible_entries(self.user, self.kind, fresh):
            one.possible = found

    def _plain(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: plain_value(self.kind.by_name[name], value) for name, value in values.items()}
