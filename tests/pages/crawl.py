"""Every address of the product that can be read, with every sample and every entry that is handed in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from huanchuang.accounts.models import User
from huanchuang.audit.models import Entry as AuditEntry
from huanchuang.facts.models import Fact
from huanchuang.files.models import StoredFile
from huanchuang.jobs.models import Job
from huanchuang.notices.models import Notice
from huanchuang.orm.deeds import table
from huanchuang.registry.models import Entry, Proof
from huanchuang.registry.queries.kinds import KINDS, Kind, kind_of
from huanchuang.registry.queries.listing import columns_of
from huanchuang.registry.tests.surfaces import body
from huanchuang.web.api import api
from pages.samples import sample
from pages.table import Page, pages

FORMS = ("csv", "xlsx", "jsonl")
FEW = 8
"""So many of the newest jobs, notices, files, figures and entries of the trail are looked at."""
CHANGING = {"healthz", "account_logout", "account_reauthenticate"}
"""Pages that differ from call to call, or end the session."""
_PASSING = re.compile(
    r'csrfmiddlewaretoken" value="[^"]*"|csrf-token="[^"]*"|"X-CSRFToken": "[^"]*"|nonce-[\w-]+'
    r'|name="token" value="[0-9a-f]{32}"'
    r'|\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?|<span class="num">[0-9a-f]{12}</span>'
)


def settled(text: str) -> str:
    """The text of a page without what differs at every call."""
    return _PASSING.sub("", text)


def readable_pages() -> list[Page]:
    """Pages that answer a GET; the others say so to whoever asks."""
    return [page for page in pages() if page.name not in CHANGING and page.name]


def may_open(page: Page, user: User) -> bool:
    """Whether the role may open this page at all; that it is refused otherwise is tested by test_every_page.py."""
    roles = table()[page.deed] if page.deed else {"*"}
    return user.role in roles or "*" in roles


def addresses(page: Page, entries: Sequence[Entry]) -> Iterator[str]:
    """The addresses of one page for these entries, and for the sample of the demonstration."""
    choices = [_choices(page, argument, entries) for argument in page.arguments]
    for values in product(*choices):
        yield reverse(page.name, kwargs=dict(zip(page.arguments, values, strict=True)))


def _choices(page: Page, argument: str, entries: Sequence[Entry]) -> list[object]:
    kind = _kind_of_page(page)
    if argument == "form":
        return list(FORMS)
    if argument == "pk" and kind is not None:
        return [entry.pk for entry in entries if kind_of(entry) is kind]
    if argument == "subject":
        return [entry.subject for entry in entries]
    newest = _NEWEST.get((page.name.partition(":")[0], argument))
    if newest is not None:
        return list(newest.objects.order_by("-pk").values_list("pk", flat=True)[:FEW])
    try:
        return [sample(page, argument)]
    except KeyError:  # test_every_page.py asks for it
        return []


_NEWEST = {
    ("jobs", "pk"): Job,
    ("notices", "pk"): Notice,
    ("files", "pk"): StoredFile,
    ("registry", "file"): StoredFile,
    ("registry", "proof"): Proof,
    ("facts", "pk"): Fact,
    ("web", "pk"): AuditEntry,
}


def _kind_of_page(page: Page) -> Kind | None:
    name = page.name.removeprefix("registry:") if page.name.startswith("registry:") else ""
    fitting = [kind for kind in KINDS.values() if name == kind.name or name.startswith(f"{kind.name}-")]
    return max(fitting, key=lambda kind: len(kind.name), default=None)


def list_addresses(words: str, owner: Entry) -> Iterator[str]:
    """Every list, file of a list and search, asked in every way that could bring something up."""
    for kind in KINDS.values():
        columns = [("column", column.code) for column in columns_of(kind)]
        asked: list[list[tuple[str, str]]] = [
            [("q", words), ("status", "all")],
            [("status", "all"), *columns],
            [("status", "all"), ("owner", str(owner.pk))],
            [("status", "retired")],
            [("sort", f"-{kind.owner_field or kind.title_field}")],
        ]
        for one in asked:
            yield f"{reverse(f'registry:{kind.plural}')}?{urlencode(one)}"
        for form in FORMS:
            where = reverse(f"registry:{kind.name}-export", kwargs={"form": form})
            yield f"{where}?{urlencode([('status', 'all'), *columns])}"
    yield f"{reverse('web:search')}?{urlencode({'q': words})}"


def calls(words: str, entries: Sequence[Entry]) -> Iterator[str]:
    """Every reading call of the API."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        if "get" not in methods:
            continue
        if "{plural}" not in path:
            yield re.sub(r"\{\w+\}", "1", path)
            for entry in entries:
                yield f"{re.sub(r'{[^}]*}', '1', path)}?{urlencode({'subject': entry.subject})}"
            continue
        for kind in KINDS.values():
            where = path.replace("{plural}", kind.plural)
            keys = [entry.pk for entry in entries if kind_of(entry) is kind] if "{" in where else [0]
            for key in keys:
                yield re.sub(r"\{[^}]*\}", str(key), where)
                yield f"{re.sub(r'{[^}]*}', str(key), where)}?{urlencode({'q': words, 'status': 'all'})}"


def visit(user: User, where: Iterable[str]) -> Iterator[tuple[str, int, str]]:
    """Each address with the status and the whole text of its answer, JSON escapes read."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    for address in dict.fromkeys(where):
        answer = client.get(address, HTTP_ACCEPT_LANGUAGE="zh-CN")
        text = body(answer).decode("utf-8", "replace")
        if answer.headers.get("Content-Type", "").startswith("application/json"):
            text = re.sub(r"\\u([0-9a-f]{4})", lambda sign: chr(int(sign[1], 16)), text)
        yield address, answer.status_code, text
