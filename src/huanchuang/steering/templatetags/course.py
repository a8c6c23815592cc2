"""The course of a line in words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huanchuang.steering.queries.course import Course, Point
from huanchuang.steering.queries.light import brief

register = template.Library()
MARKS = {
    "start": gettext_lazy("起点"),
    "node": gettext_lazy("节点"),
    "today": gettext_lazy("今天"),
    "due": gettext_lazy("时限"),
}


@register.filter
def brief_share(value: Fraction, is_whole: bool = False) -> str:
    """An exact figure with two places, or none for whole things; cut and never rounded up."""
    if is_whole:
        return str(int(value))
    return brief(Decimal(value.numerator) / Decimal(value.denominator))


def _about(value: Fraction, is_whole: bool) -> str:
    """The same in a sentence, which says when something was cut off."""
    text = brief_share(value, is_whole)
    return text if Fraction(text) == value else _("约%(figure)s") % {"figure": text}


@register.simple_tag
def course_marks(point: Point) -> str:
    """What a day is: start, node, today, deadline."""
    return "、".join(str(MARKS[mark]) for mark in point.marks)


@register.simple_tag
def course_finding(course: Course) -> str:
    """How far the line was on the newest day that was reported, beside how far it should have been on that day."""
    last, words = course.last, {"unit": course.unit}
    words |= {
        "day": last.day.isoformat(),
        "reached": brief_share(last.reached or Fraction(0)),
        "planned": _about(last.planned, course.is_whole),
        "gap": _about(abs(course.ahead), course.is_whole),
    }
    if course.ahead == 0:
        return _("%(day)s 达到 %(reached)s%(unit)s，与计划一致") % words
    if course.ahead < 0:
        return (
            _("%(day)s 达到 %(reached)s%(unit)s，按计划当天应到%(planned)s%(unit)s，落后%(gap)s%(unit)s")
            % words
        )
    return (
        _("%(day)s 达到 %(reached)s%(unit)s，按计划当天应到%(planned)s%(unit)s，超前%(gap)s%(unit)s") % words
    )
