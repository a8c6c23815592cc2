"""Millions of subjects at a time: the execution that compiles to expressions of Polars."""

from huanchuang.engines.expression.columns.facts import FactColumns, Measure, column_name, row_schema
from huanchuang.engines.expression.columns.table import (
    Answers,
    Compiled,
    check_types,
    compile_columns,
    measure,
    with_gaps,
)
from huanchuang.engines.expression.columns.truth import Truth
from huanchuang.engines.expression.columns.values import Column, Number, Text, outputs_of

__all__ = [
    "Answers",
    "Column",
    "Compiled",
    "FactColumns",
    "Measure",
    "Number",
    "Text",
    "Truth",
    "check_types",
    "column_name",
    "compile_columns",
    "measure",
    "outputs_of",
    "row_schema",
    "with_gaps",
]
