"""One row for each piece of long work."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huanchuang.orm import clock
from huanchuang.orm.models import Record


class State(models.TextChoices):
    """Where a job stands. The last three are final."""

    QUEUED = "queued", _("排队中")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未成功")
    CANCELLED = "cancelled", _("已取消")


UNFINISHED = (State.QUEUED.value, State.RUNNING.value)


class Job(Record):
    """Long work asked for by somebody, with its progress, its lease and the place where it goes on."""

    kind = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    about = models.CharField(max_length=120, blank=True, db_index=True)
    """What the work is about, `app.model:id`; empty where nothing single is meant."""
    payload = models.JSONField(default=dict)
    dedupe = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)

    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    """Steps in all; empty while unknown."""
    note = models.CharField(max_length=200, blank=True)
    cursor = models.JSONField(default=dict)
    """Where the next attempt goes on; written in the transaction of the work it counts."""

    holder = models.CharField(max_length=40, blank=True)
    """Token of the run that holds the lease: a run whose token was replaced may write nothing more."""
    lease_until = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    task_id = models.CharField(max_length=64, blank=True)

    result = models.JSONField(default=dict)
    problem_zh = models.TextField(blank=True)
    problem_en = models.TextField(blank=True)
    reference = models.CharField(max_length=20, blank=True)
    """Number that stands in the log beside an unexpected failure."""

    actor_id = models.CharField(max_length=40)
    actor_name = models.CharField(max_length=120)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    watchers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    """Others who asked for the same work while it was under way."""

    asked_at = models.DateTimeField(default=clock.now)
    """Business moment of the order, for people to read; all other times are of the real clock."""
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="jobs_owner_newest"),
            models.Index(fields=["state", "lease_until"], name="jobs_state_lease"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "dedupe"],
                condition=Q(state__in=UNFINISHED) & ~Q(dedupe=""),
                name="jobs_one_unfinished_per_key",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_finished(self) -> bool:
        """Nothing more will happen to it."""
        return self.state not in UNFINISHED
