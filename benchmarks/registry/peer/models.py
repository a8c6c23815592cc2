"""Two tables."""

from __future__ import annotations

from django.db import models


class Organisation(models.Model):
    """A row of the register."""

    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=60)
    uscc = models.CharField(max_length=18, unique=True)
    region = models.CharField(max_length=12)
    industry = models.CharField(max_length=8)
    stage = models.CharField(max_length=20)
    founded_on = models.DateField()

    class Meta:
        app_label = "peer"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Figure(models.Model):
    """A figure of an organisation for a year."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    key = models.CharField(max_length=120)
    year = models.IntegerField()
    value = models.DecimalField(max_digits=20, decimal_places=4)
    unit = models.CharField(max_length=30)

    class Meta:
        app_label = "peer"
        unique_together = [("organisation", "key", "year")]

    def __str__(self) -> str:
        return f"{self.key} {self.year}"
