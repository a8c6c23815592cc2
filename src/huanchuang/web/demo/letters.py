"""Proposals on their way: some waiting, one late, one given back, one to be signed, one answered twice. Data in `letters.yaml`.

Each step goes through its service on its own day, under the person who would do it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from huanchuang.accounts.models import User
from huanchuang.engines.kernel import Period
from huanchuang.orm import clock
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries import organisations_of, resolve_units
from huanchuang.steering.models import Draft, Extension, Handling, HandlingState, Letter, Plan
from huanchuang.steering.services.letters import answering, assigning, drafting, handling, signing
from huanchuang.steering.services.letters.intake import LetterGiven, Who, register_letter
from huanchuang.steering.services.letters.steps import Press
from huanchuang.web.demo.story import line_at

DATA = Path(__file__).resolve().parent / "letters.yaml"
Words = Mapping[str, Any]


class Teller:
    """Lets everything happen to one letter."""

    def __init__(self, letter: Letter, plan: Plan, people: Mapping[str, User]) -> None:
        self.letter, self.plan, self.people = letter, plan, people
        self.home = set(organisations_of(people["reporter"]).values_list("pk", flat=True))

    def tell(self, number: int, step: Words) -> None:
        """One step on its day."""
        with on(step["day"]):
            self.letter = Letter.objects.get(pk=self.letter.pk)
            deed: Callable[[Words, str], object] = getattr(self, step["do"])
            deed(step, f"demo-{self.letter.pk}-{number}")

    def assign(self, step: Words, token: str) -> None:
        helpers = [unit(name) for name in step["co"]]
        assigning.assign(self.letter, self._press("officer", step, token), unit(step["lead"]), helpers)

    def accept(self, step: Words, token: str) -> None:
        given = self._handling(step)
        assigning.accept(given, self._press(self._who(given.organisation_id), step, token))

    def ask_back(self, step: Words, token: str) -> None:
        given = self._handling(step)
        assigning.ask_back(given, self._press(self._who(given.organisation_id), step, token))

    def opinion(self, step: Words, token: str) -> None:
        given = self._handling(step)
        handling.give_opinion(given, self._press(self._who(given.organisation_id), step, token))

    def talk(self, step: Words, token: str) -> None:
        given = handling.TalkGiven(step["way"], step["day"])
        handling.note_talk(self.letter, self._press(self._lead(), step, token), given)

    def longer(self, step: Words, token: str) -> None:
        handling.ask_longer(self.letter, self._press(self._lead(), step, token), step["until"])

    def grant(self, step: Words, token: str) -> None:
        asked = Extension.objects.get(letter=self.letter, decision="asked")
        handling.decide_longer(asked, self._press("officer", step, token), True)

    def draft(self, step: Words, token: str) -> None:
        writer = self.people[self._lead()]
        made = drafting.begin_reply(writer, self.letter)
        made = drafting.put_together(writer, made, [line_at(self.plan, words) for words in step["lines"]])
        body = made.body + (f"\n{step['add']}" if "add" in step else "")
        written = drafting.Written(
            made.title, step.get("number", ""), body, step.get("mark", ""), step.get("contact", ""), step.get("phone", "")
        )  # fmt: skip
        drafting.write(writer, made, made.version, written)

    def submit(self, step: Words, token: str) -> None:
        signing.submit(self._draft(), self._press(self._lead(), step, token), self.people["leader"])

    def sign(self, step: Words, token: str) -> None:
        signing.sign(self._draft(), self._press("leader", step, token))

    def send(self, step: Words, token: str) -> None:
        answering.send(self.letter, self._press(self._lead(), step, token))

    def feedback(self, step: Words, token: str) -> None:
        answering.note_feedback(
            self.letter, self._press("officer", step, token), step["verdict"], step["day"]
        )

    def again(self, step: Words, token: str) -> None:
        answering.do_again(self.letter, self._press("officer", step, token), step["until"])

    def publish(self, step: Words, token: str) -> None:
        answering.decide_publicity(self.letter, self._press("officer", step, token), True)

    def close(self, step: Words, token: str) -> None:
        answering.close(self.letter, self._press("officer", step, token))

    def _press(self, who: str, step: Words, token: str) -> Press:
        return Press(self.people[who], token, None, step.get("why", step.get("text", "")))

    def _who(self, organisation: int | None) -> str:
        return "reporter" if organisation in self.home else "officer"

    def _lead(self) -> str:
        return self._who(self.letter.lead_id)

    def _handling(self, step: Words) -> Handling:
        given = Handling.objects.filter(letter=self.letter, organisation=unit(step["unit"]))
        return given.exclude(state=HandlingState.GONE).get()

    def _draft(self) -> Draft:
        return Draft.objects.get(letter=self.letter, round=self.letter.round)


def tell(plan: Plan, people: Mapping[str, User]) -> None:
    """Register every letter of the data and let happen what happens to it; then begin the half-year report."""
    data = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    for entry in data["letters"]:
        with on(entry["received"]):
            given = LetterGiven(
                entry["kind"], entry["session"], entry["number"], entry["title"], entry["received"], entry["contents"],
                [Who(**one) for one in entry["proposers"]],
            )  # fmt: skip
            teller = Teller(register_letter(people["officer"], given), plan, people)
        for number, step in enumerate(entry["steps"]):
            teller.tell(number, step)
    drafting.begin_report(people["officer"], plan, Period.parse(data["report"]))


def unit(name: str) -> Organisation:
    """A unit of the district by its short name. LookupError where the register has none."""
    found = resolve_units([name])[name]
    if found is None:
        raise LookupError(f"web/demo/letters.yaml: no unit “{name}”")
    return found


@contextmanager
def on(day: dt.date) -> Iterator[None]:
    """The business clock on a past day, never later than the demonstration's own; only while the story is told."""
    today, fixed = clock.today(), settings.HUANCHUANG_TODAY
    settings.HUANCHUANG_TODAY = min(day, today)
    try:
        yield
    finally:
        settings.HUANCHUANG_TODAY = fixed
