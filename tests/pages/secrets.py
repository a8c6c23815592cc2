"""A confidential achievement with everything that can hang on one, each text of it marked; and who may know of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile

from huanchuang.accounts.models import Role, User
from huanchuang.audit.services import Actor
from huanchuang.engines.kernel import Period
from huanchuang.facts.services.record import record_fact
from huanchuang.jobs import effects as jobs
from huanchuang.registry.models import Entry, Organisation
from huanchuang.registry.queries.kinds import ACHIEVEMENT, KINDS, PATENT
from huanchuang.registry.services import change, join, register, relate, retire, unrelate
from huanchuang.registry.services.attachments import attach_files
from huanchuang.registry.services.life import take_step
from huanchuang.registry.services.maturity import Evidence, raise_trl
from huanchuang.registry.tests.specimens import values_of

MARK = "绝密标记"
KEEPER = Actor("keeper", "保管人")
TODAY = dt.date(2026, 6, 30)


@dataclass
class Ground:
    """What everybody may know: the unit that owns the secret, somebody and something it will be tied to."""

    unit: Organisation
    inside: User
    """A member of the unit: the only one who may know."""
    inventor: Entry
    paper: Entry
    open_result: Entry
    open_patent: Entry

    @property
    def entries(self) -> list[Entry]:
        """All entries of it."""
        return [self.unit, self.inventor, self.paper, self.open_result, self.open_patent]


def ground() -> Ground:
    """An innocent unit with an innocent achievement."""
    unit = register(KEEPER, KINDS["organisation"], {"name": "云澜保密试验研究院", "kind": "company"})
    assert isinstance(unit, Organisation)
    inside = User.objects.create_user(username="inside", name="知情人", role=Role.CLERK.value)
    join(KEEPER, inside, unit, since=dt.date(2020, 1, 1))
    inventor = register(KEEPER, KINDS["person"], {"name": "秦岚", "roles": ["researcher"], "unit": unit})
    paper = register(KEEPER, KINDS["document"], {"title": "合作备忘录", "kind": "notice", "issuer": unit})
    open_result = register(KEEPER, ACHIEVEMENT, {"title": "公开的板材", "owner": unit})
    relate(KEEPER, "inventor-of", inventor, open_result)
    open_patent = register(
        KEEPER,
        PATENT,
        {"title": "公开的专利", "kind": "invention", "owner": unit, "achievement": open_result},
    )
    _be_reminded()
    return Ground(unit, inside, inventor, paper, open_result, open_patent)


def plant(on: Ground) -> list[Entry]:
    """Register the secret and let it live: edits, relations, figures, files, steps, proofs, notices, an end."""
    marked = {**values_of(ACHIEVEMENT, on.unit, MARK), "is_confidential": True}
    secret = register(KEEPER, ACHIEVEMENT, marked, source=f"{MARK}出处")
    ended = register(KEEPER, ACHIEVEMENT, {**marked, "title": f"{MARK}停用"})
    given = {**values_of(PATENT, on.unit, MARK, {"achievement": secret}), "state": "granted"}
    due = {"expires_on": TODAY + dt.timedelta(days=400), "fee_due_on": TODAY + dt.timedelta(days=30)}
    patent = register(KEEPER, PATENT, {**given, **due})
    retire(KEEPER, ended, ended.version, f"{MARK}原因")
    for type_, one, other in (
        ("inventor-of", on.inventor, secret),
        ("inventor-of", on.inventor, patent),
        ("contact-of", on.inventor, secret),
        ("holds", on.unit, patent),
        ("uses", on.unit, secret),
        ("about", on.paper, secret),
    ):
        relate(KEEPER, type_, one, other, note=f"{MARK}说明", source=f"{MARK}来源")
    unrelate(KEEPER, relate(KEEPER, "holds", on.unit, secret, note=f"{MARK}说明"))
    for period in ("2024", "2025"):
        record_fact(
            KEEPER, secret.subject, f"{MARK}指标", Period.parse(period), f"{MARK}数值", "", "manual",
            f"{MARK}链接", f"{MARK}说明",
        )  # fmt: skip
    file = SimpleUploadedFile(f"{MARK}.txt", f"{MARK}内容".encode())
    attach_files(KEEPER, secret, [file])
    evidence = {1: Evidence(f"{MARK}证明", [(f"{MARK}证明.txt", f"{MARK}证明内容".encode())])}
    secret = raise_trl(KEEPER, _fresh(secret), _fresh(secret).version, 1, evidence)
    take_step(KEEPER, secret, secret.version, "evaluate", note=f"{MARK}结论", uploads=[(f"{MARK}结论.txt", f"{MARK}评价".encode())])  # fmt: skip
    change(KEEPER, secret, _fresh(secret).version, {"summary": f"{MARK}再改"}, note=f"{MARK}修改说明")
    _be_reminded()
    return [_fresh(secret), ended, patent]


def _be_reminded() -> None:
    """Let everything happen that happens by itself: reminders of deadlines, seals."""
    for _seconds, work in jobs.regular.values():
        work()


def _fresh(entry: Entry) -> Entry:
    return type(entry)._default_manager.get(pk=entry.pk)
