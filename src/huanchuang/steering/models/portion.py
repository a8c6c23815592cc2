"""分解: how much of a target falls to which unit in which year."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.models import Record
from huanchuang.registry.models import Organisation
from huanchuang.steering.models.target import Target


class Portion(Record):
    """One unit's share of a target for one year, in the unit of the target."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="portions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(
        _("年度"), validators=[MinValueValidator(2000), MaxValueValidator(2199)]
    )
    value = models.DecimalField(_("分解值"), max_digits=24, decimal_places=6)

    class Meta:
        ordering = ["organisation", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "organisation", "year"], name="steering_one_portion_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.year} {self.value}"
