"""Writing: start a job, run it, cancel it, take it up again."""

from huanchuang.jobs.services.finish import finish
from huanchuang.jobs.services.keep_going import reclaim, tick, work_off
from huanchuang.jobs.services.run import Cancelled, LeaseLost, Run, run
from huanchuang.jobs.services.start import cancel, start

__all__ = ["Cancelled", "LeaseLost", "Run", "cancel", "finish", "reclaim", "run", "start", "tick", "work_off"]
