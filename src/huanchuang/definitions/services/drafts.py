"""The life of a draft until somebody publishes it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from huanchuang.audit import services as audit
from huanchuang.definitions import effects
from huanchuang.definitions.models import LIVING, Draft, State
from huanchuang.definitions.queries.kinds import offered, offers
from huanchuang.definitions.queries.titles import title_in
from huanchuang.definitions.queries.versions import versions_of
from huanchuang.definitions.services.files import clean_files
from huanchuang.engines.kernel import refuse
from huanchuang.orm.models import save_versioned
from huanchuang.packs.library import library
from huanchuang.packs.schema import ID

LONGEST_ID = 100


def start_draft(
    actor: audit.Actor,
    kind: str,
    pack: str,
    files: Mapping[str, str],
    *,
    based_on: str = "",
    source: str = "",
) -> Draft:
    """A new draft from files. `based_on` is the hash of the version it continues, `source` says what it was made from.

    ProblemError for a kind that cannot be written here, an id of the wrong form or of another kind, files no pack has,
    or a draft of this pack that somebody works on already. What is wrong inside of the files is said by the check.
    """
    _refuse_name(kind, pack)
    taken = clean_files(kind, files)
    try:
        with transaction.atomic():
            made = Draft.objects.create(
                kind=kind, pack=pack, title=title_in(kind, taken), files=taken, source=source.strip()[:200],
                based_on=based_on, author=actor.id, author_name=actor.name, editors=[actor.id],
            )  # fmt: skip
            after = {"kind": kind, "pack": pack, "based_on": based_on}
            audit.record(actor, "definitions.draft.start", made.subject, after=after, note=made.source)
    except IntegrityError as error:
        raise _living(kind, pack) from error
    return made


def save_draft(actor: audit.Actor, draft: Draft, expected_version: int, files: Mapping[str, str]) -> Draft:
    """Other texts. EditedMeanwhile where somebody saved in between; ProblemError once it is submitted or over."""
    taken = clean_files(draft.kind, files)
    with transaction.atomic():
        stored = Draft.objects.select_for_update().get(pk=draft.pk)
        _refuse_unless(stored, State.OPEN, State.RETURNED)
        if stored.files == taken and stored.version == expected_version:
            return stored
        changed = sorted(
            name for name in {*stored.files, *taken} if stored.files.get(name) != taken.get(name)
        )
        stored.files, stored.title, stored.state = taken, title_in(stored.kind, taken), State.OPEN
        stored.editors = [*dict.fromkeys((*stored.editors, actor.id))]
        saved = save_versioned(stored, expected_version)
        audit.record(actor, "definitions.draft.save", saved.subject, after={"files": changed})
    return saved


def submit(actor: audit.Actor, draft: Draft, expected_version: int) -> Draft:
    """Ask somebody else to publish it; asking twice is asking once."""
    with transaction.atomic():
        stored = Draft.objects.select_for_update().get(pk=draft.pk)
        if stored.state == State.SUBMITTED:
            return stored
        _refuse_unless(stored, State.OPEN, State.RETURNED)
        stored.state, stored.remark, stored.remark_by_name = State.SUBMITTED, "", ""
        saved = save_versioned(stored, expected_version)
        audit.record(actor, "definitions.draft.submit", saved.subject, after={"pack": saved.pack})
        effects.submitted.send(Draft, draft=saved)
    return saved


def recall(actor: audit.Actor, draft: Draft, expected_version: int) -> Draft:
    """Take a submitted draft back to go on writing."""
    with transaction.atomic():
        stored = Draft.objects.select_for_update().get(pk=draft.pk)
        _refuse_unless(stored, State.SUBMITTED)
        stored.state = State.OPEN
        saved = save_versioned(stored, expected_version)
        audit.record(actor, "definitions.draft.recall", saved.subject, after={"pack": saved.pack})
    return saved


def give_back(actor: audit.Actor, draft: Draft, expected_version: int, remark: str) -> Draft:
    """Return a submitted draft to its author, who is told why. ProblemError without a remark."""
    _refuse_silence(remark)
    with transaction.atomic():
        stored = Draft.objects.select_for_update().get(pk=draft.pk)
        _refuse_unless(stored, State.SUBMITTED)
        _remark(stored, State.RETURNED, actor, remark)
        saved = save_versioned(stored, expected_version)
        audit.record(actor, "definitions.draft.return", saved.subject, note=saved.remark)
        effects.returned.send(Draft, draft=saved)
    return saved


def withdraw(actor: audit.Actor, draft: Draft, expected_version: int, remark: str) -> Draft:
    """End a draft that is not to become anything. ProblemError without the reason."""
    _refuse_silence(remark)
    with transaction.atomic():
        stored = Draft.objects.select_for_update().get(pk=draft.pk)
        _refuse_unless(stored, *LIVING)
        _remark(stored, State.WITHDRAWN, actor, remark)
        saved = save_versioned(stored, expected_version)
        audit.record(actor, "definitions.draft.withdraw", saved.subject, note=saved.remark)
    return saved


def _remark(stored: Draft, state: State, actor: audit.Actor, remark: str) -> None:
    stored.state, stored.remark, stored.remark_by_name = state, remark.strip()[:500], actor.name


def _refuse_name(kind: str, pack: str) -> None:
    if offered(kind) is None:
        known = "、".join(one.name for one in offers())
        raise refuse(
            "definitions.draft.kind",
            ("类别", f"“{kind[:40]}”不能在这里编写", f"可选：{known}"),
            ("Kind", f'"{kind[:40]}" cannot be written here', f"Choose one of: {known}"),
        )
    if len(pack) > LONGEST_ID or not ID.fullmatch(pack):
        raise refuse(
            "definitions.draft.id",
            (
                "编号",
                f"“{pack[:60]}”的写法不对",
                "请写成 地区.名称，用小写英文和连字符，例如 qingcen.rd-subsidy",
            ),
            (
                "Id",
                f'"{pack[:60]}" is not of the right form',
                "Write region.name in lower case with hyphens, such as qingcen.rd-subsidy",
            ),
        )
    if pack in library().ids() and pack not in versions_of(kind):
        raise refuse(
            "definitions.draft.other-kind",
            ("编号", f"“{pack}”已是另一类定义的编号", "请换一个编号"),
            ("Id", f'"{pack}" names a definition of another kind', "Take another id"),
        )


def _living(kind: str, pack: str) -> Exception:
    other = Draft.objects.filter(kind=kind, pack=pack, state__in=LIVING).first()
    name = other.author_name if other else ""
    return refuse(
        "definitions.draft.living",
        ("编号", f"“{pack}”已有{name}的草稿", "请打开那份草稿接着写，或请起草人先撤销"),
        ("Id", f'"{pack}" has a draft by {name} already', "Go on with that one, or have it withdrawn first"),
    )


def _refuse_unless(stored: Draft, *states: State) -> None:
    if stored.state not in states:
        label = str(stored.get_state_display())
        raise refuse(
            "definitions.draft.state",
            (stored.pack, f"现在是“{label}”，不能这样做", "请刷新页面查看最新状态"),
            (stored.pack, f'is "{label}" now', "Reload the page to see how it stands"),
        )


def _refuse_silence(remark: str) -> None:
    if len(remark.strip()) < 2:
        raise refuse(
            "definitions.remark",
            ("意见", "没有填写", "请写明原因，例如“第三条的上限应为50万元”"),
            ("Remark", "is missing", "Say why"),
        )
