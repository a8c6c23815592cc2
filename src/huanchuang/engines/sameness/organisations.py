"""Whether two records speak of one organisation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from huanchuang.engines.kernel import ProblemError, Uscc
from huanchuang.engines.sameness.likeness import likeness, one_sign_apart
from huanchuang.engines.sameness.parts import NameParts, NameReader
from huanchuang.engines.sameness.places import Node, Places, compatible, within
from huanchuang.engines.sameness.rules import NameWords, Scale
from huanchuang.engines.sameness.values import Comparison, Context, FieldComparison, OrganisationRecord
from huanchuang.engines.sameness.weighing import add_up, outcome

_STREET = re.compile(r"^(.*?)(\d+)号")
_STREET_NAME = re.compile(r"[^市区县镇乡]*?(?:大道|大街|路|街|巷|弄|道|村|园)(?=\D*\d|$)")
_YEAR = 365
ONE_CORE = frozenset({"same", "same-bare", "alike"})


def compare_organisations(
    one: OrganisationRecord, other: OrganisationRecord, names: NameReader, context: Context | None = None
) -> Comparison:
    """Compare two records; `names` reads their names by the definition in use."""
    scale = names.rules.scales["organisations"]
    met = _best_names(one, other, names, scale)
    rows = [
        _named(scale, met, context or Context()),
        outcome(scale, "form", met.form, *met.forms),
        outcome(scale, "part", met.part, met.left.part or met.left.note, met.right.part or met.right.note),
        _code(scale, one, other),
        _region(scale, one, other, met),
        outcome(scale, "address", _address(one.address, other.address, names), one.address, other.address),
        _sets(scale, "phone", one.phones, other.phones),
        _founded(scale, one, other),
        _plain(scale, "kind", one.kind, other.kind),
        _plain(scale, "industry", one.industry[:2], other.industry[:2]),
        _hidden(scale, "contact", one.contact, other.contact),
        _parent(scale, one, other),
    ]
    return add_up(scale, rows)


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Two names, one of each record, and how they stand to each other."""

    left_name: str
    right_name: str
    left: NameParts
    right: NameParts
    name: str
    form: str
    part: str
    bits: float
    by_other_name: bool
    forms: tuple[str, str]


def _best_names(
    one: OrganisationRecord, other: OrganisationRecord, names: NameReader, scale: Scale
) -> _Meeting:
    """The two names that say most for one organisation, the registered ones where nothing says more."""
    lefts, rights = _all_names(one, names), _all_names(other, names)
    meetings = [_meet(a, b, names, scale, a != one.name or b != other.name) for a in lefts for b in rights]
    best = max(meetings, key=lambda met: (met.bits, not met.by_other_name))
    if best.by_other_name and not best.form and meetings[0].name in ONE_CORE:
        # met by a short name, which has no legal form: those of the registered names count
        return replace(best, form=meetings[0].form, forms=meetings[0].forms)
    return best


def _all_names(record: OrganisationRecord, names: NameReader) -> tuple[str, ...]:
    given = [record.name, *record.other_names]
    given += [former for name in (record.name, *record.other_names) for former in names.read(name).formers]
    return tuple(dict.fromkeys(name for name in given if name)) or (record.name,)


def _meet(left_name: str, right_name: str, names: NameReader, scale: Scale, by_other_name: bool) -> _Meeting:
    left, right = names.read(left_name), names.read(right_name)
    weights = scale.fields["name"].outcomes
    name = likeness(left, right, names.rules.names, lambda found: weights[found].bits)
    form, part = _form(left, right, names.rules.names), _part(left, right)
    bits = weights[name].bits + (scale.fields["part"].outcomes[part].bits if part else 0)
    if left.nodes and right.nodes and not compatible(left.nodes, right.nodes):
        bits += scale.fields["region"].outcomes["differ"].bits
    forms = left.form_word, right.form_word
    return _Meeting(left_name, right_name, left, right, name, form, part, bits, by_other_name, forms)


def _form(left: NameParts, right: NameParts, words: NameWords) -> str:
    if not left.form or not right.form:
        return ""
    if left.group != right.group:
        return "group"
    if left.form == right.form:
        return "same"
    return "changed" if frozenset({left.form, right.form}) in words.kindred_forms else "other"


def _part(left: NameParts, right: NameParts) -> str:
    if left.part != right.part:
        return "apart"
    if left.note and right.note and left.note != right.note:
        return "apart"
    return "same" if left.part else ""


def _named(scale: Scale, met: _Meeting, context: Context) -> FieldComparison:
    found = met.name
    if found == "same" and context.namesakes is not None and context.namesakes > 1:
        found = "same-bare"
    detail = f"{met.left_name}＝{met.right_name}" if met.by_other_name and found.startswith("same") else ""
    return outcome(scale, "name", found, met.left_name, met.right_name, detail)


