"""A draft becomes a version by a second person only, once, if it is sound; what is published never changes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from huanchuang.accounts.queries import actor_of
from huanchuang.audit.queries import history
from huanchuang.definitions.models import Draft, Immutable, Published
from huanchuang.definitions.services import give_back, publish, recall, save_draft, submit, withdraw
from huanchuang.engines.kernel import ProblemError
from huanchuang.notices.models import Notice
from huanchuang.orm.models import EditedMeanwhile

REASON = "区政府第12次常务会议通过"


@pytest.mark.django_db
class TestWhoPublishes:
    def test_a_colleague_publishes_and_both_sides_hear_of_it(self, cast, second, waiting):
        assert Notice.objects.filter(user=second, title__startswith="待发布").count() == 1
        assert not Notice.objects.filter(user=cast.officer).exists()
        made = publish(actor_of(second), waiting, waiting.version, REASON)
        assert (made.version, made.publisher_name, made.author_name) == (
            "1.0",
            second.name,
            cast.officer.name,
        )
        assert len(made.digest) == 64
        assert Draft.objects.get(pk=waiting.pk).state == "published"
        assert Notice.objects.get(user=cast.officer).title.startswith("已发布")
        assert [entry.verb for entry in history(made.subject)] == ["definitions.version.publish"]
        assert [entry.verb for entry in history(waiting.subject)] == [
            "definitions.draft.submit",
            "definitions.draft.start",
        ]

    def test_the_draft_of_a_version_is_not_told_to_change_afterwards(self, client, second, waiting):
        publish(actor_of(second), waiting, waiting.version, REASON)
        client.force_login(second)
        page = client.get(waiting.get_absolute_url()).content.decode()
        assert "检查通过" in page
        assert "不高于已发布的" not in page

    def test_the_author_never_publishes_what_is_his(self, cast, waiting):
        with pytest.raises(ProblemError, match="不能自己发布"):
            publish(actor_of(cast.officer), waiting, waiting.version, REASON)
        assert not Published.objects.exists()

    def test_nor_does_anybody_who_wrote_a_word_of_it(self, cast, second, draft):
        files = {**draft.files, "README.md": "# 依据\n\n常务会议纪要\n"}
        saved = save_draft(actor_of(second), draft, draft.version, files)
        asked = submit(actor_of(cast.officer), saved, saved.version)
        with pytest.raises(ProblemError, match="不能自己发布"):
            publish(actor_of(second), asked, asked.version, REASON)

    def test_the_database_refuses_it_too(self, cast, second, waiting):
        made = publish(actor_of(second), waiting, waiting.version, REASON)
        values = {
            field.attname: getattr(made, field.attname)
            for field in Published._meta.concrete_fields
            if field.name != "id"
        }
        other = Draft.objects.create(
            kind="policies", pack="qingcen.other", files={}, author="1", author_name="甲"
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            Published.objects.create(
                **{**values, "draft_id": other.pk, "digest": "d", "version": "2", "publisher": made.author}
            )

    @pytest.mark.parametrize(
        "role", ["officer", "leader", "auditor", "clerk", "reporter", "researcher", "manager", "reviewer"]
    )
    def test_on_the_page_author_and_other_roles_are_refused(self, client, cast, waiting, role):
        client.force_login(getattr(cast, role))
        answer = client.post(
            reverse("definitions:publish", args=[waiting.pk]), {"version": waiting.version, "remark": REASON}
        )
        assert answer.status_code == (422 if role == "officer" else 403)
        assert ("不能自己发布" in answer.content.decode()) == (role == "officer")
        assert not Published.objects.exists()

    def test_the_administrator_publishes_on_the_page(self, client, cast, waiting):
        client.force_login(cast.administrator)
        assert "发布" in client.get(reverse("definitions:draft", args=[waiting.pk])).content.decode()
        answer = client.post(
            reverse("definitions:publish", args=[waiting.pk]), {"version": waiting.version, "remark": REASON}
        )
        assert answer.status_code == 302
        shown = client.get(Published.objects.get().get_absolute_url()).content.decode()
        assert REASON in shown
        assert Published.objects.get().digest in shown


@pytest.mark.django_db
class TestWhatIsPublished:
    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            ("研发费用 >= 50万元", "研发支出费 >= 50万元", "研发"),
            ("value: 10%", "value: 12%", "24万元"),
            ("text: 在境内注册的居民企业", "text:", "值是空的"),
        ],
    )
    def test_it_refuses_what_does_not_check_clean(self, cast, second, draft, old, new, words):
        text = draft.files["policy.yaml"]
        assert old in text
        saved = save_draft(
            actor_of(cast.officer),
            draft,
            draft.version,
            {**draft.files, "policy.yaml": text.replace(old, new)},
        )
        asked = submit(actor_of(cast.officer), saved, saved.version)
        with pytest.raises(ProblemError) as caught:
            publish(actor_of(second), asked, asked.version, REASON)
        assert "policies/qingcen.trial-subsidy/" in str(caught.value)
        assert words in str(caught.value)
        assert not Published.objects.exists()

    def test_it_refuses_fewer_than_five_cases(self, cast, second, draft):
        cases = draft.files["cases.yaml"]
        fewer = cases[: cases.rindex("  - name:")]
        saved = save_draft(actor_of(cast.officer), draft, draft.version, {**draft.files, "cases.yaml": fewer})
        asked = submit(actor_of(cast.officer), saved, saved.version)
        with pytest.raises(ProblemError, match="只有 4 个案例"):
            publish(actor_of(second), asked, asked.version, REASON)

    def test_it_refuses_silence(self, second, waiting):
        with pytest.raises(ProblemError, match="发布说明"):
            publish(actor_of(second), waiting, waiting.version, " ")

    def test_it_refuses_what_nobody_submitted(self, second, draft):
        with pytest.raises(ProblemError, match="不能发布"):
            publish(actor_of(second), draft, draft.version, REASON)

    def test_it_refuses_what_was_changed_since_it_was_read(self, cast, second, waiting):
        back = recall(actor_of(cast.officer), waiting, waiting.version)
        again = submit(actor_of(cast.officer), back, back.version)
        with pytest.raises(EditedMeanwhile):
            publish(actor_of(second), again, waiting.version, REASON)
        assert not Published.objects.exists()

    def test_a_double_click_publishes_once(self, second, waiting):
        first = publish(actor_of(second), waiting, waiting.version, REASON)
        assert publish(actor_of(second), waiting, waiting.version, REASON).pk == first.pk
        assert Published.objects.count() == 1

    def test_a_published_row_cannot_be_changed_or_removed(self, second, waiting):
        made = publish(actor_of(second), waiting, waiting.version, REASON)
        made.reason = "别的"
        for wrong in (
            made.save,
            made.delete,
            lambda: Published.objects.update(reason="别的"),
            Published.objects.all().delete,
        ):
            with pytest.raises(Immutable):
                wrong()
        for sql in ("UPDATE definitions_published SET reason = 'x'", "DELETE FROM definitions_published"):
            with (
                pytest.raises(DatabaseError, match="never change"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(sql)
        assert Published.objects.get().reason == REASON


@pytest.mark.django_db
class TestTheWayBack:
    def test_it_is_returned_with_a_remark_and_written_on(self, cast, second, waiting):
        back = give_back(actor_of(second), waiting, waiting.version, "上限应为50万元")
        assert back.state == "returned"
        assert Notice.objects.get(user=cast.officer).title.startswith("已退回")
        files = {**back.files, "README.md": "# 说明\n"}
        assert save_draft(actor_of(cast.officer), back, back.version, files).state == "open"

    def test_it_is_not_returned_without_a_word(self, second, waiting):
        with pytest.raises(ProblemError, match="没有填写"):
            give_back(actor_of(second), waiting, waiting.version, "")

    def test_withdrawn_it_stays_to_be_read_and_makes_room_for_another(self, client, cast, draft):
        gone = withdraw(actor_of(cast.officer), draft, draft.version, "政策不再出台")
        with pytest.raises(ProblemError, match="已撤销"):
            save_draft(actor_of(cast.officer), gone, gone.version, {**gone.files, "README.md": "x"})
        client.force_login(cast.officer)
        assert "政策不再出台" in client.get(gone.get_absolute_url()).content.decode()
        answer = client.post(reverse("definitions:new"), {"pack": gone.pack})
        assert answer.status_code == 302


@pytest.mark.django_db(transaction=True)
def test_hands_at_once_publish_once(cast, second, waiting):
    def once(_number: int) -> int:
        try:
            return publish(actor_of(second), waiting, waiting.version, REASON).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(once, range(4)))
    assert len(keys) == 1
    assert Published.objects.count() == 1
