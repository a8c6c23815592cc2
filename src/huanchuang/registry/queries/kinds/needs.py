"""Needs: which fields they have; some belong to one sort of need only."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huanchuang.registry.models import Need
from huanchuang.registry.queries.kinds.field import MATCHED, OWNER, Field, Shape
from huanchuang.registry.queries.kinds.kind import Kind
from huanchuang.registry.queries.kinds.organisation import BASIC, SOURCE
from huanchuang.registry.queries.kinds.results import CONTENT, PARAMETERS_HINT

TERMS = _("预算与合作")
FINANCE, TALENT, TESTING, SPACE = _("融资"), _("人才"), _("检测"), _("场地")
TECHNICAL = {"kind": ("technology", "testing")}

NEED = Kind(
    model=Need,
    plural="needs",
    label=_("需求"),
    icon="target-arrow",
    counter=_("项"),
    about=_("这里列出企业的技术、融资、人才、检测和场地需求"),
    fields=(
        Field("title", _("需求名称"), required=True, group=BASIC, listed=True, searched=True),
        Field("kind", _("需求类别"), Shape.CODE, required=True, vocabulary="need-kinds", group=BASIC, listed=True, filtered=True),
        Field("owner", _("需求单位"), Shape.ENTRY, target="organisation", required=True, group=BASIC, listed=True, hint=_("填写全称、简称或代码")),
        Field("is_anonymous", _("匿名发布"), Shape.YES_NO, field_class=OWNER, group=BASIC, hint=_("勾选后单位名称只对主管部门和对接成功的一方显示")),
        Field("field", _("技术领域"), Shape.CODE, vocabulary="high-tech-fields", group=BASIC, listed=True, filtered=True, hint=_("国家重点支持的高新技术领域的名称或代码")),
        Field("region", _("所属地区"), Shape.CODE, vocabulary="regions", group=BASIC, length=12),
        Field("valid_until", _("有效期至"), Shape.DATE, group=BASIC, listed=True, weight=2),
        Field("detail", _("需求详情"), Shape.LONG, group=CONTENT, searched=True, weight=3),
        Field("difficulty", _("拟解决的技术难题"), Shape.LONG, group=CONTENT, searched=True, only=TECHNICAL, weight=3),
        Field("present", _("现有基础条件"), Shape.LONG, group=CONTENT, only=TECHNICAL),
        Field("parameters", _("技术指标"), Shape.PARAMETERS, group=CONTENT, searched=True, hint=PARAMETERS_HINT, only=TECHNICAL, weight=3),
        Field("cooperation", _("合作方式"), Shape.CODES, vocabulary="cooperation-ways", group=TERMS, filtered=True),
        Field("budget", _("预算金额"), Shape.MONEY, field_class=MATCHED, unit="万元", group=TERMS, weight=2),
        Field("is_negotiable", _("预算面议"), Shape.YES_NO, group=TERMS),
        Field("amount", _("融资金额"), Shape.MONEY, unit="万元", group=FINANCE, only={"kind": ("finance",)}, weight=3),
        Field("term_months", _("期限"), Shape.WHOLE, unit="月", most=1200, group=FINANCE, only={"kind": ("finance",)}),
        Field("purpose", _("资金用途"), field_class=MATCHED, group=FINANCE, only={"kind": ("finance",)}),
        Field("collateral", _("可提供的担保"), Shape.CODES, vocabulary="collateral", field_class=MATCHED, group=FINANCE, only={"kind": ("finance",)}),
        Field("headcount", _("人数"), Shape.WHOLE, unit="人", group=TALENT, only={"kind": ("talent",)}),
        Field("degree", _("学位要求"), Shape.CODE, vocabulary="degrees", group=TALENT, only={"kind": ("talent",)}),
        Field("standard", _("检测标准或方法"), group=TESTING, only={"kind": ("testing",)}),
        Field("area", _("面积"), Shape.NUMBER, unit="平方米", group=SPACE, only={"kind": ("space",)}),
        SOURCE,
    ),
)  # fmt: skip
