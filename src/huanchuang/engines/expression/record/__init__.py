"""One subject at a time: what is known about it, and the execution that explains each step."""

from huanchuang.engines.expression.record.evaluate import evaluate
from huanchuang.engines.expression.record.known import Record
from huanchuang.engines.expression.record.step import Span, Step

__all__ = ["Record", "Span", "Step", "evaluate"]
