"""Titles, gaps and amounts of policies in templates."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from huanchuang.engines.kernel import Money
from huanchuang.engines.rules import Wanted
from huanchuang.orm.language import language
from huanchuang.orm.masking import mask_name
from huanchuang.policies.queries.library import Listed
from huanchuang.policies.queries.outlook import Card

register = template.Library()
MOST = 3


@register.simple_tag
def policy_title(listed: Listed) -> str:
    """The title in the reader's language."""
    return listed.title(language())


@register.simple_tag
def policy_summary(listed: Listed) -> str:
    """What it is in one sentence."""
    summary = listed.written.summary
    return summary.en if language() == "en" and summary.en else summary.zh


@register.simple_tag
def gaps_in(card: Card) -> str:
    """What has to change, requirement by requirement."""
    words = language()
    said = [gap.text(words) for gap in card.decision.distance]
    return ("; " if words == "en" else "；").join(said)


@register.simple_tag
def wanted_in(card: Card) -> str:
    """What settles it first, the first few."""
    words = language()
    said = [one.name(words) for one in card.quickest]
    text = (", " if words == "en" else "、").join(said[:MOST])
    more = len(said) - MOST
    return text + (_(" 等%(count)s项") % {"count": len(said)} if more > 0 else "")


@register.simple_tag
def wanted_name(one: Wanted) -> str:
    """How something that has to be found out is called."""
    return one.name(language())


@register.simple_tag
def fen(amount: int) -> str:
    """An amount in fen as money."""
    return Money(amount).text()


@register.filter
def as_fen(amount: int) -> str:
    """The same inside of a sentence."""
    return Money(amount).text()


@register.filter
def masked_name(name: str) -> str:
    """A person's name in part: 李**."""
    return mask_name(name)
