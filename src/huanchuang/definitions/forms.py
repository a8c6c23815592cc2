"""What people type about drafts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from huanchuang.definitions.services.files import LARGEST_FILE, MOST_FILES


class SeveralFiles(forms.FileInput):
    """A box that takes several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All files that were chosen."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class TextFiles(forms.FileField):
    """Files of a pack: few, small, UTF-8. Gives name → text."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        given: list[UploadedFile[Any]] = data if isinstance(data, list) else [data] if data else []
        if len(given) > MOST_FILES:
            raise ValidationError(_("一次最多选 %(most)s 个文件"), params={"most": MOST_FILES})
        return {str(one.name or ""): _text_of(one) for one in given}


def _text_of(given: UploadedFile[Any]) -> str:
    if (given.size or 0) > LARGEST_FILE:
        raise ValidationError(_("“%(name)s”太大，每个文件不超过256KB"), params={"name": given.name})
    try:
        text: str = given.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("“%(name)s”不是 UTF-8 文本，请另存为 UTF-8 后再选"), params={"name": given.name}
        ) from error
    return text


class StartForm(forms.Form):
    """A new draft: its id, and the files to begin with where there are some."""

    pack = forms.CharField(
        label=_("编号"),
        max_length=100,
        help_text=_("地区.名称，小写英文和连字符，例如 qingcen.rd-subsidy"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    texts = TextFiles(
        label=_("已有文件"),
        required=False,
        help_text=_("policy.yaml、samples.yaml、cases.yaml、README.md；不选就从骨架开始"),
    )


class RemarkForm(forms.Form):
    """Why."""

    remark = forms.CharField(label=_("意见"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput)


class PublishForm(RemarkForm):
    """On what grounds it is published."""

    remark = forms.CharField(
        label=_("发布说明"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("依据和批准情况，例如“区政府第12次常务会议通过”；将永久留存"),
    )


class VersionForm(forms.Form):
    """The version of the draft as the page showed it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
