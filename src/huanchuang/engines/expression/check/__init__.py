"""Types and units, checked before anything is published: a shape in, an operation out, or what is wrong and where."""

from huanchuang.engines.expression.check.checker import Checker

__all__ = ["Checker"]
