"""What people say about a pair, which values they choose, and why they take a merge back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from huanchuang.accounts.models import User
from huanchuang.orm.boxes import offer
from huanchuang.orm.numbers import whole_number
from huanchuang.registry.models import Entry, Said
from huanchuang.registry.queries.kinds import KINDS, Kind, kind_of
from huanchuang.registry.queries.organisations import find, resolve_unit
from huanchuang.registry.queries.sameness.merging import Choice
from huanchuang.registry.queries.visibility import visible

ONE, OTHER = "one", "other"
LONGEST = 300


class JudgementForm(forms.Form):
    """Same, different or unsure, with a note; `despite` where it contradicts what was said before."""

    verdict = forms.ChoiceField(
        choices=[(Said.SAME, _("相同")), (Said.DIFFERENT, _("不同")), (Said.UNSURE, _("拿不准"))]
    )
    note = forms.CharField(
        label=_("说明"), max_length=LONGEST, required=False, help_text=_("依据，例如“已核对执照”；可不填")
    )
    despite = forms.CharField(label=_("坚持的理由"), max_length=LONGEST, required=False)


class MergeForm(forms.Form):
    """Which of two entries to keep, and from which of them each differing value comes."""

    kept = forms.ChoiceField(label=_("保留哪一条"), widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("合并理由"), max_length=LONGEST, help_text=_("写明依据，例如“同一代码，前者为旧称”"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    despite = forms.CharField(
        label=_("坚持合并的理由"), max_length=LONGEST, required=False,
        help_text=_("此前有人判断过不是同一个，请写明为什么仍要合并"), widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(
        self,
        one: Entry,
        other: Entry,
        choices: Sequence[Choice],
        *args: Any,
        contradicts: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["despite"].required = contradicts
        self.one, self.other = one, other
        kind = kind_of(one)
        offer(self, "kept", [(ONE, kind.title(one)), (OTHER, kind.title(other))])
        self.choices = choices
        for choice in choices:
            self.fields[f"field-{choice.field.name}"] = forms.ChoiceField(
                label=str(choice.field.label),
                choices=[(ONE, choice.one or _("（空）")), (OTHER, choice.other or _("（空）"))],
                initial=choice.proposed,
                widget=forms.RadioSelect,
            )

    def differing(self) -> list[tuple[Choice, forms.BoundField]]:
        """The choices with their fields."""
        return [(choice, self[f"field-{choice.field.name}"]) for choice in self.choices]

    def pair(self) -> tuple[Entry, Entry]:
        """(kept, lost) as chosen."""
        chosen = self.cleaned_data["kept"]
        return (self.one, self.other) if chosen == ONE else (self.other, self.one)

    def taken(self) -> Mapping[str, str]:
        """Field → `lost`, for the values that come from the entry that is not kept."""
        kept = self.cleaned_data["kept"]
        return {
            choice.field.name: "lost"
            for choice in self.choices
            if self.cleaned_data[f"field-{choice.field.name}"] != kept
        }


class UndoForm(forms.Form):
    """Why a merge is taken back, and what the pair is then held to be."""

    reason = forms.CharField(label=_("撤销理由"), max_length=LONGEST)
    verdict = forms.ChoiceField(
        label=_("这两条"),
        choices=[(Said.DIFFERENT, _("不是同一个")), (Said.UNSURE, _("还拿不准"))],
        initial=Said.DIFFERENT,
        widget=forms.RadioSelect,
    )


class PairForm(forms.Form):
    """Two entries of one's own choice to compare, by name or code."""

    kind = forms.ChoiceField(label=_("类别"), required=False)
    one = forms.CharField(label=_("第一条"), max_length=200)
    other = forms.CharField(label=_("第二条"), max_length=200)

    def __init__(self, user: User, kinds: Sequence[Kind], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        offer(self, "kind", ((kind.name, kind.label) for kind in kinds))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        kind = KINDS[cleaned.get("kind") or "organisation"]
        for name in (ONE, OTHER):
            if cleaned.get(name):
                cleaned[name] = self._entry(kind, name, cleaned[name])
        return cleaned

    def _entry(self, kind: Kind, name: str, text: str) -> Entry | None:
        """The one entry that a text means: by its number in the register, by name or code."""
        among = visible(self.user, kind)
        prefix, _colon, number = text.partition(":")
        if prefix == kind.subject_prefix and (key := whole_number(number)) is not None:
            rows = list(among.filter(pk=key))
        elif kind.name == "organisation" and (unit := resolve_unit(text)) is not None:
            rows = list(among.filter(pk=unit.pk))
        else:
            rows = list(find(text, among).order_by("pk")[:2])
        if len(rows) == 1:
            found: Entry = rows[0]
            return found
        self.add_error(
            name,
            ValidationError(_("没有找到唯一的“%(text)s”。请填写完整的名称或代码"), params={"text": text}),
        )
        return None
