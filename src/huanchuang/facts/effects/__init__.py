"""Where facts meet their neighbours.

`may_see`: a slice above that keeps facts about subjects of its own says who may read and who may enter them.
`page`: the figures on an organisation's page (received by the registry).
`sheets`: sheets of yearly figures, offered to the registry's imports.
"""

from huanchuang.facts.effects.access import Access, checker_of, may_see

__all__ = ["Access", "checker_of", "may_see"]
