"""The audit trail in the words of the office: deeds, objects, fields. What has no word here stays as it was written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django import template
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext, gettext_noop

from huanchuang.audit.models import Entry
from huanchuang.audit.queries import Change
from huanchuang.registry.effects import deeds_on_entries
from huanchuang.registry.queries.kinds import KINDS, kind_of_subject

register = template.Library()

DEEDS = {
    "accounts.grant.give": gettext_noop("单独授权"),
    "accounts.grant.revoke": gettext_noop("撤销授权"),
    "accounts.self.change_password": gettext_noop("修改密码"),
    "accounts.session.sign_in": gettext_noop("登录"),
    "accounts.token.first_use": gettext_noop("第一次使用令牌"),
    "accounts.token.lock": gettext_noop("暂停查验错误令牌"),
    "accounts.token.make": gettext_noop("签发令牌"),
    "accounts.token.revoke": gettext_noop("撤销令牌"),
    "accounts.user.assign_role": gettext_noop("更改角色"),
    "accounts.user.change": gettext_noop("修改账户资料"),
    "accounts.user.create": gettext_noop("新建账户"),
    "accounts.user.deactivate": gettext_noop("停用账户"),
    "accounts.user.reactivate": gettext_noop("恢复账户"),
    "accounts.user.reset_second_factor": gettext_noop("停用两步验证"),
    "accounts.user.set_demo": gettext_noop("建立演示账户"),
    "accounts.user.set_password": gettext_noop("重设密码"),
    "audit.personal.look": gettext_noop("查看个人信息"),
    "facts.fact.record": gettext_noop("记录数据"),
    "facts.fact.record_bulk": gettext_noop("批量导入数据"),
    "facts.fact.withdraw": gettext_noop("撤回数据"),
    "facts.source.choose": gettext_noop("选定来源"),
    "facts.source.take_back": gettext_noop("撤销选定"),
    "files.file.make": gettext_noop("生成文件"),
    "files.file.remove": gettext_noop("删除文件"),
    "files.file.store": gettext_noop("存入文件"),
    "files.use.attach": gettext_noop("附上文件"),
    "files.use.detach": gettext_noop("取下文件"),
    "jobs.job.cancel": gettext_noop("取消后台任务"),
    "jobs.job.finish": gettext_noop("后台任务结束"),
    "jobs.job.reclaim": gettext_noop("接续后台任务"),
    "jobs.job.start": gettext_noop("提交后台任务"),
    "notices.notice.mark_all_read": gettext_noop("全部标为已读"),
    "notices.notice.mark_read": gettext_noop("标为已读"),
    "notices.preference.change": gettext_noop("修改消息设置"),
    "registry.facts.import": gettext_noop("导入年度数据"),
    "registry.import.begin": gettext_noop("上传导入文件"),
    "registry.import.choose_columns": gettext_noop("确定导入的列"),
    "registry.import.choose_sheet": gettext_noop("更换导入的工作表"),
    "registry.import.drop": gettext_noop("放弃导入"),
    "registry.import.undo": gettext_noop("撤销导入"),
    "registry.membership.join": gettext_noop("加入单位"),
    "registry.membership.leave": gettext_noop("离开单位"),
    "steering.plan.fail": gettext_noop("方案没有读成"),
    "steering.plan.put_in_force": gettext_noop("建立台账"),
    "steering.plan.read": gettext_noop("读取方案"),
    "steering.plan.upload": gettext_noop("上传方案"),
    "steering.reading.correct": gettext_noop("更正读数"),
    "steering.reading.decide": gettext_noop("复核"),
    "steering.target.add_evidence": gettext_noop("上传佐证"),
    "steering.target.adjust": gettext_noop("调整"),
    "steering.target.end": gettext_noop("终止"),
    "steering.target.reopen": gettext_noop("重新打开"),
    "steering.target.report": gettext_noop("填报进展"),
    "steering.target.request_close": gettext_noop("申请销号"),
    "steering.target.return": gettext_noop("退回补正"),
    "steering.target.start": gettext_noop("启动"),
    "steering.target.verify": gettext_noop("核验销号"),
    "web.backup.make": gettext_noop("备份"),
    "web.backup.restore": gettext_noop("恢复备份"),
    "web.everything.export": gettext_noop("导出全部数据"),
    "web.everything.import": gettext_noop("装入全部数据"),
    "web.export.make": gettext_noop("导出登记"),
}
OBJECTS = {
    "accounts.user": gettext_noop("账户"),
    "accounts.grant": gettext_noop("授权"),
    "accounts.token": gettext_noop("访问令牌"),
    "facts.fact": gettext_noop("数据"),
    "files.storedfile": gettext_noop("文件"),
    "jobs.job": gettext_noop("后台任务"),
    "notices.notice": gettext_noop("消息"),
    "notices.preference": gettext_noop("消息设置"),
    "registry.import": gettext_noop("导入"),
    "steering.plan": gettext_noop("方案"),
    "steering.target": gettext_noop("台账条目"),
}
FIELDS = {
    "about": gettext_noop("关于"),
    "accepted_as_batch": gettext_noop("批量采纳（条）"),
    "adjusted": gettext_noop("调整次数"),
    "as_of": gettext_noop("截至日期"),
    "close_requested_by": gettext_noop("申请销号的账户"),
    "closed_on": gettext_noop("销号日期"),
    "count": gettext_noop("条数"),
    "device": gettext_noop("设备"),
    "digest": gettext_noop("文件摘要"),
    "due_on": gettext_noop("时限"),
    "email": gettext_noop("电子邮件"),
    "figure": gettext_noop("达到值"),
    "files": gettext_noop("文件数"),
    "file": gettext_noop("文件"),
    "file_sha256": gettext_noop("文件摘要"),
    "items": gettext_noop("段落数"),
    "kept": gettext_noop("保留（条）"),
    "sheet": gettext_noop("工作表"),
    "columns": gettext_noop("列数"),
    "constants": gettext_noop("统一填写的字段"),
    "key": gettext_noop("指标"),
    "kind": gettext_noop("类别"),
    "lines": gettext_noop("任务和目标"),
    "name": gettext_noop("名称"),
    "percent": gettext_noop("进度（%）"),
    "period": gettext_noop("期间"),
    "phone": gettext_noop("电话"),
    "post": gettext_noop("职务"),
    "product": gettext_noop("产品版本"),
    "reason": gettext_noop("原因"),
    "rows": gettext_noop("行数"),
    "result": gettext_noop("结果"),
    "role": gettext_noop("角色"),
    "since": gettext_noop("起"),
    "size": gettext_noop("字节数"),
    "source_kind": gettext_noop("来源类型"),
    "state": gettext_noop("状态"),
    "title": gettext_noop("标题"),
    "unit": gettext_noop("计量单位"),
    "until": gettext_noop("止"),
    "user": gettext_noop("账户"),
    "username": gettext_noop("用户名"),
    "value": gettext_noop("数值"),
    "verdict": gettext_noop("复核结论"),
}
PLAIN = {
    "null": "—",
    "": "—",
    "true": gettext_noop("是"),
    "false": gettext_noop("否"),
    "ok": gettext_noop("成功"),
}


def _deeds() -> dict[str, str]:
    """Every deed's code and its name in the reader's language; those on entries of the register as 修改：成果."""
    return {verb: gettext(word) for verb, word in DEEDS.items()} | deeds_on_entries()


def _objects() -> dict[str, str]:
    named = {label: gettext(word) for label, word in OBJECTS.items()}
    return named | {kind.subject_prefix: str(kind.label) for kind in KINDS.values()}


@register.filter
def deed_word(verb: str) -> str:
    """A deed in words: 登录 for accounts.session.sign_in."""
    return _deeds().get(verb, verb)


@register.filter
def object_word(subject: str) -> str:
    """An object in words: 台账条目 7 for steering.target:7."""
    label, colon, key = subject.partition(":")
    named = _objects()
    return f"{named[label]} {key}" if colon and label in named else subject


def deed_named(text: str) -> str:
    """The code of the deed with this name in the reader's language; other text as it is (a code or its beginning)."""
    return next((verb for verb, word in _deeds().items() if word == text.strip()), text)


