"""The keys under which records meet that may be the same, so that not every pair need be compared.

Two records are candidates when they share a key. Keys are chosen so that another legal form, a missing region, a short
form, a former name or a moved telephone still leaves one key in common; names one sign apart meet where they are long
or something else (address, day of founding, contact) is shared too: on their own, 星澜 and 星岚 are thousands. A key
that more than a limit of records share says nothing and is left out by the caller.
"""

from __future__ import annotations

import zlib
from array import array
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

from huanchuang.engines.sameness.organisations import house_number, organisation_names
from huanchuang.engines.sameness.parts import NameParts, NameReader
from huanchuang.engines.sameness.people import plain_name
from huanchuang.engines.sameness.rules import Rules
from huanchuang.engines.sameness.values import OrganisationRecord, PersonRecord, ThingRecord

Id = TypeVar("Id", bound=Hashable)
CROWDED = 40
"""A key shared by more records than this is left out."""
SHARES = 8
HASHES = 6
LONG_NAME, LONGEST_MISTYPED = 7, 14


def organisation_keys(record: OrganisationRecord, names: NameReader) -> frozenset[str]:
    """The keys of an organisation: code, telephones, cores of its names, their beginnings and near misses."""
    keys = {
        f"c:{code[8:17] if len(code) == 18 else code}" for code in (record.code, *record.former_codes) if code
    }
    keys |= {f"p:{phone}" for phone in record.phones}
    anchors = _anchors(record, names)
    for parts in organisation_names(record, names):
        for core in parts.cores:
            keys |= _bare_keys(core, record, parts) if parts.bare else _core_keys(core, anchors, names.rules)
    return frozenset(keys)


def _bare_keys(core: str, record: OrganisationRecord, parts: NameParts) -> set[str]:
    """A bureau meets its namesakes of the same place only; one without a place, all of them."""
    place = "".join(min(parts.nodes)) if parts.nodes else "".join(record.regions)
    return {f"n:{core}|{place}", f"n:{core}"} if place else {f"n:{core}"}


def _core_keys(core: str, anchors: list[str], rules: Rules) -> set[str]:
    stem = rules.names.common.sub("", core) or core
    keys = {f"n:{core}", f"n:{stem}", f"b:{stem[:3]}", f"b:{core[:2]}{core[-2:]}"}
    if len(core) >= LONG_NAME:
        keys |= {f"m:{near}" for near in _without_one(core)}
    return keys | {f"m:{near}|{anchor}" for anchor in anchors for near in _without_one(core)}


def _anchors(record: OrganisationRecord, names: NameReader) -> list[str]:
    """What besides the name may be shared: the street number, the day of founding, the contact."""
    house = house_number(record.address, names)
    return [anchor for anchor in (house, str(record.founded_on or ""), record.contact) if anchor]


def person_keys(record: PersonRecord, names: NameReader) -> frozenset[str]:
    """The keys of a person: name, telephones, addresses, identifiers; and the unit with all but one sign of the name."""
    rules = names.rules
    stand_ins = str.maketrans(dict(rules.people.stand_ins))
    called = {plain_name(name, rules).translate(stand_ins) for name in (record.name, *record.other_names)}
    keys = {f"n:{name}" for name in called}
    for field in (record.phones, record.emails, record.ids):
        keys |= {f"h:{value}" for value in field}
    for core in names.read(record.unit).cores[:1] if record.unit else ():
        keys |= {f"u:{core}|{near}" for name in called if len(name) > 1 for near in _without_one(name)}
    return frozenset(keys)


def thing_keys(record: ThingRecord, rules: Rules) -> frozenset[str]:
    """The keys of a thing: number, title, and the smallest hashes of its title's pairs of signs."""
    title = rules.signs.counted(record.title)
    keys = {f"t:{title}"}
    if record.number:
        keys.add(f"i:{rules.signs.bare(record.number).removeprefix('ZL').removeprefix('CN')}")
    pairs = {title[place : place + 2] for place in range(len(title) - 1)}
    for band in range(HASHES if pairs else 0):
        smallest = sorted(zlib.crc32(f"{band}{pair}".encode()) for pair in pairs)[:2]
        keys.add(f"s:{band}:{'-'.join(map(str, smallest))}")
    return frozenset(keys)


def _without_one(text: str) -> set[str]:
    """The text whole and with each sign left out: texts one sign apart have one of these in common."""
    if not 2 <= len(text) <= LONGEST_MISTYPED:
        return set()
    return {text, *(text[:place] + text[place + 1 :] for place in range(len(text)))}


def candidates(keys: Mapping[Id, Iterable[str]], crowded: int = CROWDED) -> Iterator[tuple[Id, Id]]:
    """Every pair of records that share a key, once, in the order of `keys`."""
    blocks = Blocks(crowded)
    known = list(keys)
    for own in keys.values():
        blocks.add(own)
    for place, others in enumerate(blocks.partners()):
        for other in others:
            yield known[place], known[other]


class Blocks:
    """Brings records together by their keys without holding all keys as texts: eight bytes for each, and the blocks of
    one share of all keys at a time, so that a hundred thousand records take little memory."""

    def __init__(self, crowded: int = CROWDED) -> None:
        self._crowded = crowded
        self._hashes: list[array[int]] = []

    def add(self, keys: Iterable[str]) -> None:
        """The keys of the next record; records are numbered from 0 as they come."""
        self._hashes.append(array("q", (hash(key) for key in keys)))

    def partners(self) -> list[list[int]]:
        """For each record the later ones that share a key with it, in order."""
        met: list[set[int]] = [set() for _ in self._hashes]
        for share in range(SHARES):
            members: dict[int, list[int]] = defaultdict(list)
            for record, own in enumerate(self._hashes):
                for key in own:
                    if key % SHARES == share:
                        members[key].append(record)
            for block in members.values():
                if 1 < len(block) <= self._crowded:
                    for place, record in enumerate(block):
                        met[record].update(block[place + 1 :])
        return [sorted(others) for others in met]
