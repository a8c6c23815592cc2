"""Organisations: which fields they have."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.kinds.field import OWNER, Field, Shape
from huanchuang.registry.queries.kinds.kind import Kind

BASIC, PLACE, CONTACT = _("基本信息"), _("所在地与行业"), _("联系与来源")
SOURCE = Field(
    "source",
    _("来源"),
    field_class=OWNER,
    group=CONTACT,
    length=120,
    hint=_("资料出处，例如“营业执照”“成果登记表”"),
)

ORGANISATION = Kind(
    model=Organisation,
    plural="organisations",
    label=_("主体"),
    icon="building",
    title_field="name",
    owner_field="",
    identity=(("uscc",), ("name_key",)),
    counter=_("家"),
    about=_("这里列出全区的机关、院校、企业、载体和服务机构"),
    fields=(
        Field("name", _("名称"), required=True, group=BASIC, length=120, listed=True, searched=True, hint=_("全称，与登记证书一致")),
        Field("short_name", _("简称"), group=BASIC, length=60, searched=True, weight=0),
        Field("aliases", _("别名"), Shape.LINES, group=BASIC, searched=True, hint=_("曾用名和其他写法，一行一个"), weight=0),
        Field("kind", _("类型"), Shape.CODE, required=True, vocabulary="organisation-kinds", group=BASIC, listed=True, filtered=True),
        Field("uscc", _("统一社会信用代码"), Shape.USCC, group=BASIC, length=18, listed=True, searched=True, hint=_("18位，含校验码"), weight=3),
        Field("founded_on", _("成立日期"), Shape.DATE, past=True, group=BASIC, listed=True),
        Field("parent", _("上级单位"), Shape.ENTRY, target="organisation", group=BASIC, hint=_("填写全称、简称或代码"), weight=0),
        Field("region", _("所在区划"), Shape.CODE, vocabulary="regions", group=PLACE, length=12, listed=True, filtered=True, hint=_("区划名称或代码")),
        Field("industry", _("行业"), Shape.CODE, vocabulary="industries", group=PLACE, length=8, listed=True, filtered=True, hint=_("国民经济行业分类（GB/T 4754-2017）的名称或代码"), weight=2),
        Field("stage", _("发展阶段"), Shape.CODE, vocabulary="organisation-stages", group=PLACE, length=20, filtered=True),
        Field("address", _("地址"), group=PLACE, length=200),
        Field("contact_name", _("联系人"), field_class=OWNER, personal=True, group=CONTACT, length=60),
        Field("contact_phone", _("联系电话"), field_class=OWNER, personal=True, group=CONTACT, length=30),
        SOURCE,
    ),
)  # fmt: skip