def object_named(text: str) -> str:
    """The code of an object in words, 台账条目 7; other text as it is."""
    word, _space, key = text.strip().rpartition(" ")
    return next((f"{label}:{key}" for label, name in _objects().items() if name == word), text)


@register.simple_tag
def deed_words() -> list[str]:
    """The names of all deeds in the reader's language, to choose from."""
    return sorted(set(_deeds().values()))


@register.filter
def in_words(changes: Iterable[Change], entry: Entry) -> list[Change]:
    """Changes with fields and coded values in words; the codes themselves stand in the trail and its export."""
    label = entry.subject.partition(":")[0]
    return [
        replace(
            one,
            field=_field(entry.subject, one.field),
            before=_value(label, one.field, one.before),
            after=_value(label, one.field, one.after),
        )
        for one in changes
    ]


def _field(subject: str, name: str) -> str:
    kind = kind_of_subject(subject)
    if kind is not None and name in kind.by_name:
        return str(kind.by_name[name].label)
    return gettext(FIELDS[name]) if name in FIELDS else name


def _value(label: str, field: str, value: str | None) -> str | None:
    if value is None:
        return None
    word = _choices(label, field).get(value)
    if word is not None:
        return word
    return gettext(PLAIN[value]) if value in PLAIN and value not in ("", "null") else PLAIN.get(value, value)


def _choices(label: str, field: str) -> dict[str, str]:
    try:
        choices = apps.get_model(label)._meta.get_field(field).flatchoices
    except (LookupError, ValueError, FieldDoesNotExist, AttributeError):
        return {}
    return {str(code): str(word) for code, word in choices}