def _code(scale: Scale, one: OrganisationRecord, other: OrganisationRecord) -> FieldComparison:
    left, right = one.code, other.code
    found = ""
    if left and right:
        found = _codes(left, right, {*one.former_codes}, {*other.former_codes})
    return outcome(scale, "code", found, left, right)


def _codes(left: str, right: str, former: set[str], other_former: set[str]) -> str:
    checked = _checked(left), _checked(right)
    if left == right:
        return "equal"
    if left in other_former or right in former:
        return "former"
    if all(checked):
        return "body" if left[8:17] == right[8:17] else "differ"
    return "typing" if _apart(left, right) <= 2 else ""


def _checked(text: str) -> bool:
    try:
        return Uscc.parse(text).text == text
    except ProblemError:
        return False


def _apart(left: str, right: str) -> int:
    """How many characters differ; a length off by one counts as one when the rest fits."""
    if len(left) != len(right):
        return 1 if one_sign_apart(left, right) else len(left)
    return sum(a != b for a, b in zip(left, right, strict=True))


def _region(
    scale: Scale, one: OrganisationRecord, other: OrganisationRecord, met: _Meeting
) -> FieldComparison:
    left, right = met.left.nodes or _own(one), met.right.nodes or _own(other)
    shown = _shown(left), _shown(right)
    if not left or not right:
        return outcome(scale, "region", "", *shown)
    if met.left.bare and met.right.bare:
        return outcome(scale, "region", "same-place" if _same_place(left, right) else "differ", *shown)
    in_names = bool(met.left.nodes and met.right.nodes)
    found = "agree" if compatible(left, right) else "differ" if in_names else "field-differs"
    return outcome(scale, "region", found, *shown)


def _same_place(left: frozenset[Node], right: frozenset[Node]) -> bool:
    """For bodies told apart by their region alone: 云澜市财政局 is not 青岑区财政局."""
    return bool(left & right) or any(
        a[-1] == b[-1] and (within(a, b) or within(b, a)) for a in left for b in right
    )


def _own(record: OrganisationRecord) -> frozenset[Node]:
    return frozenset({tuple(record.regions)}) if record.regions else frozenset()


def _shown(nodes: frozenset[Node]) -> str:
    shortest: Node = min(nodes, key=lambda node: (len(node), node), default=())
    return "".join(shortest)


def _address(left: str, right: str, names: NameReader) -> str:
    if not left or not right:
        return ""
    a, b = (_placed(text, names) for text in (left, right))
    if a == b or a.endswith(b) or b.endswith(a):
        return "same"
    numbers = _STREET.match(a), _STREET.match(b)
    if numbers[0] and numbers[1] and numbers[0][2] == numbers[1][2]:
        x, y = numbers[0][1], numbers[1][1]
        if x == y or x.endswith(y) or y.endswith(x):
            return "same"
    streets = set(_STREET_NAME.findall(a)) & set(_STREET_NAME.findall(b))
    return "street" if streets else "differ"


def house_number(address: str, names: NameReader) -> str:
    """The last signs of the street and the number: what stays when city, floor and room are left out."""
    found = _STREET.match(_placed(address, names)) if address else None
    return f"{found[1][-3:]}{found[2]}" if found else ""


def _placed(text: str, names: NameReader) -> str:
    """An address without its regions."""
    places: Places = names.places
    _, rest = places.leading(names.rules.signs.bare(text), stems=False)
    return rest


def _founded(scale: Scale, one: OrganisationRecord, other: OrganisationRecord) -> FieldComparison:
    left, right = one.founded_on, other.founded_on
    found = ""
    if left and right:
        found = "same" if left == right else "year" if abs((left - right).days) <= _YEAR else "differ"
    return outcome(scale, "founded", found, str(left or ""), str(right or ""))


def _sets(scale: Scale, field: str, left: frozenset[str], right: frozenset[str]) -> FieldComparison:
    found = "" if not left or not right else "equal" if left & right else "differ"
    return outcome(scale, field, found, "", "")


def _plain(scale: Scale, field: str, left: str, right: str) -> FieldComparison:
    found = "" if not left or not right else "same" if left == right else "differ"
    return outcome(scale, field, found, left, right)


def _hidden(scale: Scale, field: str, left: str, right: str) -> FieldComparison:
    """As `_plain`, for what must not be shown."""
    found = "" if not left or not right else "same" if left == right else "differ"
    return outcome(scale, field, found, "", "")


def _parent(scale: Scale, one: OrganisationRecord, other: OrganisationRecord) -> FieldComparison:
    if (one.subject and one.subject == other.parent) or (other.subject and other.subject == one.parent):
        return outcome(scale, "parent", "above", one.parent, other.parent)
    return _plain(scale, "parent", one.parent, other.parent)


def organisation_names(record: OrganisationRecord, names: NameReader) -> Iterator[NameParts]:
    """Every name of a record, taken apart."""
    return (names.read(name) for name in _all_names(record, names))
