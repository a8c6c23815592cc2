"""Bodies of the registry's jobs: steps of imports, the search for duplicates."""

from huanchuang.registry.tasks import duplicates, imports

__all__ = ["duplicates", "imports"]
