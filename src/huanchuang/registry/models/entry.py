"""What every entry of the register has in common, whatever its kind."""

from __future__ import annotations

import re

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.models import Record


def in_force_by(name: str, *fields: str) -> models.Index:
    """An index of the entries in force: their list is counted and turned to its thousandth page without the table."""
    return models.Index(fields=[*fields, "id"], condition=Q(retired_on__isnull=True), name=name)


class Entry(Record):
    """An entry of the register. It is never deleted but retired, with a reason and a day."""

    search_text = models.TextField(editable=False)
    """Every name normalised and every searched word, one a line: what the search box looks through."""
    source = models.CharField(_("来源"), max_length=120, blank=True)
    confirmed_on = models.DateField(_("核实日期"), null=True, blank=True)
    confirmed_by = models.CharField(_("核实人"), max_length=60, blank=True)
    retired_on = models.DateField(_("停用日期"), null=True, blank=True, db_index=True)
    retired_because = models.CharField(_("停用原因"), max_length=200, blank=True)

    class Meta:
        abstract = True

    @classmethod
    def kind_name(cls) -> str:
        """The name of its kind: `finance-product` for FinanceProduct."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    def get_absolute_url(self) -> str:
        return reverse(f"registry:{self.kind_name()}", kwargs={"pk": self.pk})


class Titled(Entry):
    """An entry found by the words of its title rather than by an organisation's names."""

    title_key = models.CharField(max_length=200, editable=False)
    """The normalised title, so that two spellings of one meet."""

    class Meta:
        abstract = True
