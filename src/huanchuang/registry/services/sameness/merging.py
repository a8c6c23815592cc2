"""Put one entry into another: values chosen, names kept as aliases, everything that points at it moved, all in one go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import transaction

from huanchuang.audit import services as audit
from huanchuang.engines.kernel import Problem, ProblemError, ProblemText, refuse
from huanchuang.orm import clock
from huanchuang.orm.models import EditedMeanwhile, save_versioned
from huanchuang.registry import effects
from huanchuang.registry.models import Entry, Merge, Organisation, Revision, Said
from huanchuang.registry.queries import names
from huanchuang.registry.queries.kinds import KINDS, Kind, kind_of
from huanchuang.registry.queries.kinds.values import plain_value
from huanchuang.registry.queries.sameness.comparing import compare_entries
from huanchuang.registry.queries.sameness.judged import live_merge
from huanchuang.registry.services import checks, revise
from huanchuang.registry.services.prepare import refresh_belongings, rewrite_names, set_derived
from huanchuang.registry.services.sameness import columns, judging, moving

FROM_LOST = "lost"
E = TypeVar("E", bound=Entry)


def merge(
    actor: audit.Actor,
    kept: Entry,
    lost: Entry,
    choices: Mapping[str, str],
    reason: str,
    *,
    despite: str = "",
    versions: tuple[int, int] | None = None,
) -> Merge:
    """Put `lost` into `kept`; `choices` names the fields whose value comes from the lost one ("lost").

    Everything that points at the lost entry points at the kept one afterwards, its names become aliases, and it is
    retired. `versions` are those that the person looked at, of (kept, lost). Raises ProblemError for what cannot be
    put together, Contradiction where it was held to be different and `despite` does not say why, EditedMeanwhile.
    """
    kind = kind_of(kept)
    with transaction.atomic():
        kept, lost = _locked(kept, lost)
        _refuse(kept, lost, reason)
        _refuse_edited(kept, lost, versions)
        if not despite.strip():
            judging.refuse_contradiction(kept, lost, Said.SAME)
        comparison = compare_entries(kind, kept, lost)
        before = columns.snapshot(kept), columns.snapshot(lost)
        taken = _take(kind, kept, lost, choices)
        _retire(kept, lost, kind)
        _save(kind, kept, taken)
        moved = moving.move(lost, kept)
        made = Merge.objects.create(
            kind=kind.name, kept=kept.subject, lost=lost.subject,
            kept_title=kind.title(kept)[:200], lost_title=str(before[1][kind.title_field])[:200],
            at=clock.now(), by=actor.id, by_name=actor.name, reason=reason.strip()[:300], despite=despite.strip()[:300],
            choices={name: FROM_LOST for name in taken if name in choices},
            columns={
                "kept": columns.changes(before[0], columns.snapshot(kept)),
                "lost": columns.changes(before[1], columns.snapshot(lost)),
            },
            moved=moved.moved, stayed=moved.stayed,
        )  # fmt: skip
        refresh_belongings(kept)
        judging.remember(actor, kept, lost, Said.SAME, despite or reason, comparison)
        answers = effects.merged.send(sender=Merge, merge=made, kept=kept.subject, lost=lost.subject)
        made.told = {answer[0]: answer[1] for _receiver, answer in answers if answer}
        made.save(update_fields=["told"])
        _tell(actor, made, kept, lost, taken)
        note_moved(actor, "merge", moved.moved, kept, made.reason)
    return made


def _locked(kept: E, lost: E) -> tuple[E, E]:
    model = type(kept)
    if type(lost) is not model or kept.pk == lost.pk:
        judging.refuse_pair(kept, lost)
    rows = {
        row.pk: row
        for row in model._default_manager.select_for_update().filter(pk__in=[kept.pk, lost.pk]).order_by("pk")
    }
    return rows[kept.pk], rows[lost.pk]


def _refuse(kept: Entry, lost: Entry, reason: str) -> None:
    if not reason.strip():
        raise refuse(
            "registry.merge.reason",
            ("合并理由", "不能为空", "请写明依据，例如“同一代码，前者为旧称”"),
            ("Reason", "is empty", "Say why, such as one code, the other name is the former one"),
        )
    for entry in (kept, lost):
        earlier = live_merge(entry.subject)
        if earlier is not None:
            raise ProblemError(
                Problem(
                    earlier.lost_title, f"已并入“{earlier.kept_title}”", "请打开那一条，或先撤销那次合并",
                    code="registry.merge.twice",
                    en=ProblemText(earlier.lost_title, f'was merged into "{earlier.kept_title}" already', "Open that one, or undo that merge first"),
                )
            )  # fmt: skip
    if kept.retired_on is not None and lost.retired_on is None:
        raise refuse(
            "registry.merge.retired",
            ("保留的记录", "已停用，而另一条在册", "请保留在册的一条"),
            ("The kept entry", "is retired and the other is in force", "Keep the one in force"),
        )


def _refuse_edited(kept: Entry, lost: Entry, versions: tuple[int, int] | None) -> None:
    if versions is None:
        return
    for entry, seen in zip((kept, lost), versions, strict=True):
        if entry.version != seen:
            raise EditedMeanwhile(entry)


def _take(kind: Kind, kept: Entry, lost: Entry, choices: Mapping[str, str]) -> dict[str, Any]:
    """Give the kept entry the values chosen from the lost one, and its names; returns field → value of what changed."""
    unknown = set(choices) - set(kind.by_name)
    if unknown:
        raise TypeError(f"not fields of a {kind.name}: {', '.join(sorted(unknown))}")
    chosen = {name: getattr(lost, name) for name, side in choices.items() if side == FROM_LOST}
    if isinstance(kept, Organisation) and isinstance(lost, Organisation):
        chosen["aliases"] = _aliases(kept, lost, chosen)
        if chosen.get("parent", kept.parent) in (kept, lost):
            chosen["parent"] = None if lost.parent in (kept, lost) else lost.parent
    _settle_unique(kept, lost, chosen)
    cleaned = checks.cleaned(
        kind, {name: value for name, value in chosen.items() if name in kind.by_name}, kept
    )
    changed = {name: value for name, value in cleaned.items() if getattr(kept, name) != value}
    for name, value in changed.items():
        setattr(kept, name, value)
    return changed


def _aliases(kept: Organisation, lost: Organisation, chosen: Mapping[str, Any]) -> list[str]:
    """All other names of both: none is lost, none repeats what the entry is called anyway."""
    called = {names.normalise(chosen.get(name, getattr(kept, name))) for name in ("name", "short_name")}
    other = [
        *kept.aliases,
        *chosen.get("aliases", []),
        kept.name,
        kept.short_name,
        lost.name,
        lost.short_name,
        *lost.aliases,
    ]
    found: dict[str, str] = {}
    for name in other:
        key = names.normalise(name)
        if key and key not in called:
            found.setdefault(key, name)
    return list(found.values())


def _settle_unique(kept: Entry, lost: Entry, chosen: Mapping[str, Any]) -> None:
    """A value that only one row may have leaves the lost entry when the kept one takes it; an account moves along."""
    for attname in columns.unique_columns(type(kept)):
        is_field = attname in kind_of(kept).by_name
        takes = attname in chosen if is_field else getattr(kept, attname) is None
        if takes and getattr(lost, attname) is not None:
            if not is_field:
                setattr(kept, attname, getattr(lost, attname))
            setattr(lost, attname, None)


def _retire(kept: Entry, lost: Entry, kind: Kind) -> None:
    if lost.retired_on is None:
        lost.retired_on = clock.today()
        lost.retired_because = f"已并入“{kind.title(kept)}”"[:200]
    set_derived(kind, lost)
    save_versioned(lost, lost.version)


def _save(kind: Kind, kept: Entry, taken: Mapping[str, Any]) -> None:
    set_derived(kind, kept)
    checks.refuse_duplicate(kind, kept)
    save_versioned(kept, kept.version)
    if taken:
        rewrite_names(kept)


def _tell(actor: audit.Actor, made: Merge, kept: Entry, lost: Entry, taken: Mapping[str, Any]) -> None:
    """A revision and an audit entry on both."""
    kind = kind_of(kept)
    values = {name: plain_value(kind.by_name[name], value) for name, value in taken.items()}
    source = f"合并：{made.lost_title}"
    revise.note(actor, kept, "merge", values, source, made.reason)
    revise.note(actor, lost, "merge", {}, "", f"并入：{made.kept_title}")
    deed = f"registry.{kind.name}.merge"
    audit.record(
        actor, deed, kept.subject, after={"lost": lost.subject, **revise.told(kept, values)}, note=made.reason
    )
    audit.record(actor, deed, lost.subject, after={"kept": kept.subject}, note=made.reason)


def note_moved(actor: audit.Actor, deed: str, groups: list[moving.Group], owner: Entry, note: str) -> None:
    """Entries of the register whose link moved know it by a revision, so that each field keeps its source."""
    by_label = {kind.subject_prefix: kind for kind in KINDS.values()}
    for label, attname, keys in groups:
        kind = by_label.get(label)
        if kind is None:
            continue
        name = attname.removesuffix("_id")
        if name not in kind.by_name:
            continue
        rows = kind.model._default_manager.filter(pk__in=keys)
        Revision.objects.bulk_create(
            [revise.revision(actor, row, deed, {name: owner.subject}, "", note) for row in rows],
            batch_size=500,
        )
