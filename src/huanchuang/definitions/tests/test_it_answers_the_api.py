"""The life of a draft by the API: the same services, the same refusals."""

from __future__ import annotations

import pytest

from huanchuang.definitions.models import Draft, Published
from huanchuang.definitions.services.start import skeleton_files

from .conftest import PACK

pytestmark = pytest.mark.django_db
BASE = "/api/v1/definitions"


def send(client, where, body, method="post"):
    return getattr(client, method)(f"{BASE}/{where}", body, content_type="application/json")


def test_a_draft_goes_its_way_and_its_author_cannot_end_it_by_publishing(client, cast):
    client.force_login(cast.officer)
    files = dict(skeleton_files("policies", PACK))
    made = send(client, "drafts", {"kind": "policies", "pack": PACK, "files": files}).json()
    assert made["check"]["is_clean"]
    assert [case["passed"] for case in made["check"]["cases"]] == [True] * 5
    worse = {"policy.yaml": files["policy.yaml"].replace("研发费用 >= 50万元", "研发费用 >= 50人")}
    saved = send(client, f"drafts/{made['id']}", {"version": 1, "files": worse}, "put").json()
    [problem] = saved["check"]["problems"]
    assert "policy.yaml" in problem["where"]
    assert problem["remedy"]
    again = send(client, f"drafts/{made['id']}", {"version": 1, "files": files}, "put")
    assert again.status_code == 409
    saved = send(client, f"drafts/{made['id']}", {"version": 2, "files": files}, "put").json()
    asked = send(client, f"drafts/{made['id']}/submit", {"version": saved["version"]}).json()
    step = {"version": asked["version"], "remark": "常务会议通过"}
    refused = send(client, f"drafts/{made['id']}/publish", step)
    assert refused.status_code == 422
    assert refused.json()["problems"][0]["code"] == "definitions.publish.own"
    assert not Published.objects.exists()
    client.force_login(cast.administrator)
    version = send(client, f"drafts/{made['id']}/publish", step).json()
    assert (version["version"], version["publisher_name"]) == ("1.0", cast.administrator.name)
    client.force_login(cast.clerk)
    assert [one["digest"] for one in client.get(f"{BASE}/versions").json()["versions"]] == [version["digest"]]


@pytest.mark.parametrize(
    "role", ["clerk", "leader", "auditor", "reporter", "manager", "reviewer", "researcher"]
)
def test_other_roles_neither_write_nor_publish(client, cast, waiting, role):
    client.force_login(getattr(cast, role))
    step = {"version": waiting.version, "remark": "常务会议通过"}
    for where in ("publish", "return", "withdraw", "submit"):
        assert send(client, f"drafts/{waiting.pk}/{where}", step).status_code == 403
    assert send(client, f"drafts/{waiting.pk}", {"version": 1, "files": {}}, "put").status_code == 403
    body = {"kind": "policies", "pack": "qingcen.other", "files": {}}
    assert send(client, "drafts", body).status_code == 403
    assert client.get(f"{BASE}/drafts").status_code == (200 if role == "auditor" else 403)
    assert Draft.objects.get().version == waiting.version
