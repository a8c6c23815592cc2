"""Bodies of the registry's jobs: steps of imports, the search for duplicates, files of lists."""

from huanchuang.registry.tasks import duplicates, exports, imports

__all__ = ["duplicates", "exports", "imports"]
