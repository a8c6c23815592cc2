"""Intake: the bytes of any file that holds a plan in, a paper for the reader out.

The reader reads texts and the room of sheets reads workbooks; neither knows the other. Here, above both, a workbook
becomes a text: its titles as lines, its rows as lines of cells parted by “|”, as the tables of Word papers are written.
What the rows mean is the reader's business.
"""

from __future__ import annotations

from huanchuang.engines.intake.papers import KINDS, paper_from_file

__all__ = ["KINDS", "paper_from_file"]
