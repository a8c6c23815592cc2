"""People: which fields they have."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huanchuang.registry.models import Person
from huanchuang.registry.queries.kinds.field import OWNER, Field, Shape
from huanchuang.registry.queries.kinds.kind import Kind
from huanchuang.registry.queries.kinds.organisation import BASIC, CONTACT, SOURCE

WORK = _("专业")

PERSON = Kind(
    model=Person,
    plural="people",
    label=_("人员"),
    icon="users",
    title_field="name",
    owner_field="unit",
    identity=(("unit", "title_key"),),
    unique=(),
    counter=_("人"),
    about=_("这里列出科研人员、专家、技术经理人和各单位的经办人"),
    fields=(
        Field("name", _("姓名"), required=True, group=BASIC, length=60, listed=True, searched=True),
        Field("name_en", _("英文名"), group=BASIC, length=120, searched=True, weight=0),
        Field("unit", _("所属单位"), Shape.ENTRY, target="organisation", group=BASIC, listed=True, searched=True, hint=_("填写全称、简称或代码")),
        Field("post", _("职务"), group=BASIC, length=60),
        Field("roles", _("身份"), Shape.CODES, required=True, vocabulary="person-roles", group=BASIC, listed=True, filtered=True),
        Field("title", _("专业技术职称"), Shape.CODE, vocabulary="professional-titles", group=WORK, listed=True, filtered=True),
        Field("degree", _("学位"), Shape.CODE, vocabulary="degrees", group=WORK),
        Field("field", _("技术领域"), Shape.CODE, vocabulary="high-tech-fields", group=WORK, listed=True, filtered=True, hint=_("国家重点支持的高新技术领域的名称或代码")),
        Field("directions", _("研究方向"), Shape.LINES, group=WORK, searched=True, hint=_("一行一个"), weight=3),
        Field("expertise", _("专业特长"), Shape.LONG, group=WORK, searched=True, weight=2),
        Field("level", _("技术经理人等级"), Shape.CODE, vocabulary="manager-levels", group=WORK, filtered=True, weight=0),
        Field("certificate", _("证书编号"), field_class=OWNER, group=WORK, length=60, weight=0),
        Field("region", _("所属地域"), Shape.CODE, vocabulary="regions", group=WORK, length=12),
        Field("phone", _("联系电话"), field_class=OWNER, personal=True, group=CONTACT, length=30),
        Field("email", _("电子邮箱"), field_class=OWNER, personal=True, group=CONTACT, length=120),
        SOURCE,
    ),
)  # fmt: skip
