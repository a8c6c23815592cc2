"""Whether two records speak of one human being. A name alone never says so: people share names."""

from __future__ import annotations

from collections.abc import Iterable

from huanchuang.engines.sameness.likeness import one_sign_apart, shared_pairs
from huanchuang.engines.sameness.parts import NameParts, NameReader
from huanchuang.engines.sameness.rules import Rules, Scale
from huanchuang.engines.sameness.values import Comparison, Context, FieldComparison, PersonRecord
from huanchuang.engines.sameness.weighing import add_up, outcome

COMMON_FROM, RARE_UP_TO = 4, 2
ALIKE_FIELDS = 0.25
GENERATION = 15
"""Years of silence between two lists after which a second person of the name is likelier."""
ENOUGH_COWORKERS = 2
RARITIES = ("rare", "ordinary", "common")


def compare_people(
    one: PersonRecord, other: PersonRecord, names: NameReader, context: Context | None = None
) -> Comparison:
    """Compare two records; `names` reads the names of units, `context` says how many people share the name."""
    rules = names.rules
    scale = rules.scales["people"]
    named = _name(one, other, rules, context or Context())
    unit, titled = _unit(one, other, names), _title(one, other, rules)
    rows = [
        outcome(scale, "name", named, one.name, other.name),
        outcome(scale, "unit", unit, one.unit, other.unit),
        outcome(scale, "fields", _fields(one, other, rules), "、".join(one.fields), "、".join(other.fields)),
        _coworkers(scale, one, other, rules),
        outcome(scale, "phone", _phone(one, other, named), "", ""),
        outcome(scale, "email", _email(one, other, named), "", ""),
        outcome(scale, "ids", _ids(one.ids, other.ids), "", ""),
        outcome(scale, "born", _born(one, other), str(one.born or ""), str(other.born or "")),
        outcome(scale, "title", titled, _titled(one), _titled(other)),
        outcome(scale, "years", _years(one, other, unit, titled), _span(one), _span(other)),
    ]
    return add_up(scale, rows)


def plain_name(name: str, rules: Rules) -> str:
    """A name folded, without a title behind it: 魏长空教授 → 魏长空."""
    text = rules.signs.bare(name)
    shorter = rules.names.titles.sub("", text)
    return shorter if len(shorter) > 1 else text


def rarity(name: str, rules: Rules) -> str:
    """rare, ordinary or common: how much a shared name says, by surname and given name."""
    words = rules.people
    if name.isascii():  # written in letters: many names of signs look alike
        return "common"
    length = 2 if name[:2] in words.double_surnames else 1
    surname, given = name[:length], name[length:]
    if length == 2 or surname not in words.common_surnames:
        return "rare"
    return "common" if given in words.common_given else "ordinary"


def _name(one: PersonRecord, other: PersonRecord, rules: Rules, context: Context) -> str:
    lefts = {plain_name(name, rules) for name in (one.name, *one.other_names)}
    rights = {plain_name(name, rules) for name in (other.name, *other.other_names)}
    shared = lefts & rights
    if shared:
        return _with_namesakes(min((rarity(name, rules) for name in shared), key=RARITIES.index), context)
    stand_ins = str.maketrans(dict(rules.people.stand_ins))
    if {name.translate(stand_ins) for name in lefts} & {name.translate(stand_ins) for name in rights}:
        return "variant"
    return "near" if any(_nearly(a, b) for a in lefts for b in rights) else "other"


def _with_namesakes(found: str, context: Context) -> str:
    """What the register knows of namesakes corrects what the name alone suggests."""
    if context.namesakes is None:
        return found
    if context.namesakes >= COMMON_FROM:
        return "common"
    return "ordinary" if found == "rare" and context.namesakes > RARE_UP_TO else found


def _nearly(a: str, b: str) -> bool:
    """One sign apart; another surname before a given name of one sign is another name (吴敏, 郑敏)."""
    return len(a) == len(b) > 1 and one_sign_apart(a, b) and (a[0] == b[0] or len(a) > 2)


