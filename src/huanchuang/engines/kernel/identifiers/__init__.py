"""Identifiers with a check: who an organisation is, which patent, which region, which industry.

Each is a frozen value with `.text` in its canonical form. `parse` folds full-width and lower-case letters and blanks, and
refuses everything else with a message that names the place of the mistake and, for a wrong check character, the expected one.
Only form and check characters are judged here; whether a region or industry exists is said by the lists in the packs.
"""

from huanchuang.engines.kernel.identifiers.codes import IndustryCode, RegionCode
from huanchuang.engines.kernel.identifiers.patent import PatentNumber
from huanchuang.engines.kernel.identifiers.uscc import Uscc

__all__ = ["IndustryCode", "PatentNumber", "RegionCode", "Uscc"]
