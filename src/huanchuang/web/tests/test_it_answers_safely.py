"""Headers, error pages, health, and a log that names nobody."""

from __future__ import annotations

import json
import logging
import re
import sys

import pytest
from django.db import DatabaseError
from django.test import Client, RequestFactory
from django.utils.translation import override

from huanchuang.web import health
from huanchuang.web.settings.logs import OneLine
from huanchuang.web.views import errors

PAGES = ["/", "/search/", "/search/?q=x", "/nothing-here"]
OUTSIDE = re.compile(
    r"""(?:src|href|action|srcset|data-why|hx-\w+)=["'](?:https?:)?//|url\((?:https?:)?//|@import"""
)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("path", PAGES)
def test_it_carries_safe_headers(cast, path: str) -> None:
    answer = signed_in(cast.officer).get(path)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
    assert "no-store" in answer["Cache-Control"]
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("role", ["officer", "leader", "clerk", "administrator"])
@pytest.mark.parametrize("path", PAGES)
def test_it_asks_no_other_host_and_holds_no_script(cast, role: str, path: str) -> None:
    text = signed_in(getattr(cast, role)).get(path).content.decode()
    assert not OUTSIDE.search(text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<style|\sstyle=|\son\w+=", text)


def test_it_sends_nobody_to_the_sign_in_page(db) -> None:
    answer = Client().get("/")
    assert answer.status_code == 302
    assert "next=" in answer["Location"]


@pytest.mark.parametrize(("language", "title"), [("zh-hans", "没有这一页"), ("en", "There is no such page")])
def test_it_explains_a_missing_page_in_both_languages(cast, language: str, title: str) -> None:
    client = signed_in(cast.clerk)
    client.cookies["django_language"] = language
    answer = client.get("/nothing-here")
    assert answer.status_code == 404
    assert title in answer.content.decode()
    assert answer["X-Request-ID"] in answer.content.decode()


def test_it_fails_in_plain_words_without_a_database(rf: RequestFactory) -> None:
    """No `db` fixture here: any question to the database would be an error of its own."""
    with override("zh-hans"):
        answer = errors.failed(rf.get("/"))
    assert answer.status_code == 500
    assert "系统出错了" in answer.content.decode()


def test_it_shows_a_number_when_it_fails(cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise DatabaseError("disk I/O error")

    monkeypatch.setattr("huanchuang.web.views.home.build", fail)
    client = signed_in(cast.officer)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in answer.content.decode()
    assert "disk" not in answer.content.decode()


def test_it_explains_a_stale_form(cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.clerk)
    answer = client.post("/language/", {"language": "en"})
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


def test_it_explains_a_refused_and_a_broken_request(cast, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = cast.clerk
    assert errors.forbidden(request).status_code == 403
    broken = errors.bad_request(request)
    assert broken.status_code == 400
    assert "这个请求无法处理" in broken.content.decode()


def test_it_tells_robots_to_stay_away(db) -> None:
    assert "Disallow: /" in Client().get("/robots.txt").content.decode()


def test_it_is_healthy(db) -> None:
    answer = Client().get("/healthz")
    assert answer.status_code == 200
    assert {name: check["well"] for name, check in answer.json()["checks"].items()} == dict.fromkeys(
        ["database", "migrations", "worker", "ticker", "disk"], True
    )


def test_it_notices_a_silent_worker(db, monkeypatch: pytest.MonkeyPatch, tmp_path, settings) -> None:
    settings.HUANCHUANG_DATA = tmp_path
    health.beat("worker")
    assert Client().get("/healthz").status_code == 200
    assert health.is_serving()
    later = health.time.time() + health.SILENT_SECONDS + 1
    monkeypatch.setattr(health.time, "time", lambda: later)
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert not answer.json()["checks"]["worker"]["well"]
    assert not health.is_serving()


def test_it_notices_a_database_that_does_not_answer(db, monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        def cursor(self) -> None:
            raise DatabaseError("secret-host refused")

    monkeypatch.setattr(health, "connection", Gone())
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert "secret-host" not in answer.content.decode()


def test_it_logs_who_by_number_and_where_without_the_query(cast, caplog: pytest.LogCaptureFixture) -> None:
    client = signed_in(cast.clerk)
    with caplog.at_level(logging.INFO, "huanchuang.access"):
        client.get("/search/?q=13800138000", headers={"X-Request-ID": "from-the-proxy-1"})
    line = json.loads(OneLine().format(caplog.records[-1]))
    assert line["path"] == "/search/"
    assert line["user"] == str(cast.clerk.pk)
    assert line["request"] == "from-the-proxy-1"
    assert "13800138000" not in json.dumps(line)
    assert cast.clerk.name not in json.dumps(line, ensure_ascii=False)


def test_it_takes_no_strange_number_from_outside(cast) -> None:
    answer = signed_in(cast.clerk).get("/", headers={"X-Request-ID": "<b>\u00e9"})
    assert re.fullmatch(r"[0-9a-f]{12}", answer["X-Request-ID"])


def test_it_masks_personal_numbers_in_messages_and_failures() -> None:
    try:
        raise ValueError("phone 13800138000 taken\nDETAIL: Key (name)=(某人)")
    except ValueError:
        record = logging.LogRecord(
            "x", logging.ERROR, __file__, 1, "身份证 50010119900101123X", None, sys.exc_info()
        )
    text = OneLine().format(record)
    assert "13800138000" not in text
    assert "50010119900101123X" not in text
    assert "某人" not in text
    assert json.loads(text)["failure"]["type"] == "ValueError"


def test_it_leaves_digests_as_they_are() -> None:
    digest = "3029182748472462d62b3ff44d92a7ac5f738c03f8e9697fc69f49f5050e49f1"
    record = logging.LogRecord("x", logging.INFO, __file__, 1, f"head={digest}", None, None)
    assert digest in OneLine().format(record)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_trail_bears_days_at_the_ends_of_the_calendar(client, cast, day):
    client.force_login(cast.auditor)
    assert client.get("/audit/", {"since": day, "until": day}).status_code == 200


@pytest.mark.parametrize(
    "address", ["/steering/ledger/?q=%00", "/api/v1/facts/?subject=a%00b", "/facts/of/a%00b/"]
)
def test_an_address_with_a_nul_character_is_no_request(client, cast, address):
    client.force_login(cast.officer)
    answer = client.get(address)
    assert answer.status_code == 400
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("address", ["/", "/search/"])
def test_home_and_search_are_read_only(client, cast, address):
    client.force_login(cast.officer)
    assert client.delete(address).status_code == 405
    assert client.head(address).status_code == 200
