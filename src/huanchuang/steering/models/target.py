"""目标任务: one line of the ledger, with its units and dates."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.models import Record
from huanchuang.registry.models import Organisation
from huanchuang.steering.models.plan import Item, Plan, Review


class TargetKind(models.TextChoices):
    """What sort of promise a line is. All but `task` are the reader's kinds of target."""

    TASK = "task", _("任务")
    COUNT = "count", _("数量")
    SHARE = "share", _("占比")
    GROWTH = "growth", _("增长")
    BENCHMARK = "benchmark", _("对标")
    COVERAGE = "coverage", _("覆盖")
    DOCUMENT = "document", _("出台文件")
    QUALITATIVE = "qualitative", _("定性")


class State(models.TextChoices):
    """The life of a line: 未启动 → 进行中 → 待核验 → 已销号, or 终止 by decision of the bureau."""

    NOT_STARTED = "not_started", _("未启动")
    IN_PROGRESS = "in_progress", _("进行中")
    TO_VERIFY = "to_verify", _("待核验")
    CLOSED = "closed", _("已销号")
    ENDED = "ended", _("已终止")


class Duty(models.TextChoices):
    """牵头 or 配合."""

    LEAD = "lead", _("牵头")
    CO = "co", _("配合")


class SplitWay(models.TextChoices):
    """How the parts of a split target make up the whole."""

    FLOW = "flow", _("各年新增，逐年相加")
    STOCK = "stock", _("年末累计，最后一年相加")


class Target(Record):
    """A promise of the plan: a task to be done, a figure to be reached, a document to be issued.

    A line of kind `task` stands for the whole task; lines below it (`parent`) are its figures and documents.
    `value` is in `unit` as written; `reached` is the newest fact in the same unit, None while nobody has reported.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="targets")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="targets")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="parts")
    code = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    kind = models.CharField(_("类别"), max_length=12, choices=TargetKind.choices)
    name = models.CharField(_("目标任务"), max_length=400)
    quote = models.TextField(_("原文"))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    also = models.JSONField(default=list)
    """Further places that state the same target: `{"start", "end", "text"}`."""
    why = models.TextField(blank=True)
    doubt = models.TextField(blank=True)
    """Why the reader was not sure; empty when it was."""
    review = models.CharField(max_length=10, choices=Review.choices, default=Review.PROPOSED)
    corrected = models.BooleanField(default=False)

    value = models.DecimalField(_("目标值"), max_digits=24, decimal_places=6, null=True, blank=True)
    value_max = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    comparator = models.CharField(max_length=10, blank=True)
    baseline = models.DecimalField(_("基数"), max_digits=24, decimal_places=6, null=True, blank=True)
    due_on = models.DateField(_("时限"), null=True, blank=True)
    recurring = models.CharField(max_length=12, blank=True)

    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.NOT_STARTED)
    percent = models.PositiveSmallIntegerField(_("进度"), null=True, blank=True)
    reached = models.DecimalField(_("已达到"), max_digits=24, decimal_places=6, null=True, blank=True)
    reached_fact = models.BigIntegerField(null=True, blank=True)
    """Id of the fact behind `reached`."""
    reported_on = models.DateField(null=True, blank=True)
    adjusted = models.PositiveSmallIntegerField(default=0)
    weight = models.DecimalField(
        _("权重"), max_digits=8, decimal_places=3, default=1, validators=[MinValueValidator(0)]
    )
    """Among the parts of one task; only its ratio to the others counts."""
    split_way = models.CharField(_("分解方式"), max_length=6, choices=SplitWay.choices, blank=True)
    parts_missing = models.PositiveSmallIntegerField(default=0)
    """Of a split target: units with a portion that have not reported; `reached` is then the least it can be."""
    close_requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="steering_target_code_in_plan"),
            models.CheckConstraint(
                condition=models.Q(percent__isnull=True) | models.Q(percent__lte=100),
                name="steering_percent_at_most_100",
            ),
        ]
        indexes = [models.Index(fields=["review", "state", "due_on"])]

    def __str__(self) -> str:
        return self.name


class Responsibility(Record):
    """A unit that answers for a line, as written and, where the registry knows it, as an organisation."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="responsibilities")
    unit = models.CharField(_("单位（原文）"), max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    duty = models.CharField(_("职责"), max_length=4, choices=Duty.choices)
    order = models.PositiveSmallIntegerField()
    leader = models.CharField(_("责任领导"), max_length=60, blank=True)
    person = models.CharField(_("责任人"), max_length=60, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    inferred = models.BooleanField(default=False)
    """True where the words stand at another clause of the task, not at this very line."""
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["target", "unit", "duty"], name="steering_unit_once_per_line")
        ]

    def __str__(self) -> str:
        return self.unit


class Deadline(Record):
    """A phrase that binds a line to a time. `due_on` is None where the phrase names no date."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="deadlines")
    phrase = models.CharField(max_length=200)
    due_on = models.DateField(null=True)
    recurring = models.CharField(max_length=12, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    inferred = models.BooleanField(default=False)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["start", "id"]
        constraints = [
            models.UniqueConstraint(fields=["target", "start", "end"], name="steering_phrase_once_per_line")
        ]

    def __str__(self) -> str:
        return self.phrase
