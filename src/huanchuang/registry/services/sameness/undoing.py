"""Take a merge back: what moved goes back, values that the merge set return, both entries stand for themselves again."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from huanchuang.audit import services as audit
from huanchuang.engines.kernel import Problem, ProblemError, ProblemText, refuse
from huanchuang.orm import clock
from huanchuang.orm.models import key_of_subject, save_versioned
from huanchuang.registry import effects
from huanchuang.registry.models import Entry, Merge, Said
from huanchuang.registry.queries.kinds import Kind, kind_named
from huanchuang.registry.queries.kinds.values import plain_value
from huanchuang.registry.queries.sameness.comparing import compare_entries
from huanchuang.registry.services import checks, revise
from huanchuang.registry.services.prepare import refresh_belongings, rewrite_names, set_derived
from huanchuang.registry.services.sameness import columns, judging, moving
from huanchuang.registry.services.sameness.merging import note_moved


def undo_merge(actor: audit.Actor, merge: Merge, reason: str, verdict: str = Said.UNSURE) -> Merge:
    """Undo a merge. Rows that came to the kept entry since stay with it, rows that moved go back as they are now.

    The pair is remembered as `verdict` (unsure or different), so that nothing puts it together again by itself.
    Raises ProblemError without a reason, for a merge undone already, and while a later merge rests on this one.
    """
    kind = kind_named(merge.kind)
    with transaction.atomic():
        merge = Merge.objects.select_for_update().get(pk=merge.pk)
        _refuse(merge, reason)
        kept, lost = _locked(kind, merge)
        stayed = _values_back(kind, merge, kept, lost)
        groups: list[moving.Group] = [(label, column, keys) for label, column, keys in merge.moved]
        back: list[moving.Group] = []
        for label, column, keys in groups:
            done, late = moving.move_back((label, column, keys), lost, kept)
            back.append((label, column, sorted(done)))
            stayed += [f"{label}:{key}" for key in late]
        effects.unmerged.send(sender=Merge, merge=merge, kept=kept.subject, lost=lost.subject)
        refresh_belongings(kept)
        refresh_belongings(lost)
        merge.undone_at, merge.undone_because = clock.now(), reason.strip()[:300]
        merge.undone_by, merge.undone_by_name = actor.id, actor.name
        merge.save()
        judging.remember(actor, kept, lost, verdict, reason, compare_entries(kind, kept, lost))
        _tell(actor, kind, merge, kept, lost, stayed)
        note_moved(actor, "unmerge", back, lost, merge.undone_because)
    return merge


def _refuse(merge: Merge, reason: str) -> None:
    if not reason.strip():
        raise refuse(
            "registry.unmerge.reason",
            ("撤销理由", "不能为空", "请写明为什么不是同一个"),
            ("Reason", "is empty", "Say why the two are not one"),
        )
    if merge.undone_at is not None:
        raise ProblemError(
            Problem(
                "合并", f"已于{merge.undone_at:%Y-%m-%d}撤销", "无需再次撤销", code="registry.unmerge.twice",
                en=ProblemText("Merge", f"was undone on {merge.undone_at:%Y-%m-%d}", "Nothing more to do"),
            )
        )  # fmt: skip
    later = _resting_on(merge)
    if later is not None:
        raise ProblemError(
            Problem(
                "合并", f"之后“{later.lost_title}”又并入了“{later.kept_title}”", "请先撤销后来的那次合并",
                code="registry.unmerge.order",
                en=ProblemText("Merge", f'"{later.lost_title}" was merged into "{later.kept_title}" afterwards', "Undo that later merge first"),
            )
        )  # fmt: skip


def _resting_on(merge: Merge) -> Merge | None:
    """A later merge, not undone, in which either entry takes part."""
    ends = [merge.kept, merge.lost]
    later = Merge.objects.filter(Q(kept__in=ends) | Q(lost__in=ends), pk__gt=merge.pk, undone_at__isnull=True)
    return later.order_by("-pk").first()


def _locked(kind: Kind, merge: Merge) -> tuple[Entry, Entry]:
    keys = [key_of_subject(merge.kept), key_of_subject(merge.lost)]
    rows = {
        row.pk: row
        for row in kind.model._default_manager.select_for_update().filter(pk__in=keys).order_by("pk")
    }
    return rows[keys[0]], rows[keys[1]]


def _values_back(kind: Kind, merge: Merge, kept: Entry, lost: Entry) -> list[str]:
    """Give both entries the values they had, first the kept one: a code must leave it before the lost one has it again."""
    stayed = [f"{merge.kept}.{name}" for name in columns.put_back(kept, merge.columns["kept"])]
    _store(kind, kept)
    stayed += [
        f"{merge.lost}.{name}" for name in columns.put_back(lost, _still_free(kind, merge, kept, lost))
    ]
    _store(kind, lost)
    return stayed


def _still_free(kind: Kind, merge: Merge, kept: Entry, lost: Entry) -> dict[str, columns.Change]:
    """What the lost entry gets back; not a unique value that somebody gave to another entry meanwhile."""
    changed = dict(merge.columns["lost"])
    for name in columns.unique_columns(type(lost)):
        if name in changed and changed[name][0] is not None:
            taken = kind.model._default_manager.filter(**{name: changed[name][0]}).exclude(pk=lost.pk)
            if taken.exists():
                del changed[name]
    return changed


def _store(kind: Kind, entry: Entry) -> None:
    set_derived(kind, entry)
    if entry.retired_on is None:
        checks.refuse_duplicate(kind, entry)
    save_versioned(entry, entry.version)
    rewrite_names(entry)


def _tell(actor: audit.Actor, kind: Kind, merge: Merge, kept: Entry, lost: Entry, stayed: list[str]) -> None:
    names = [name.removesuffix("_id") for name in merge.columns["kept"]]
    values = {
        name: plain_value(kind.by_name[name], getattr(kept, name)) for name in names if name in kind.by_name
    }
    revise.note(actor, kept, "unmerge", values, "", merge.undone_because)
    revise.note(actor, lost, "unmerge", {}, "", merge.undone_because)
    deed = f"registry.{kind.name}.unmerge"
    after = {"lost": lost.subject, "stayed": stayed}
    audit.record(actor, deed, kept.subject, after=after, note=merge.undone_because)
    audit.record(actor, deed, lost.subject, after={"kept": kept.subject}, note=merge.undone_because)
