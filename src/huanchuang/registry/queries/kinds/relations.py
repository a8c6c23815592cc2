"""The types of relations between entries: who may stand to whom, and what it is called from either end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ANYTHING = (
    "organisation", "person", "achievement", "patent", "need",
    "equipment", "service", "finance-product", "space", "document",
)  # fmt: skip


@dataclass(frozen=True)
class RelationType:
    """`forward` is read on the page of the from-end (发明了 …), `backward` on the page of the to-end (发明人 …)."""

    name: str
    forward: str | Promise
    backward: str | Promise
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    opens: bool = False
    """Whether it lets the from-end see a confidential to-end, so that only those of the to-end may make it."""


_TYPES = (
    RelationType("inventor-of", _("完成或发明"), _("完成人、发明人"), ("person",), ("achievement", "patent"), opens=True),
    RelationType("holds", _("共同持有"), _("共同权利人"), ("organisation", "person"), ("achievement", "patent")),
    RelationType("offers", _("提供"), _("提供方"), ("organisation", "person"), ("service", "finance-product", "space", "equipment")),
    RelationType("tenant-of", _("入驻"), _("入驻单位"), ("organisation",), ("organisation", "space")),
    RelationType("parent-of", _("投资或管理"), _("投资方、管理方"), ("organisation",), ("organisation",)),
    RelationType("member-of", _("任职于"), _("成员"), ("person",), ("organisation",)),
    RelationType("contact-of", _("联系人"), _("联系人"), ("person",), ANYTHING),
    RelationType("partner-of", _("合作单位"), _("合作单位"), ("organisation",), ("organisation",)),
    RelationType("co-worker-of", _("合作者"), _("合作者"), ("person",), ("person",)),
    RelationType("founded", _("创办"), _("创办人"), ("person",), ("organisation",)),
    RelationType("uses", _("使用"), _("使用方"), ("organisation",), ("equipment", "achievement", "patent")),
    RelationType("about", _("涉及"), _("相关文件"), ("document",), ANYTHING),
)  # fmt: skip
RELATION_TYPES: Mapping[str, RelationType] = {one.name: one for one in _TYPES}
