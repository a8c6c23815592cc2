"""一企一档: everything about one organisation on one page, put together from the slices' queries.

Each part asks the slice that knows; what the reader may not see is not in it. The number of questions to the database
does not grow with the organisation: lists are cut, counts of all kinds come in one question.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from huanchuang.accounts.models import User
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.kinds import ORGANISATION
from huanchuang.registry.queries.kinds.field import OWNER
from huanchuang.registry.queries.kinds.values import show_value
from huanchuang.registry.queries.standing import marks
from huanchuang.registry.queries.visibility import ORDER, sight
from huanchuang.web.queries.dossier import belongings, figures, head, work
from huanchuang.web.queries.dossier.shape import Cell, Dossier, Figure, Head, Part

__all__ = ["Cell", "Dossier", "Figure", "Head", "Part", "dossier"]


def dossier(user: User, organisation: Organisation, today: dt.date) -> Dossier:
    """The dossier of an organisation that is visible to this person."""
    see = sight(user)
    inner = ORDER.index(see(organisation)) >= ORDER.index(OWNER)
    reader = belongings.reader_of(user, see, organisation)
    parts = list(_parts(user, organisation, today, inner, reader))
    return Dossier(
        organisation=organisation,
        as_of=today,
        marks=marks(organisation),
        kind_words=[
            show_value(ORGANISATION.by_name[name], getattr(organisation, name)) for name in ("kind", "stage")
        ],
        inner=inner,
        figures=belongings.big_numbers(reader.counts),
        parts=[part for part in parts if not part.is_empty],
        empty=[part.title for part in parts if part.is_empty],
    )


def _parts(
    user: User, organisation: Organisation, today: dt.date, inner: bool, reader: belongings.Reader
) -> Iterator[Part]:
    yield head.identity(organisation, reader.see(organisation))
    yield head.qualifications(organisation, today)
    yield figures.key_figures(organisation, reader.see(organisation))
    yield from belongings.parts(reader, organisation, today)
    yield work.relations(user, organisation)
    yield from work.ledger(user, organisation, today)
    if inner:
        yield work.files(organisation)
        yield work.seats(organisation)
        yield work.imports(user, organisation)
        yield work.history(organisation)


def title_of(organisation: Organisation) -> str:
    """What the paper is called."""
    return _("%(name)s 一企一档") % {"name": organisation.name}
