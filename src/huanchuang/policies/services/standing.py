"""What is done with a list is done under the version that decides today: a list of an earlier one is computed anew first."""

from __future__ import annotations

from huanchuang.engines.kernel import ProblemError, refuse
from huanchuang.policies.queries.library import Listed, policy_named


def refuse_outdated(one: Listed) -> None:
    """ProblemError for a version of a policy that does not decide today."""
    current = policy_named(one.id)
    if current is None or current.pack.hash != one.pack.hash:
        raise outdated(one.title(), one.policy.version)


def outdated(title: str, version: str) -> ProblemError:
    """Why nothing is done under a version that another has followed."""
    return refuse(
        "policies.version.outdated",
        (title, f"名单按版本{version}测算，现在执行的已是另一版本", "请重新测算，再从新的名单办理"),
        (title, f"the list was made by version {version}, another one decides now", "Start a new run and use its list"),
    )  # fmt: skip
