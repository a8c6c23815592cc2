"""Answers in words, in Chinese and English: why, what is missing, and the whole reasoning as a tree."""

from huanchuang.engines.expression.explain.missing import Missing, missing
from huanchuang.engines.expression.explain.phrases import phrase
from huanchuang.engines.expression.explain.reasons import trace, why
from huanchuang.engines.expression.explain.shown import show, show_span, show_step

__all__ = ["Missing", "missing", "phrase", "show", "show_span", "show_step", "trace", "why"]
