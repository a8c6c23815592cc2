"""Firms with three years of figures as the demonstration's have, in any number: loaded through the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from itertools import islice

from benchmarks.registry.data import Body, bodies
from huanchuang.accounts.models import Role, User
from huanchuang.accounts.queries import actor_of
from huanchuang.accounts.services.people import create_user, new_password
from huanchuang.audit.services import SYSTEM
from huanchuang.engines.kernel import Money, Period
from huanchuang.facts.models import Fact
from huanchuang.facts.services import FactGiven, record_facts
from huanchuang.money.services import open_budget
from huanchuang.registry.models import Membership, Organisation, Qualification
from huanchuang.registry.services import register_organisations
from huanchuang.web.demo.district.eligibility import more_statements
from huanchuang.web.demo.district.enterprises import CASES, TODAY, Firm
from huanchuang.web.demo.district.figures import statements

SOURCE, OTHER = "企业年度数据汇总（测试）", "统计年报（测试）"
OLD = dt.datetime(2019, 3, 1, 4, tzinfo=dt.UTC)
"""When timeless values were recorded that are too old to be used."""
ACCOUNTS = 3
"""Of so many firms one has nobody with an account."""
CERTIFIED = 4
"""One of so many firms holds a certificate as high-tech enterprise."""
SAID = frozenset({"valid-hte-certificate"})
"""What a firm does not say itself where the register knows it."""


@cache
def firms(number: int) -> tuple[Firm, ...]:
    """So many firms: names and codes as the bench of the register makes them, figures as the demonstration does."""
    return tuple(_firm(body) for body in islice(bodies(), number))


def _firm(body: Body) -> Firm:
    """Its number begins beyond those that the demonstration keeps for firms of its story."""
    number = 1000 + body.number
    founded = dt.date.fromisoformat(body.founded_on)
    case = CASES.get(number % 20, "plain") if (TODAY - founded).days > 4 * 366 else "plain"
    scale = (60, 100, 180)[number % 3]
    return Firm(number, body.name, body.short_name, body.uscc, body.industry, founded, scale, case, "新材料")


def load(number: int) -> dict[str, int]:
    """Organisations, figures, certificates, accounts, a budget; how many of each."""
    every = firms(number)
    register_organisations(SYSTEM, [firm.row() for firm in every], digest="0" * 64, note="benchmark")
    keys = {code.text: pk for code, pk in Organisation.objects.values_list("uscc", "pk") if code}
    recorded = record_facts(SYSTEM, _figures(every, keys), note="benchmark")
    _grow_old(every, keys)
    _certify(every, keys)
    officers = [_person(f"bench-{name}", Role.OFFICER) for name in ("one", "two")]
    accounts = _let_in(every, keys)
    open_budget(actor_of(officers[0]), "支持企业资金（测试）", TODAY.year, Money.parse("3亿元"))
    return {"organisations": len(keys), "facts": recorded.added, "accounts": accounts}


def _person(username: str, role: Role) -> User:
    return create_user(SYSTEM, username, username, role.value, new_password(), must_change=False)


def _figures(every: tuple[Firm, ...], keys: dict[str, int]) -> Iterator[FactGiven]:
    """All figures; of one firm in thirty a second source says something else of last year's sales."""
    for firm in every:
        subject = f"registry.organisation:{keys[firm.code]}"
        for line in (*statements(firm), *more_statements(firm)):
            if line.key in SAID and firm.number % CERTIFIED == 0:
                continue
            period = Period.year(line.year)
            yield FactGiven(subject, line.key, period, line.value, line.unit, "import", SOURCE)
            if line.key == "sales-revenue" and line.year == TODAY.year - 1 and firm.number % 30 == 5:
                yield FactGiven(subject, line.key, period, f"9{line.value}", line.unit, "report", OTHER)


def _grow_old(every: tuple[Firm, ...], keys: dict[str, int]) -> None:
    """One firm in twenty-five has said nothing new for years. No service records in the past, so the bench does it itself."""
    subjects = [f"registry.organisation:{keys[firm.code]}" for firm in every if firm.number % 25 == 9]
    Fact.objects.filter(subject__in=subjects).update(recorded_at=OLD)


def _certify(every: tuple[Firm, ...], keys: dict[str, int]) -> None:
    some = [firm for firm in every if firm.number % CERTIFIED == 0]
    Qualification.objects.bulk_create(
        Qualification(
            organisation_id=keys[firm.code], kind="high-tech-enterprise", valid_from=dt.date(2025, 11, 3),
            valid_until=dt.date(2028, 11, 2),
        )
        for firm in some
    )  # fmt: skip
    subjects = [f"registry.organisation:{keys[firm.code]}" for firm in some]
    year = Period.year(TODAY.year - 1)
    said = [FactGiven(one, "first-hte-certificate", year, "是", "", "import", SOURCE) for one in subjects]
    record_facts(SYSTEM, said, note="benchmark")


def _let_in(every: tuple[Firm, ...], keys: dict[str, int]) -> int:
    """A clerk with an account for two firms in three; nobody knows the passwords. In bulk: hashing takes half a second each."""
    some = [firm for firm in every if firm.number % ACCOUNTS]
    people = [
        User(username=f"bench-{firm.number}", name=f"经办{firm.number}", role=Role.CLERK.value, email=f"b{firm.number}@bench.invalid")
        for firm in some
    ]  # fmt: skip
    for person in people:
        person.set_unusable_password()
    User.objects.bulk_create(people)
    pks = dict(User.objects.filter(username__startswith="bench-").values_list("username", "pk"))
    Membership.objects.bulk_create(
        Membership(user_id=pks[f"bench-{firm.number}"], organisation_id=keys[firm.code], since=dt.date(2025, 1, 1))
        for firm in some
    )  # fmt: skip
    return len(people)
