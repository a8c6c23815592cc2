"""One step in the life of a letter, the same way for all: lock, look, move, write down."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.kernel.problem import refuse
from huanchuang.orm import clock
from huanchuang.orm.models import save_versioned
from huanchuang.registry.models import Organisation
from huanchuang.steering.models import Letter, LetterState, LetterStep
from huanchuang.steering.services.steps import used_up

Verb = LetterStep.Verb
UNKEPT = frozenset({"contents"})
"""Fields that may speak of people: the trail knows only how long they were."""


@dataclass(frozen=True)
class Press:
    """A button as it was pressed: by whom, made with which form, on which version of the letter, with which words.

    `token` was made with the form: pressed twice, the second press finds the first one's step.
    """

    user: User
    token: str
    version: int | None
    reason: str = ""


def locked(letter: Letter) -> Letter:
    """The letter as it is now, held until the transaction ends."""
    return Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)


def already_done(letter: Letter, press: Press, *verbs: Verb) -> bool:
    """Whether this button was pressed before. ProblemError where the page served for something else already."""
    earlier = LetterStep.objects.filter(token=press.token).first()
    if earlier is None:
        return False
    if (earlier.letter_id, earlier.by_id) != (letter.pk, press.user.pk) or earlier.verb not in verbs:
        raise used_up()
    return True


def take(
    letter: Letter,
    press: Press,
    verb: Verb,
    to_state: LetterState | None = None,
    organisation: Organisation | None = None,
    **sets: Any,
) -> LetterStep:
    """Move a locked letter; raises EditedMeanwhile when it is no longer what the person saw."""
    from_state = LetterState(letter.state)
    before = {name: _kept(name, getattr(letter, name)) for name in sets}
    for name, value in sets.items():
        setattr(letter, name, value)
    letter.state = to_state or from_state
    save_versioned(letter, letter.version if press.version is None else press.version)
    step = LetterStep.objects.create(
        letter=letter,
        verb=verb,
        round=letter.round,
        from_state=from_state,
        to_state=letter.state,
        by=press.user,
        organisation=organisation,
        on=clock.today(),
        reason=press.reason.strip(),
        token=press.token,
    )
    audit.record(
        actor_of(press.user),
        f"steering.letter.{verb.value}",
        letter.subject,
        before={"state": from_state.value, **before},
        after={"state": str(letter.state), **{name: _kept(name, value) for name, value in sets.items()}},
        note=press.reason.strip(),
    )
    return step


def must_be(letter: Letter, states: Collection[LetterState], verb: Verb) -> None:
    """Refuse a step that does not fit the state."""
    if letter.state in states:
        return
    fitting = "、".join(str(state.label) for state in states)
    raise refuse(
        "steering.letter.state",
        (
            f"第{letter.number}号“{letter.title}”",
            f"当前状态是“{letter.get_state_display()}”，不能{verb.label}",
            f"“{fitting}”的件才可以，请刷新页面后再看",
        ),
        (
            f"No. {letter.number}",
            f'its state is "{letter.state}", so this does not fit',
            "Reload the page and look again",
        ),
    )


def must_be_yours(permitted: bool, letter: Letter) -> None:
    """Refuse who does not act for the unit in question."""
    if permitted:
        return
    raise refuse(
        "steering.letter.not_yours",
        (f"第{letter.number}号“{letter.title}”", "不由贵单位办理这一步", "如交办有误，请与主管科室联系"),
        (
            f"No. {letter.number}",
            "this step is not for your unit to take",
            "Ask the assigning office if this is wrong",
        ),
    )


def must_say(words: str, where: str, where_en: str) -> str:
    """The words without spaces around them; ProblemError where there are none."""
    if words.strip():
        return words.strip()
    raise refuse(
        "steering.letter.words",
        (where, "没有填写", "请写明，对方和以后查阅的人都会看到"),
        (where_en, "is empty", "Fill it in; the other side and later readers will see it"),
    )


def _kept(name: str, value: object) -> Any:
    return f"{len(str(value))}字" if name in UNKEPT else _plain(value)


def _plain(value: object) -> Any:
    if value is None or isinstance(value, str | int | bool):
        return value
    return str(getattr(value, "pk", value))
