"""Runs one benchmark or all of them and prints their tables."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks

NAMES = sorted(
    module.name for module in pkgutil.iter_modules(benchmarks.__path__) if not module.name.startswith("_")
)


def main(wanted: list[str]) -> int:
    """Exit status 2 for a name that does not exist."""
    unknown = set(wanted) - set(NAMES)
    if unknown:
        sys.stderr.write(f"no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(NAMES)}\n")
        return 2
    for name in wanted or NAMES:
        print(f"\n== {name}")
        importlib.import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
