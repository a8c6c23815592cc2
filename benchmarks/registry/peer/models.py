"""Eight tables."""

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


class Belonging(models.Model):
    """What an organisation has, as each of the tables below keeps it."""

    class Meta:
        abstract = True
        app_label = "peer"


class Patent(Belonging):
    """A patent."""

    owner = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    applied_on = models.DateField(null=True)


class Person(Belonging):
    """Somebody who works there."""

    owner = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    name = models.CharField(max_length=60)
    post = models.CharField(max_length=60)
    roles = models.CharField(max_length=60)


class Achievement(Belonging):
    """A result."""

    owner = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    title = models.CharField(max_length=200)
    summary = models.TextField()


class Need(Belonging):
    """What is looked for."""

    owner = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    detail = models.TextField()


class Equipment(Belonging):
    """An instrument."""

    owner = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    name = models.CharField(max_length=200)
    model = models.CharField(max_length=120)
    place = models.CharField(max_length=120)


class Qualification(Belonging):
    """What the organisation was recognised as."""

    owner = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    kind = models.CharField(max_length=60)
    valid_from = models.DateField()


BELONGINGS: dict[str, type[Belonging]] = {
    "patent": Patent, "person": Person, "achievement": Achievement, "need": Need, "equipment": Equipment, "qualification": Qualification,
}  # fmt: skip
