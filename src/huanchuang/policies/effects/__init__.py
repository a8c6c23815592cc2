"""What an organisation can have, as a button on its page; policies as definitions that are written here, and news of them."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows, roles_for
from huanchuang.definitions.effects import offer_kind, published, returned, submitted
from huanchuang.definitions.models import Draft, Published
from huanchuang.definitions.queries.drafts import PUBLISH
from huanchuang.definitions.queries.kinds import Way
from huanchuang.files.effects import may_read
from huanchuang.jobs.effects import every
from huanchuang.notices.services import notify
from huanchuang.policies.queries.access import VIEW as DECISIONS
from huanchuang.policies.queries.access import sees_policies_of
from huanchuang.policies.services.awards import decide_again, let_lapse
from huanchuang.registry.effects import Action, name_verbs, on_record_head
from huanchuang.registry.models import Entry, Organisation


@on_record_head(order=30)
def what_it_can_have(user: User, entry: Entry) -> Action | None:
    """Leads to the policies of an organisation, for whoever sees its inside."""
    if not isinstance(entry, Organisation) or not sees_policies_of(user, entry):
        return None
    return Action(_("可享政策"), reverse("policies:outlook", args=[entry.pk]), "gavel")


KIND = "policies"


def ways_of(user: User, draft: Draft) -> list[Way]:
    """A draft of a policy is set against the published ones, and put to one organisation."""
    found = []
    if allows(user, "policies.run.view"):
        url = f"{reverse('policies:contradictions')}?draft={draft.pk}"
        found.append(Way(gettext("与已发布的对照"), url, "scale"))
    if allows(user, DECISIONS):
        found.append(Way(gettext("试一家"), reverse("policies:trial", args=[draft.pk]), "calculator"))
    return found


offer_kind(KIND, lambda pack: reverse("policies:policy", args=[pack]), ways_of)


@receiver(submitted, dispatch_uid="policies.tell_publishers")
def tell_publishers(draft: Draft, **_signal: Any) -> None:
    """Whoever may publish hears of a draft that waits, but those who wrote it."""
    if draft.kind != KIND:
        return
    roles = roles_for(PUBLISH)
    people = User.objects.filter(is_active=True, role__in=roles).exclude(pk__in=_writers(draft))
    key = f"definitions.submitted:{draft.pk}:{draft.version}"
    notify(
        people,
        KIND,
        f"待发布：{draft}",
        f"{draft.author_name}提交了政策草稿{draft.pack}，请审核发布",
        draft.get_absolute_url(),
        key,
    )


@receiver(returned, dispatch_uid="policies.tell_authors_of_return")
def tell_authors_of_return(draft: Draft, **_signal: Any) -> None:
    """Those who wrote it hear why it comes back."""
    if draft.kind == KIND:
        key = f"definitions.returned:{draft.pk}:{draft.version}"
        notify(
            _authors(draft),
            KIND,
            f"已退回：{draft}",
            f"{draft.remark_by_name}：{draft.remark}",
            draft.get_absolute_url(),
            key,
        )


@receiver(published, dispatch_uid="policies.tell_authors_of_publication")
def tell_authors_of_publication(draft: Draft, version: Published, **_signal: Any) -> None:
    """Those who wrote it hear that it holds."""
    if draft.kind == KIND:
        begins = f"，{version.valid_from}起生效" if version.valid_from else ""
        body = f"{version.publisher_name}发布了{version.title}版本{version.version}{begins}"
        notify(
            _authors(draft),
            KIND,
            f"已发布：{version.title}",
            body,
            version.get_absolute_url(),
            f"definitions.published:{version.pk}",
        )


def _writers(draft: Draft) -> list[int]:
    return [int(one) for one in {draft.author, *draft.editors} if str(one).isdigit()]


def _authors(draft: Draft) -> Any:
    return User.objects.filter(is_active=True, pk__in=_writers(draft))


HOURLY = 3600.0

every(HOURLY, "policies.awards.let_lapse")(let_lapse)
every(HOURLY, "policies.awards.decide_again")(decide_again)
name_verbs(
    {
        "policies.answer.give": _("答复政策条件"),
        "policies.decision.keep": _("政策测算存档"),
        "policies.push.send": _("推送政策"),
        "policies.push.tell": _("告知可享政策"),
        "policies.forecast.start": _("提交政策资金测算"),
        "policies.run.start": _("提交政策测算"),
        "definitions.draft.start": _("建立规则草稿"),
        "definitions.draft.save": _("修改规则草稿"),
        "definitions.draft.submit": _("提交发布规则"),
        "definitions.draft.recall": _("收回规则草稿"),
        "definitions.draft.return": _("退回规则草稿"),
        "definitions.draft.withdraw": _("撤销规则草稿"),
        "definitions.version.publish": _("发布规则版本"),
        "policies.supposition.keep": _("保存政策推演"),
        "policies.supposition.drop": _("删去政策推演"),
        "policies.windows.give": _("生成申报日历地址"),
        "policies.windows.revoke": _("停用申报日历地址"),
        "policies.roll.propose": _("提出免申即享名单"),
        "policies.roll.agree": _("同意免申即享名单"),
        "policies.roll.return": _("退回免申即享名单"),
        "policies.award.consent": _("确认免申即享"),
        "policies.award.decline": _("放弃免申即享"),
        "policies.award.change": _("免申即享因数据变化终止"),
        "policies.award.lapse": _("免申即享逾期未确认"),
        "policies.award.withdraw": _("撤回免申即享"),
        "policies.paper.upload": _("上传政策文件"),
        "policies.paper.read": _("读取政策文件"),
        "policies.paper.fail": _("政策文件没有读成"),
        "policies.paper.decide": _("确认政策文件的提议"),
        "policies.paper.take": _("采纳有把握的提议"),
        "policies.paper.draft": _("由政策文件生成草稿"),
        "policies.merge.follow": _("合并后转入政策记录"),
        "policies.merge.part": _("撤销合并后预留对象不符"),
    }
)


def reads_papers(user: User, subject: str) -> bool:
    """Whoever sees the proposals of a policy paper may open its file."""
    return allows(user, "policies.paper.view")


may_read("policies.policypaper", reads_papers)
