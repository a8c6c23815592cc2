"""Packs: the definitions that the platform runs by, kept as files that officials can read, change and prove.

What a district wants changed most often is no program: a code, a fact that is asked for, an amount, a holiday, the
wording by which a paper is recognised. Such things stand in packs, folders ``<kind>/<region>.<name>`` with a
definition (YAML, large tables as csv), example cases and a README that cites the sources. This room finds them,
reads them with suspicion, checks them against the schema of their kind and hands out frozen values.

YAML is read as text only. ``no`` stays a word and ``010`` keeps its zero until a schema, which knows what the entry
means, turns the text into a number, a date or a yes. Nothing is guessed: an unknown key, a key written twice or an
anchor is a mistake, and each mistake is told with file, line and remedy in Chinese and English, all of a pack at once.
What has passed is identified by the hash of its content, so that a decision can name the very definition it was made by.

Several packs may add to one vocabulary: the national regions and those of a district become one tree.

A recap, from file to value:

1. ``library(extra_dirs)`` looks for pack folders in ``packs/data`` and in the folders of the installation (:mod:`.library`).
2. The files of a pack are read within limits: no links, nothing outside of the folder, UTF-8 only (:mod:`.folder`).
3. The YAML becomes a tree of texts with line numbers (:mod:`.tree`).
4. The header, the same for all kinds, and the content, by the schema of the kind, become values (:mod:`.pack`, :mod:`.schema`).
5. The content is hashed in canonical form, and the example cases are put to it (:mod:`.pack`, :mod:`.cases`).
6. Callers take a :class:`Pack`, or ask the merged vocabularies in :mod:`.vocabulary`; people use ``huanchuang packs``
   (:mod:`.cli`).

A further kind of definition is one module with a constant ``KIND`` and its name in :mod:`.kinds`.
"""

from __future__ import annotations

from huanchuang.packs.library import Library, library
from huanchuang.packs.pack import Pack
from huanchuang.packs.schema import Words

__all__ = ["Library", "Pack", "Words", "library"]
