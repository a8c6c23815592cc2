"""Drafts are begun from a skeleton, from files or from what is published, and written by several people without loss."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huanchuang.accounts.queries import actor_of
from huanchuang.definitions.models import Draft
from huanchuang.definitions.queries.drafts import check_of, difference_of
from huanchuang.definitions.services import save_draft, start_draft
from huanchuang.definitions.services.start import skeleton_files
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.models import EditedMeanwhile

from .conftest import PACK

pytestmark = pytest.mark.django_db


def test_the_skeleton_checks_clean(client, cast):
    client.force_login(cast.officer)
    answer = client.post(reverse("definitions:new"), {"pack": PACK}, follow=True)
    assert "检查通过，5 个案例全部符合" in answer.content.decode()
    assert Draft.objects.get().title == "新的政策"


def test_it_begins_from_files(client, cast):
    client.force_login(cast.officer)
    files = [
        SimpleUploadedFile(name, text.encode()) for name, text in skeleton_files("policies", PACK).items()
    ]
    answer = client.post(reverse("definitions:new"), {"pack": PACK, "texts": files})
    assert answer.status_code == 302
    assert set(Draft.objects.get().files) == {"policy.yaml", "samples.yaml", "cases.yaml", "README.md"}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("policy.yaml", "标题".encode("gbk"), "不是 UTF-8"),
        ("policy.yaml", b"x" * (256 * 1024 + 1), "太大"),
        ("../../etc/passwd.yaml", b"id: x", "不是定义包里的文件"),
        ("run.py", b"print()", "不是定义包里的文件"),
        ("policy.yaml", b"  \n", "没有内容"),
    ],
)
def test_it_refuses_files_no_pack_has(client, cast, name, content, words):
    client.force_login(cast.officer)
    answer = client.post(
        reverse("definitions:new"), {"pack": PACK, "texts": [SimpleUploadedFile(name, content)]}
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "pack", ["Qingcen.rd", "qingcen", "../x.y", "qingcen.rd subsidy", "national.regions", "a.b/c"]
)
def test_it_refuses_ids_of_another_form_or_kind(client, cast, pack):
    client.force_login(cast.officer)
    assert client.post(reverse("definitions:new"), {"pack": pack}).status_code == 422
    assert not Draft.objects.exists()


def test_the_next_version_keeps_every_comment_and_raises_the_number(client, cast):
    client.force_login(cast.officer)
    client.post(reverse("definitions:go-on", args=["policies", "qingcen.rd-subsidy"]))
    made = Draft.objects.get()
    [changed] = difference_of(made)
    assert (changed.name, changed.added, changed.removed) == ("policy.yaml", 1, 1)
    assert [line.text for line in changed.lines if line.sign == "+"] == ["version: 1.1"]
    assert check_of(made).is_clean


def test_a_version_number_that_is_not_above_the_last_is_refused(client, cast):
    client.force_login(cast.officer)
    client.post(reverse("definitions:go-on", args=["policies", "qingcen.rd-subsidy"]))
    made = Draft.objects.get()
    made.files["policy.yaml"] = made.files["policy.yaml"].replace("version: 1.1", "version: 1.0")
    [found] = check_of(made).found
    assert "不高于已发布的1.0" in found.problem.what
    assert made.files["policy.yaml"].splitlines()[found.line - 1] == "version: 1.0"


def test_a_pack_has_one_draft_at_a_time(cast, second, draft):
    with pytest.raises(ProblemError, match=f"已有{cast.officer.name}的草稿"):
        start_draft(actor_of(second), "policies", PACK, skeleton_files("policies", PACK))


def test_two_at_once_lose_nothing(client, cast, second, draft):
    mine = {**draft.files, "README.md": "# 我的说明\n"}
    save_draft(actor_of(second), draft, draft.version, {**draft.files, "README.md": "# 同事的说明\n"})
    with pytest.raises(EditedMeanwhile):
        save_draft(actor_of(cast.officer), draft, draft.version, mine)
    client.force_login(cast.officer)
    answer = client.post(
        reverse("definitions:text", args=[draft.pk]), {"version": 1, "file:README.md": mine["README.md"]}
    )
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "他人刚改过" in shown
    assert "我的说明" in shown
    assert 'name="version" value="2"' in shown
    assert Draft.objects.get().files["README.md"] == "# 同事的说明\n"


def test_the_check_answers_while_one_types_and_saves_nothing(client, cast, draft):
    client.force_login(cast.officer)
    typed = draft.files["policy.yaml"].replace("研发费用 >= 50万元", "研发费用 >= 50人")
    answer = client.post(reverse("definitions:check", args=[draft.pk]), {"file:policy.yaml": typed})
    shown = answer.content.decode()
    line = next(number for number, text in enumerate(typed.splitlines(), 1) if "50人" in text)
    assert f"policy.yaml 第 {line} 行" in shown
    assert Draft.objects.get().files == draft.files


def test_the_check_speaks_english(client, cast, draft):
    client.force_login(cast.officer)
    client.cookies["django_language"] = "en"
    typed = draft.files["policy.yaml"].replace("by: document", "by: paper")
    shown = client.post(
        reverse("definitions:check", args=[draft.pk]), {"file:policy.yaml": typed}
    ).content.decode()
    assert "policy.yaml line" in shown
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in shown.split("<details")[0])


@pytest.mark.parametrize(
    "condition",
    [
        "(" * 20000 + "居民企业" + ")" * 20000,
        " 且 ".join(["居民企业"] * 20000),
        "非 " * 50000 + "居民企业",
        "9" * 100000 + " >= 1",
        "研发费用 >= " + " + ".join(["1元"] * 30000),
        "sum(" * 3000 + "研发费用" + ")" * 3000 + " >= 1元",
    ],
    ids=["brackets", "ands", "nots", "digits", "sum", "calls"],
)
def test_a_monstrous_condition_is_answered_in_time(client, cast, draft, condition):
    client.force_login(cast.officer)
    typed = draft.files["policy.yaml"].replace("      居民企业\n", f"      {condition}\n")
    answer = client.post(reverse("definitions:check", args=[draft.pk]), {"file:policy.yaml": typed})
    assert answer.status_code == 200


@pytest.mark.parametrize("role", ["clerk", "leader", "auditor", "reporter", "administrator"])
def test_only_officers_write(client, cast, draft, role):
    client.force_login(getattr(cast, role))
    assert (
        client.post(
            reverse("definitions:text", args=[draft.pk]), {"version": 1, "file:README.md": "x"}
        ).status_code
        == 403
    )
    assert client.post(reverse("definitions:new"), {"pack": "qingcen.other"}).status_code == 403
    assert Draft.objects.get().files == draft.files
