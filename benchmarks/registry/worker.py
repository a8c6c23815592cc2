"""Runs one side: `python -m benchmarks.registry.worker MODULE` with its settings in DJANGO_SETTINGS_MODULE."""

from __future__ import annotations

import importlib
import sys

import django

if __name__ == "__main__":
    django.setup()
    importlib.import_module(sys.argv[1]).main()
