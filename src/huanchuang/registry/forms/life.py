"""What a deed in an entry's life asks for, and the evidence of each level of maturity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huanchuang.accounts.models import User
from huanchuang.engines.kernel import ProblemError
from huanchuang.files.forms import ManyFiles
from huanchuang.orm import clock
from huanchuang.orm.boxes import day_box
from huanchuang.orm.language import language
from huanchuang.registry.forms.fields import form_field
from huanchuang.registry.models import Achievement, Entry
from huanchuang.registry.queries.kinds import kind_of
from huanchuang.registry.queries.lives import Deed, proposed
from huanchuang.registry.queries.maturity import Level, levels_of
from huanchuang.registry.services.maturity import Evidence


class StepForm(forms.Form):
    """One deed: its day, its note or reason, papers, and the further fields it asks for."""

    def __init__(self, entry: Entry, deed: Deed, user: User, *args: Any) -> None:
        super().__init__(*args)
        self.initial = {"version": entry.version, "on": clock.today(), **proposed(entry, deed)}
        self.entry, self.deed = entry, deed
        kind = kind_of(entry)
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)
        self.fields["on"] = forms.DateField(label=str(deed.day), widget=day_box())
        for name in deed.asks:
            self.fields[name] = form_field(kind.by_name[name], user, required=False)
        self.fields["note"] = forms.CharField(
            label=str(deed.note),
            help_text=str(deed.hint),
            required=deed.back,
            max_length=300,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields["files"] = ManyFiles(
            label=_("证明材料"), required=False, help_text=_("可以一次选多份；支持 PDF、Word、Excel、图片")
        )

    def rows(self) -> list[tuple[BoundField, str]]:
        """The visible fields, each with where a proposed value comes from."""
        applied = getattr(self.entry, "applied_on", None)
        counted = _("按申请日 %(day)s 推算，可以修改") % {"day": applied.isoformat()} if applied else ""
        proposes = self.deed.name == "grant" and not self.is_bound
        return [
            (
                one,
                counted
                if proposes
                and one.name in self.deed.asks
                and one.value()
                and not getattr(self.entry, one.name)
                else "",
            )
            for one in self.visible_fields()
        ]

    def values(self) -> dict[str, Any]:
        """The further fields that were filled in."""
        return {
            name: self.cleaned_data[name]
            for name in self.deed.asks
            if self.cleaned_data[name] not in ("", None)
        }


class LevelFields:
    """The boxes of one level as the page lays them out."""

    def __init__(
        self, level: Level, note: BoundField, on: BoundField, files: BoundField, same: BoundField | None
    ) -> None:
        self.level, self.note, self.on, self.files, self.same = level, note, on, files, same

    @property
    def open(self) -> bool:
        """Whether something stands in its boxes already, or is wrong with them."""
        return bool(self.note.value() or self.note.errors or self.files.errors or self.on.errors)


class EvidenceForm(forms.Form):
    """Evidence for the levels above the present one; those that are left empty are not asked for."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, achievement: Achievement, *args: Any) -> None:
        super().__init__(*args)
        self.initial = {"version": achievement.version}
        self.levels = [level for level in levels_of(achievement) if not level.reached]
        for level in self.levels:
            self._add(level.number, first=level is self.levels[0])

    def _add(self, number: int, *, first: bool) -> None:
        self.fields[f"note_{number}"] = forms.CharField(
            label=_("证明了什么"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
        )
        self.fields[f"on_{number}"] = forms.DateField(label=_("材料日期"), required=False, widget=day_box())
        self.fields[f"files_{number}"] = ManyFiles(label=_("证明材料"), required=False)
        if not first:
            self.fields[f"same_{number}"] = forms.BooleanField(
                label=_("与下一级用同一份材料"), required=False
            )

    def rows(self) -> list[LevelFields]:
        """The levels with their boxes, the lowest first."""
        return [
            LevelFields(
                level,
                self[f"note_{level.number}"],
                self[f"on_{level.number}"],
                self[f"files_{level.number}"],
                self[f"same_{level.number}"] if f"same_{level.number}" in self.fields else None,
            )
            for level in self.levels
        ]

    def evidence(self) -> Mapping[int, Evidence]:
        """What was given, level by level."""
        given: dict[int, Evidence] = {}
        for level in self.levels:
            number, data = level.number, self.cleaned_data
            uploads = [(file.name, file) for file in data[f"files_{number}"]]
            if data.get(f"same_{number}") and number - 1 in given:
                uploads += given[number - 1].uploads
            if data[f"note_{number}"].strip() or uploads:
                given[number] = Evidence(data[f"note_{number}"], uploads, on=data[f"on_{number}"])
        return given

    def show(self, error: ProblemError) -> None:
        """Put each problem at the level it is about."""
        for problem in error.problems:
            level = problem.code.rpartition(".")[2]
            at = f"note_{level}" if f"note_{level}" in self.fields else None
            told = problem.en if language() == "en" and problem.en else problem
            joint = ". " if language() == "en" else "。"
            self.add_error(at, f"{told.what}{joint}{told.remedy}" if at else problem.text(language()))


class LowerForm(forms.Form):
    """A lower level and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    level = forms.TypedChoiceField(label=gettext_lazy("降低到"), coerce=int)
    reason = forms.CharField(
        label=gettext_lazy("原因"), max_length=200, help_text=gettext_lazy("高于它的等级的材料会一并撤回")
    )

    def __init__(self, achievement: Achievement, *args: Any) -> None:
        super().__init__(*args)
        self.initial = {"version": achievement.version}
        below = [level for level in levels_of(achievement) if level.number < (achievement.trl or 0)]
        choices = [(0, _("不评定")), *[(level.number, f"{level.number} {level.name}") for level in below]]
        self.fields["level"].choices = choices[::-1]  # type: ignore[attr-defined]  # the stubs know plain fields only


class WithdrawForm(forms.Form):
    """Why one piece of evidence is taken back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("撤回原因"), max_length=200)
