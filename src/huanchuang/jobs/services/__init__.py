"""Writing: start a job, run it, cancel it, take it up again."""

from huanchuang.jobs.services.asking import cancel, start
from huanchuang.jobs.services.ending import finish
from huanchuang.jobs.services.keep_going import reclaim, tick, work_off
from huanchuang.jobs.services.run import Cancelled, LeaseLost, Run, perform

__all__ = [
    "Cancelled",
    "LeaseLost",
    "Run",
    "cancel",
    "finish",
    "perform",
    "reclaim",
    "start",
    "tick",
    "work_off",
]