def _unit(one: PersonRecord, other: PersonRecord, names: NameReader) -> str:
    lefts, rights = _units(one, names), _units(other, names)
    if not lefts or not rights:
        return ""
    if any(_one_unit(a, b) and a.part == b.part for a in lefts for b in rights):
        large = names.rules.people.large_units
        return "same-large" if any(large.search(unit.whole) for unit in (*lefts, *rights)) else "same"
    if any(_one_unit(a, b) and not (a.part and b.part) for a in lefts for b in rights):
        return "part"
    pasts = [names.read(text) for text in one.past_units], [names.read(text) for text in other.past_units]
    if any(_one_unit(a, b) for a in pasts[0] for b in rights) or any(
        _one_unit(a, b) for a in lefts for b in pasts[1]
    ):
        return "past"
    return "differ"


def _units(person: PersonRecord, names: NameReader) -> list[NameParts]:
    return [names.read(text) for text in (person.unit, *person.unit_names) if text]


def _one_unit(a: NameParts, b: NameParts) -> bool:
    return a.whole == b.whole or (bool(set(a.cores) & set(b.cores)) and not (a.bare or b.bare))


def _fields(one: PersonRecord, other: PersonRecord, rules: Rules) -> str:
    lefts, rights = ({rules.signs.bare(field) for field in person.fields} for person in (one, other))
    if not lefts or not rights:
        return ""
    if lefts & rights:
        return "same"
    alike = any(a in b or b in a or shared_pairs(a, b) >= ALIKE_FIELDS for a in lefts for b in rights)
    return "near" if alike else "differ"


def _coworkers(scale: Scale, one: PersonRecord, other: PersonRecord, rules: Rules) -> FieldComparison:
    lefts, rights = ({plain_name(name, rules) for name in person.coworkers} for person in (one, other))
    shared = sorted(lefts & rights)
    found = ""
    if shared:
        best = min((rarity(name, rules) for name in shared), key=RARITIES.index)
        more = {"common": "ordinary"}.get(best, "several")
        found = more if len(shared) > 1 else best
    elif min(len(lefts), len(rights)) >= ENOUGH_COWORKERS:
        found = "none"
    return outcome(
        scale, "coworkers", found, _listed(one.coworkers), _listed(other.coworkers), "、".join(shared)
    )


def _listed(names: Iterable[str]) -> str:
    return "、".join(sorted(names))


def _shared(left: frozenset[str], right: frozenset[str]) -> str:
    return "" if not left or not right else "equal" if left & right else "differ"


def _phone(one: PersonRecord, other: PersonRecord, named: str) -> str:
    """An office telephone is answered by several people: with other names it says little."""
    found = _shared(one.phones, other.phones)
    return "equal-other-name" if found == "equal" and named == "other" else found


def _email(one: PersonRecord, other: PersonRecord, named: str) -> str:
    found = _shared(one.emails, other.emails)
    return "equal-other-name" if found == "equal" and named == "other" else found


def _ids(left: frozenset[str], right: frozenset[str]) -> str:
    if left & right:
        return "equal"
    kinds = {one.partition(":")[0] for one in left} & {one.partition(":")[0] for one in right}
    return "differ" if kinds else ""


def _born(one: PersonRecord, other: PersonRecord) -> str:
    if one.born is None or other.born is None:
        return ""
    apart = abs(one.born - other.born)
    return "same" if apart == 0 else "near" if apart == 1 else "differ"


def _title(one: PersonRecord, other: PersonRecord, rules: Rules) -> str:
    """Titles rise: a higher one that was held earlier speaks for two people."""
    steps = rules.people.titles
    known = [(person.titled_in, steps[person.title]) for person in (one, other) if person.title in steps]
    if len(known) < 2 or any(year is None for year, _ in known):
        return ""
    (first, lower), (last, higher) = sorted((year or 0, step) for year, step in known)
    if first == last:
        return "plausible" if lower == higher else ""
    return "falls" if lower > higher else "plausible"


def _titled(person: PersonRecord) -> str:
    return f"{person.title} {person.titled_in}" if person.title and person.titled_in else person.title


def _years(one: PersonRecord, other: PersonRecord, unit: str, titled: str) -> str:
    """How the years of two lists lie; a long silence says nothing where a title rose over it."""
    if one.years is None or other.years is None:
        return ""
    first, last = sorted([one.years, other.years])
    if last[0] - first[1] >= GENERATION:
        return "" if titled == "plausible" and one.title != other.title else "generation"
    if unit != "differ":
        return ""
    together = min(first[1], last[1]) - last[0]
    return "overlaps" if together >= 2 else "follows" if together <= 0 else ""


def _span(person: PersonRecord) -> str:
    return f"{person.years[0]}—{person.years[1]}" if person.years else ""
