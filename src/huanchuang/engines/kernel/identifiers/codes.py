"""Codes of region (GB/T 2260 and its longer forms) and of industry (GB/T 4754): form only, the lists are in the packs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from huanchuang.engines.kernel.identifiers.folding import folded, refusal

_REGION = re.compile(r"[1-9]\d{5}(?:\d{3}(?:\d{3})?)?", re.ASCII)
_INDUSTRY = re.compile(r"[A-T](?:\d{2,4})?", re.ASCII)
_LEVELS = {6: "county", 9: "township", 12: "village"}


@dataclass(frozen=True, order=True, slots=True)
class RegionCode:
    """An administrative division: 6 digits, 9 with the township, 12 with the village."""

    text: str

    def __post_init__(self) -> None:
        if not _REGION.fullmatch(self.text):
            raise refusal(
                "region.form",
                ("行政区划代码", "region code"),
                self.text,
                ("不是6位、9位或12位数字", "has not 6, 9 or 12 digits"),
                ("请填写国家标准代码，例如 500107", "Give the national code, for instance 500107"),
            )

    @classmethod
    def parse(cls, text: str) -> RegionCode:
        """The code in `text`; ProblemError for another form."""
        return cls(folded(text))

    @property
    def level(self) -> str:
        """province, prefecture, county, township or village, by its trailing zeros and length."""
        if len(self.text) > 6:
            return _LEVELS[len(self.text)]
        return (
            "province"
            if self.text.endswith("0000")
            else "prefecture"
            if self.text.endswith("00")
            else "county"
        )

    @property
    def parent(self) -> RegionCode | None:
        """The code one level up by its digits; None for a province."""
        text = self.text
        up = {
            "village": text[:9],
            "township": text[:6],
            "county": text[:4] + "00",
            "prefecture": text[:2] + "0000",
        }
        return RegionCode(up[self.level]) if self.level in up else None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, order=True, slots=True)
class IndustryCode:
    """An industry of GB/T 4754: a letter A to T, alone or with 2 to 4 digits (C, C35, C352, C3521)."""

    text: str

    def __post_init__(self) -> None:
        if not _INDUSTRY.fullmatch(self.text):
            raise refusal(
                "industry.form",
                ("行业代码", "industry code"),
                self.text,
                ("不是“门类字母+2至4位数字”", "is not a letter A to T with 2 to 4 digits"),
                ("请填写国民经济行业分类代码，例如 C3521", "Give the code of GB/T 4754, for instance C3521"),
            )

    @classmethod
    def parse(cls, text: str) -> IndustryCode:
        """The code in `text`; ProblemError for another form."""
        return cls(folded(text))

    @property
    def section(self) -> str:
        """The letter of the section."""
        return self.text[0]

    @property
    def parent(self) -> IndustryCode | None:
        """The code one level up; None for a section."""
        if len(self.text) == 1:
            return None
        return IndustryCode(self.text[0] if len(self.text) == 3 else self.text[:-1])

    def __str__(self) -> str:
        return self.text
