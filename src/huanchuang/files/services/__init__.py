"""Writing: keep a checked file, say what uses it, note a download, remove what nothing uses."""

from huanchuang.files.services.keep import store

__all__ = ["store"]
