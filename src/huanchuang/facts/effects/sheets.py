"""Yearly figures are offered to the registry's imports."""

from __future__ import annotations

from huanchuang.facts.services.sheets.importer import FactImporter
from huanchuang.registry.services.imports import offer

offer(FactImporter())
