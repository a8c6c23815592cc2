"""What is refused before anything is written, in words that say what to do."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Container, Mapping
from typing import Any

from django.db.models import Q

from huanchuang.engines.kernel import Problem, ProblemError, ProblemText, Uscc
from huanchuang.orm import clock
from huanchuang.packs import vocabulary
from huanchuang.registry.models import Organisation

SETTABLE = frozenset(
    {
        "name", "short_name", "aliases", "kind", "uscc", "region", "industry", "stage", "founded_on", "parent",
        "address", "contact_name", "contact_phone", "source", "confirmed_on", "confirmed_by",
    }
)  # fmt: skip
STAGES = ("startup", "growth", "mature")


class AlreadyRegistered(ProblemError):
    """The name or code belongs to an organisation that is already in the register: `existing`."""

    def __init__(self, existing: Organisation, problem: Problem) -> None:
        super().__init__(problem)
        self.existing = existing


def cleaned(values: Mapping[str, Any], stored: Organisation | None = None) -> dict[str, Any]:
    """The values stripped, converted and checked against the vocabulary; ProblemError names every bad one."""
    unknown = set(values) - SETTABLE
    if unknown:
        raise TypeError(f"not fields of an organisation that can be set: {', '.join(sorted(unknown))}")
    result = {field: _tidy(value) if isinstance(value, str) else value for field, value in values.items()}
    if "uscc" in result:
        result["uscc"] = _uscc(result["uscc"])
    if "aliases" in result:
        result["aliases"] = list(dict.fromkeys(text for alias in result["aliases"] if (text := _tidy(alias))))
    problems = [problem for check in _CHECKS for problem in check(result, stored)]
    if problems:
        raise ProblemError(problems)
    return result


def _tidy(text: str) -> str:
    """Without what cannot be seen: a mark that turns the direction makes one name look like another."""
    return "".join(sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cf")).strip()


def _uscc(value: Uscc | str | None) -> Uscc | None:
    if isinstance(value, Uscc) or not value:
        return value if isinstance(value, Uscc) else None
    return Uscc.parse(value)


def _name(values: Mapping[str, Any], stored: Organisation | None) -> list[Problem]:
    missing = [field for field in ("name", "kind") if not values.get(field, "" if stored is None else "-")]
    label = {"name": ("名称", "Name"), "kind": ("类型", "Kind")}
    return [
        _problem(
            (label[field][0], "不能为空", "请填写后再保存"),
            (label[field][1], "is empty", "Fill it in and save again"),
        )
        for field in missing
    ]


def _codes(values: Mapping[str, Any], _stored: Organisation | None) -> list[Problem]:
    known: dict[str, Container[str]] = {
        "kind": vocabulary.organisation_kinds(),
        "region": vocabulary.regions(),
        "industry": vocabulary.industries(),
        "stage": STAGES,
    }
    labels = {
        "kind": ("类型", "Kind"),
        "region": ("所在区划", "Region"),
        "industry": ("行业", "Industry"),
        "stage": ("发展阶段", "Stage"),
    }
    return [
        _problem(
            (labels[field][0], f"词表里没有代码“{values[field]}”", "请从列表中选择"),
            (labels[field][1], f'the vocabulary has no code "{values[field]}"', "Choose one from the list"),
        )
        for field, codes in known.items()
        if values.get(field) and values[field] not in codes
    ]


def _dates(values: Mapping[str, Any], _stored: Organisation | None) -> list[Problem]:
    founded: dt.date | None = values.get("founded_on")
    if founded is None or founded <= clock.today():
        return []
    return [
        _problem(
            ("成立日期", f"{founded.isoformat()}晚于今天", "请核对日期"),
            ("Founded on", f"{founded.isoformat()} is later than today", "Check the date"),
        )
    ]


def _parent(values: Mapping[str, Any], stored: Organisation | None) -> list[Problem]:
    above: Organisation | None = values.get("parent")
    while above is not None and stored is not None:
        if above.pk == stored.pk:
            return [
                _problem(
                    ("上级单位", "不能是本单位或其下级", "请另选一个单位"),
                    ("Parent", "cannot be the organisation itself or one below it", "Choose another one"),
                )
            ]
        above = above.parent
    return []


_CHECKS = (_name, _codes, _dates, _parent)


def refuse_duplicate(organisation: Organisation) -> None:
    """Raise AlreadyRegistered when the code, or the name of one in force, belongs to another organisation."""
    same = Q(name_key=organisation.name_key, retired_on__isnull=True)
    if organisation.uscc:
        same |= Q(uscc=organisation.uscc)
    existing = Organisation.objects.filter(same).exclude(pk=organisation.pk).order_by("pk").first()
    if existing is None:
        return
    by_code = organisation.uscc is not None and existing.uscc == organisation.uscc
    shown = organisation.uscc.text if by_code and organisation.uscc else organisation.name
    where, where_en = ("统一社会信用代码", "USCC") if by_code else ("名称", "Name")
    raise AlreadyRegistered(
        existing,
        _problem(
            (where, f"“{shown}”已登记为“{existing.name}”", "请打开已有的记录补充，不要重复登记"),
            (
                where_en,
                f'"{shown}" is already registered as "{existing.name}"',
                "Open that record and complete it instead",
            ),
        ),
    )


def refuse_retiring(organisation: Organisation, reason: str) -> None:
    """Raise ProblemError when the reason is missing or the organisation is retired already."""
    if not reason.strip():
        raise ProblemError(
            _problem(
                ("停用原因", "不能为空", "请写明依据，如“已注销”及文号"),
                ("Reason", "is empty", "Say why, such as deregistered, with the paper's number"),
            )
        )
    if organisation.retired_on is not None:
        raise ProblemError(
            _problem(
                (organisation.name, f"已于{organisation.retired_on.isoformat()}停用", "无需再次停用"),
                (
                    organisation.name,
                    f"is retired since {organisation.retired_on.isoformat()}",
                    "Nothing more to do",
                ),
            )
        )


def plain(value: Any) -> Any:
    """A field's value as the audit keeps it: text, list or None."""
    if isinstance(value, Uscc):
        return value.text
    if isinstance(value, Organisation):
        return value.subject
    return value.isoformat() if isinstance(value, dt.date) else value


def _problem(zh: tuple[str, str, str], en: tuple[str, str, str]) -> Problem:
    return Problem(*zh, code="registry.organisation", en=ProblemText(*en))
