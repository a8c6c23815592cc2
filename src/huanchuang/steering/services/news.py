"""Notices that the steps of a line send: who should know, in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse

from huanchuang.accounts.models import Role, User
from huanchuang.accounts.queries import users_with_role
from huanchuang.notices.services import notify
from huanchuang.orm import clock
from huanchuang.registry.models import Membership
from huanchuang.steering.models import Responsibility, Revision, Shortcoming, Slip, Target


def reporters_of(target: Target) -> list[User]:
    """The reporters of the units that answer for a line."""
    units = target.responsibilities.filter(organisation__isnull=False).values("organisation")
    belonging = Membership.objects.filter(organisation__in=units, until__isnull=True).values("user")
    return list(users_with_role(Role.REPORTER).filter(pk__in=belonging))


def officers() -> list[User]:
    """The officers of the bureau."""
    return list(users_with_role(Role.OFFICER))


def close_requested(target: Target, by: User) -> None:
    """The bureau has something to verify."""
    others = [user for user in officers() if user.pk != by.pk]
    _tell(
        others,
        target,
        "steering.close_requested",
        f"申请销号待核验：{target.name}",
        f"{by.name}已申请销号，请核验佐证材料。",
    )


def closed(target: Target) -> None:
    """The unit learns that it is done."""
    _tell(reporters_of(target), target, "steering.closed", f"已销号：{target.name}", "核验通过。")


def returned(target: Target, reason: str) -> None:
    """The unit learns what is missing."""
    _tell(reporters_of(target), target, "steering.returned", f"退回补正：{target.name}", f"原因：{reason}")


def adjusted(target: Target, reason: str) -> None:
    """The unit learns what has changed."""
    _tell(reporters_of(target), target, *adjusted_words(target, reason))


def ended(target: Target, reason: str) -> None:
    """The unit learns that nothing more is expected."""
    _tell(reporters_of(target), target, *ended_words(target, reason))


FEW = 3
"""Up to so many lines a revision tells of each by itself; of more at once."""


def revised(revision: Revision, changed: Sequence[Target], ended: Sequence[Target]) -> None:
    """The units learn what a corrected version of the plan means for their lines, each person at most a few notices."""
    by_line = _reporters_by_line([*changed, *ended])
    reasons = {line.pk: (f"方案修订：{revision.reason}", adjusted_words) for line in changed}
    reasons |= {line.pk: (f"方案修订后不再列入：{revision.reason}", ended_words) for line in ended}
    own: dict[User, list[Target]] = {}
    for line in (*changed, *ended):
        for user in by_line.get(line.pk, ()):
            own.setdefault(user, []).append(line)
    for user, lines in own.items():
        if len(lines) > FEW:
            _tell_of_many(user, revision, lines)
            continue
        for line in lines:
            reason, words = reasons[line.pk]
            _tell([user], line, *words(line, reason))


def adjusted_words(target: Target, reason: str) -> tuple[str, str, str]:
    """Kind, title and body of the news that a line has changed."""
    return "steering.adjusted", f"任务有调整：{target.name}", f"原因：{reason}"


def ended_words(target: Target, reason: str) -> tuple[str, str, str]:
    """Kind, title and body of the news that a line has ended."""
    return "steering.ended", f"任务已终止：{target.name}", f"原因：{reason}"


def _tell_of_many(user: User, revision: Revision, lines: Sequence[Target]) -> None:
    names = "、".join(line.name for line in lines[:FEW])
    notify(
        [user],
        "steering.revised",
        f"方案已修订：《{revision.plan.title}》",
        f"贵单位有 {len(lines)} 条任务变化：{names}等。原因：{revision.reason}",
        f"{reverse('steering:compare', args=[revision.plan_id])}?show=lines",
        dedupe=f"steering.revised-{revision.pk}",
    )


def _reporters_by_line(lines: Sequence[Target]) -> dict[int, list[User]]:
    """The reporters of the units that answer for each line, in two questions."""
    reporters = {user.pk: user for user in users_with_role(Role.REPORTER)}
    belonging: dict[int, list[User]] = {}
    members = Membership.objects.filter(until__isnull=True, user__in=reporters)
    for organisation, user in members.values_list("organisation", "user"):
        belonging.setdefault(organisation, []).append(reporters[user])
    found: dict[int, dict[int, User]] = {}
    answering = Responsibility.objects.filter(
        target__in=[line.pk for line in lines], organisation__in=belonging
    )
    for line, organisation in answering.values_list("target", "organisation"):
        found.setdefault(line, {}).update({user.pk: user for user in belonging[organisation]})
    return {line: list(people.values()) for line, people in found.items()}


def reopened(target: Target, reason: str) -> None:
    """The unit learns that the line lives again."""
    _tell(
        reporters_of(target), target, "steering.reopened", f"任务重新打开：{target.name}", f"原因：{reason}"
    )


def change_asked(target: Target, by: User, what: str, reason: str) -> None:
    """The bureau has a change to decide."""
    others = [user for user in officers() if user.pk != by.pk]
    _tell(
        others,
        target,
        "steering.change_asked",
        f"申请{what}待审批：{target.name}",
        f"{by.name}申请{what}，原因：{reason}",
    )


def change_refused(target: Target, asker: User, what: str, opinion: str) -> None:
    """Whoever asked learns that it was not agreed to, and why."""
    _tell(
        [asker, *reporters_of(target)],
        target,
        "steering.change_refused",
        f"未同意{what}：{target.name}",
        f"意见：{opinion}",
    )


def shortcoming_raised(found: Shortcoming) -> None:
    """The unit learns what is to be put right."""
    _about(
        found,
        "steering.shortcoming_raised",
        f"问题待整改：{found.title}",
        f"措施：{found.measure}；时限{found.due_on}。",
    )


def shortcoming_submitted(found: Shortcoming, by: User) -> None:
    """The bureau has something to look at again."""
    people = [user for user in officers() if user.pk != by.pk]
    _send(people, found, "steering.shortcoming_submitted", f"整改待复查：{found.title}", found.answer)


def shortcoming_judged(found: Shortcoming) -> None:
    """The unit learns whether it is settled."""
    word = "已销号" if found.state == Shortcoming.State.SETTLED else "退回整改"
    _about(found, "steering.shortcoming_judged", f"{word}：{found.title}", found.opinion)


def _about(found: Shortcoming, kind: str, title: str, body: str) -> None:
    belonging = Membership.objects.filter(organisation=found.organisation, until__isnull=True).values("user")
    _send(users_with_role(Role.REPORTER).filter(pk__in=belonging), found, kind, title, body)


def _send(people: Iterable[User], found: Shortcoming, kind: str, title: str, body: str) -> None:
    link = reverse("steering:shortcoming", args=[found.pk])
    notify(people, kind, title, body, link, dedupe=f"{kind}-{found.pk}-{found.version}")


def slipped(slip: Slip, people: Iterable[User]) -> int:
    """The unit is urged; one notice a person for each slip."""
    title = f"{slip.get_stage_display()}催办：{slip.target.name}"
    body = f"{slip.reason}。请及时填报进展；已完成的请上传佐证并申请销号。"
    return notify(
        people, f"steering.slip_{slip.stage}", title, body, _link(slip.target), dedupe=f"slip-{slip.pk}"
    )


def _tell(users: Iterable[User], target: Target, kind: str, title: str, body: str) -> None:
    stamp = f"{kind}-{target.pk}-{target.version}-{clock.today()}"
    notify(users, kind, title, body, _link(target), dedupe=stamp)


def _link(target: Target) -> str:
    return reverse("steering:target", args=[target.pk])
