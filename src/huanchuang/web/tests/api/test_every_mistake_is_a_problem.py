"""Whatever is sent, the answer is a problem (RFC 9457) with place, remedy and number, in the language asked for; never ours."""

from __future__ import annotations

import json
import logging
import re

import pytest
from django.test import Client
from django.test.client import FakePayload

from huanchuang.web.api.problems import MEDIA_TYPE

pytestmark = pytest.mark.django_db
DECIDE = "/api/v1/policies/decide"
DEEP = b'{"facts":' * 3000 + b"{}" + b"}" * 3000
BODIES = {
    "nothing": (b"", 422),
    "half": (b'{"facts": {', 400),
    "NUL": (b'{"facts": {"\\u0000": "1"}}', 400),
    "NUL as a value": ('{"facts": {"居民企业": "\\u0000"}}'.encode(), 400),
    "a raw NUL": (b'{"facts": {"a\x00": "1"}}', 400),
    "half a character": (b'{"facts": {"\\ud800": "1"}}', 400),
    "not a number": (b'{"facts": {}, "as_of": NaN}', 400),
    "endless": (b'{"facts": {}, "as_of": -Infinity}', 400),
    "beyond every bound": (b'{"facts": {}, "as_of": 1e400}', 400),
    "a huge number": (b'{"facts": {}, "as_of": ' + b"9" * 5000 + b"}", 400),
    "a large number": (b'{"facts": {}, "as_of": ' + b"9" * 400 + b"}", 422),
    "deep": (DEEP, 400),
    "deep lists": (b'{"facts": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400),
    "a name twice": (b'{"facts": {}, "facts": {}}', 400),
    "no UTF-8": (b'{"facts": {"\xff": "1"}}', 400),
    "UTF-16": ('{"facts": {}}'.encode("utf-16"), 400),
    "a list": (b"[]", 422),
    "a word": (b'"facts"', 422),
    "null": (b"null", 422),
    "numbers for texts": ('{"facts": {"职工总数": 90}}'.encode(), 422),
    "a strange key": (b'{"facts": {}, "colour": "red"}', 422),
    "too many": (json.dumps({"facts": {str(place): "1" for place in range(501)}}).encode(), 422),
    "a long word": (json.dumps({"facts": {"居民企业": "长" * 201}}).encode(), 422),
    "an empty name": (b'{"facts": {"": "1"}}', 422),
}


def send(client, body, content_type="application/json", **headers):
    return client.generic("POST", DECIDE, body, content_type, headers=headers)


@pytest.fixture
def officer(cast):
    client = Client(raise_request_exception=False)
    client.force_login(cast.officer)
    return client


def problem_of(answer, status):
    assert answer.status_code == status, answer.content[:300]
    assert answer["Content-Type"] == MEDIA_TYPE
    found = answer.json()
    assert found["status"] == status
    assert found["type"].startswith("urn:huanchuang:problem:")
    assert found["request_id"] == answer["X-Request-ID"]
    assert found["title"]
    assert found["detail"]
    for one in found["problems"]:
        assert one["what"]
        assert one["remedy"]
    assert "Traceback" not in answer.content.decode()
    return found


@pytest.mark.parametrize("name", BODIES)
def test_it_takes_no_body_that_is_none(officer, name):
    body, status = BODIES[name]
    problem_of(send(officer, body), status)


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/xml"]
)  # fmt: skip
def test_it_takes_json_only(officer, content_type):
    problem_of(send(officer, b'{"facts": {}}', content_type), 415)


def test_it_refuses_a_body_of_a_hundred_megabytes_before_reading_it(officer):
    class Unread(FakePayload):
        def read(self, *size):
            raise AssertionError("the body was read")

    answer = officer.generic(
        "POST", DECIDE, b"", "application/json", **{"CONTENT_LENGTH": 100 * 1024 * 1024, "wsgi.input": Unread()}
    )  # fmt: skip
    problem_of(answer, 413)


@pytest.mark.parametrize(
    ("method", "where", "status"),
    [
        ("get", "/api/v1/nothing", 404), ("get", "/api/v2/policies/", 404), ("get", "/api/v1/", 404), ("get", "/api/", 404),
        ("get", "/api/v1/policies/national.nothing", 404), ("get", "/api/v1/policies/for/99999999999999999999999", 404),
        ("get", "/api/v1/jobs/-1", 404), ("get", f"/api/v1/jobs/{9**40}", 404), ("get", f"/api/v1/jobs/{'9' * 5000}", 422),
        ("get", f"/api/v1/steering/targets/{9**40}", 404), ("get", "/api/v1/jobs/x", 422),
        ("get", "/api/v1/policies/?q=%00", 400), ("get", "/api/v1/policies/%00", 400),
        ("get", "/api/v1/policies/?as_of=0001-01-01", 422), ("get", "/api/v1/policies/?as_of=1e400", 422),
        ("get", "/api/v1/policies/?page=0", 422), ("get", "/api/v1/policies/?page=1e3", 422),
        ("get", "/api/v1/policies/?page_size=201", 422), ("get", f"/api/v1/policies/?page={'9' * 5000}", 422),
        ("get", "/api/v1/policies/decide", 405), ("delete", "/api/v1/policies/", 405), ("put", DECIDE, 405),
        ("options", "/api/v1/policies/", 405), ("trace", "/api/v1/policies/", 405),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong_with_an_address(officer, method, where, status):
    problem_of(getattr(officer, method)(where), status)


def test_it_names_the_methods_there_are(officer):
    assert officer.delete("/api/v1/policies/")["Allow"] == "GET"


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("", "zh"),
        ("zh-CN,zh;q=0.9", "zh"),
        ("en", "en"),
        ("en-GB,en;q=0.8", "en"),
        ("de", "zh"),
        ("*;;q=x", "zh"),
    ],
)
def test_it_speaks_the_language_asked_for(officer, said, language):
    answer = send(officer, '{"facts": {"血型": "A"}}'.encode(), **{"Accept-Language": said})
    found = problem_of(answer, 422)
    assert found["title"] == {"zh": "内容有误", "en": "The content is wrong"}[language]
    words = {"zh": "指标字典里没有这个名称", "en": "is no name of the fact dictionary"}
    assert found["problems"][0]["what"] == words[language]
    assert found["problems"][0]["where"] == "血型"


def test_nobody_is_told_in_the_language_of_whoever_came_before(officer):
    send(officer, b"{", **{"Accept-Language": "en"})
    found = problem_of(Client().get("/api/v1/policies/?q=%00"), 400)
    assert re.search(r"[\u4e00-\u9fff]", found["detail"])


def test_our_own_failure_is_a_problem_without_a_traceback_and_stands_in_the_log(officer, monkeypatch, caplog):
    monkeypatch.setattr("huanchuang.policies.api.listed", lambda: 1 / 0)
    with caplog.at_level(logging.INFO):
        found = problem_of(officer.get("/api/v1/policies/"), 500)
    assert "ZeroDivisionError" not in json.dumps(found)
    lines = [record.data for record in caplog.records if record.name == "huanchuang.access"]
    assert [line["request"] for line in lines if line["status"] == 500] == [found["request_id"]]


def test_it_reads_deep_bodies_in_no_time(officer):
    assert send(officer, b'{"facts": ' + b'{"a":' * 400_000 + b"1" + b"}" * 400_000 + b"}").status_code == 400
