"""The demonstration district: its people, its organisations, its plan and what has happened to it until today.

Everything goes through the same services as in earnest; the plan is read by the reader, not stored ready-made.

1. `paper` makes the Word file of the plan from its text.
2. `district` (own folder) registers organisations, people and figures.
3. `story` lets the units report, attach, ask and be answered.
4. `load()` does all of it; called again it changes nothing.
"""

from __future__ import annotations

from huanchuang.web.demo.loader import load

__all__ = ["load"]
