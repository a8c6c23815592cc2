"""Writing: keep a checked file or one that the product made, say what uses it, note a download, remove what nothing uses."""

from huanchuang.files.services.keep import ACCEPTED, store
from huanchuang.files.services.made import keep_made, workplace
from huanchuang.files.services.remove import remove_unused, unused
from huanchuang.files.services.use import attach, detach, note_download

__all__ = [
    "ACCEPTED",
    "attach",
    "detach",
    "keep_made",
    "note_download",
    "remove_unused",
    "store",
    "unused",
    "workplace",
]
