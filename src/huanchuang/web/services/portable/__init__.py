"""Everything of the district as one archive in an open form, and back into an empty system: docs/reference/archive.md.

Unlike a backup, which is a copy of one database for the same product, the archive can be read by any program: a zip with one
file of JSON lines for each table, the files by their hash, and a manifest with counts and digests.

1. `tables` lists what is taken, generically: a table that a slice adds is in it without anybody remembering it.
2. `plain` turns stored values into plain JSON and back.
3. `export` writes the archive as of one moment; `check` reads one through before anything is written; `load` fills a system.
"""

from huanchuang.web.services.portable.check import check
from huanchuang.web.services.portable.export import export
from huanchuang.web.services.portable.load import load

__all__ = ["check", "export", "load"]
