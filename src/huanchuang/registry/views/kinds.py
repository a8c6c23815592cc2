"""The pages of every kind: one function for each page, made for each kind, so that each has its own address and deed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from huanchuang.accounts.views.gate import requires
from huanchuang.registry.queries.kinds import ACHIEVEMENT, KINDS, ORGANISATION, PERSON, Kind
from huanchuang.registry.queries.lives import LIVES
from huanchuang.registry.views import (
    attachments,
    claims,
    edit,
    history,
    life,
    listing,
    maturity,
    record,
    relations,
)

Page = Callable[..., HttpResponseBase]


def addresses() -> list[URLPattern]:
    """The addresses of all kinds; organisations stand at the root of the register."""
    return [pattern for kind in KINDS.values() for pattern in _of(kind)]


def _of(kind: Kind) -> list[URLPattern]:
    root = "" if kind is ORGANISATION else f"{kind.plural}/"
    one = f"{root}<int:pk>/"
    name = kind.name
    found = [
        path(root, _page(listing.entries, kind, "view"), name=kind.plural),
        path(f"{root}export.<str:form>", _page(listing.export, kind, "export"), name=f"{name}-export"),
        path(f"{root}new/", _page(edit.register, kind, "register"), name=f"{name}-new"),
        path(one, _page(record.record, kind, "view"), name=name),
        path(f"{one}change/", _page(edit.change, kind, "change"), name=f"{name}-change"),
        path(f"{one}retire/", _page(edit.retire, kind, "retire"), name=f"{name}-retire"),
        path(f"{one}confirm/", _page(edit.confirm, kind, "confirm"), name=f"{name}-confirm"),
        path(f"{one}files/", _page(attachments.attach, kind, "change"), name=f"{name}-attach"),
        path(
            f"{one}files/<int:file>/remove/", _page(attachments.detach, kind, "change"), name=f"{name}-detach"
        ),
        path(
            f"{one}relate/",
            _page(relations.add, kind, "relate", "registry.relation.change"),
            name=f"{name}-relate",
        ),
        path(f"{one}history/", _page(history.history, kind, "view"), name=f"{name}-history"),
    ]
    if name in LIVES:
        found += [
            path(f"{one}{deed.name}/", _page(life.taking(deed), kind, deed.name), name=f"{name}-{deed.name}")
            for deed in LIVES[name].deeds
        ]
    if kind is ACHIEVEMENT:
        found += _maturity(kind, f"{one}trl/")
    if kind is PERSON:
        found += [
            path(f"{one}claim/", _page(claims.claim, kind, "claim"), name="person-claim"),
            path(
                f"{one}release/",
                _page(claims.release, kind, "release", "registry.claim.decide"),
                name="person-release",
            ),
        ]
    if any(field.personal for field in kind.fields):
        found.append(path(f"{one}contact/", _page(record.unmask, kind, "unmask"), name=f"{name}-unmask"))
    return found


def _maturity(kind: Kind, root: str) -> list[URLPattern]:
    return [
        path(root, _page(maturity.maturity, kind, "prove"), name="achievement-trl"),
        path(f"{root}lower/", _page(maturity.lower, kind, "prove"), name="achievement-trl-lower"),
        path(
            f"{root}<int:proof>/withdraw/",
            _page(maturity.withdraw, kind, "prove"),
            name="achievement-trl-withdraw",
        ),
    ]


def _page(view: Page, kind: Kind, verb: str, deed: str = "") -> Page:
    """A view for one kind behind the gate of its deed, `registry.<kind>.<verb>` where it is not said."""

    @wraps(view)
    def of_kind(request: HttpRequest, **arguments: object) -> HttpResponseBase:
        return view(request, kind, **arguments)

    of_kind.__name__ = f"{kind.name.replace('-', '_')}_{view.__name__}"
    return requires(deed or f"registry.{kind.name}.{verb}")(of_kind)
