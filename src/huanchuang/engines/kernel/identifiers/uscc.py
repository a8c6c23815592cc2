"""统一社会信用代码: the unified social credit code of an organisation, GB 32100-2015.

18 characters: registration department, kind of body, six digits of region, nine of organisation code (GB 11714), check.
The check character weighs the first 17 values by 3^(i-1) mod 31 over an alphabet without I, O, S, V and Z.
"""

from __future__ import annotations

from dataclasses import dataclass

from huanchuang.engines.kernel.identifiers.folding import folded, refusal

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
LENGTH = 18
_NAMES = ("统一社会信用代码", "unified social credit code")
_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}
_LOOKALIKES = {"I": "1", "O": "0", "S": "5", "V": "U", "Z": "2"}


@dataclass(frozen=True, order=True, slots=True)
class Uscc:
    """A checked code; `text` is its 18 upper-case characters."""

    text: str

    def __post_init__(self) -> None:
        _check(self.text)

    @classmethod
    def parse(cls, text: str) -> Uscc:
        """The code in `text`, lower case and full width accepted; ProblemError says which character is wrong."""
        return cls(folded(text))

    @property
    def region(self) -> str:
        """The six digits of the region where it was registered (GB/T 2260)."""
        return self.text[2:8]

    @property
    def organisation_code(self) -> str:
        """The nine characters of the organisation code (GB 11714)."""
        return self.text[8:17]

    @property
    def category(self) -> str:
        """Registration department and kind of body: 91 enterprise, 12 public institution, 11 organ, 52 private non-enterprise …"""
        return self.text[:2]

    def __str__(self) -> str:
        return self.text


def check_character(first: str) -> str:
    """The check character for the first 17 characters."""
    total = sum(_VALUES[sign] * weight for sign, weight in zip(first, WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def _check(text: str) -> None:
    if len(text) != LENGTH:
        raise refusal(
            "uscc.length",
            _NAMES,
            text,
            (f"有{len(text)}位，应为{LENGTH}位", f"has {len(text)} characters instead of {LENGTH}"),
            ("请对照营业执照补全或删去多余的字符", "Compare it with the certificate and complete it"),
        )
    for place, sign in enumerate(text[:17], 1):
        if sign not in _VALUES or (3 <= place <= 8 and not sign.isdigit()):
            hint = _LOOKALIKES.get(sign)
            raise refusal(
                "uscc.character",
                _NAMES,
                text,
                (f"第{place}位“{sign}”不是允许的字符", f'character {place}, "{sign}", is not allowed'),
                (
                    f"请改正第{place}位"
                    + (
                        f"，可能是“{hint}”"
                        if hint
                        else "（第3至8位是数字，其余为数字或 I、O、S、V、Z 以外的大写字母）"
                    ),
                    f"Correct character {place}"
                    + (
                        f', perhaps "{hint}"'
                        if hint
                        else " (3 to 8 are digits, the others digits or capitals except I, O, S, V, Z)"
                    ),
                ),
            )
    expected = check_character(text[:17])
    if text[17] != expected:
        raise refusal(
            "uscc.check",
            _NAMES,
            text,
            (
                f"校验位（第18位）是“{text[17]}”，按前17位应为“{expected}”",
                f'check character 18 is "{text[17]}", expected "{expected}"',
            ),
            (
                "请逐位核对，多半是前面某一位抄错",
                "Compare every character; most often an earlier one is mistyped",
            ),
        )
