"""The command line: `huanchuang …`, for people who have a shell and for programs that call us.

1. `grammar.build_parser` holds every command; it imports nothing heavy, so that a wrong call is answered at once.
2. `main` starts Django only for commands that need it; `read` and `packs` work without settings or database.
3. Status 0: done. 1: bad data. 2: wrong call or setting. One clear line to standard error, with file and place.
4. Files are written whole or not at all (`output.written_whole`).
"""

from huanchuang.web.cli.grammar import build_parser
from huanchuang.web.cli.run import main

__all__ = ["build_parser", "main"]
