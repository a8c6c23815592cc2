"""Results of research: achievements and patents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huanchuang.registry.models import Achievement, Patent
from huanchuang.registry.queries.kinds.field import MATCHED, OWNER, Field, Shape
from huanchuang.registry.queries.kinds.kind import Kind
from huanchuang.registry.queries.kinds.organisation import BASIC, SOURCE

CONTENT, TRANSFER, STATE = _("内容"), _("转化"), _("状态与费用")
PARAMETERS_HINT = _("一行一项，例如“抗拉强度 ≥ 500 MPa”；写明数值和单位才能与需求逐项比较")

ACHIEVEMENT = Kind(
    model=Achievement,
    plural="achievements",
    label=_("成果"),
    icon="bulb",
    counter=_("项"),
    about=_("这里列出高校院所和企业可以转化的科技成果"),
    fields=(
        Field("title", _("成果名称"), required=True, group=BASIC, listed=True, searched=True),
        Field("owner", _("完成单位"), Shape.ENTRY, target="organisation", required=True, group=BASIC, listed=True, searched=True, hint=_("填写全称、简称或代码")),
        Field("field", _("所属高新技术领域"), Shape.CODE, vocabulary="high-tech-fields", group=BASIC, listed=True, filtered=True, hint=_("国家重点支持的高新技术领域的名称或代码")),
        Field("credited", _("署名完成人"), Shape.LINES, apart="、，,", group=BASIC, searched=True, hint=_("按贡献排序，一行一个，照材料原样填写；已登记的人员请另加“完成或发明”关系"), weight=0),
        Field("keywords", _("成果关键字"), Shape.LINES, group=BASIC, searched=True, hint=_("一行一个"), weight=2),
        Field("completed_on", _("完成日期"), Shape.DATE, past=True, group=BASIC),
        Field("region", _("所属地区"), Shape.CODE, vocabulary="regions", group=BASIC, length=12),
        Field("is_confidential", _("保密（专利申请前）"), Shape.YES_NO, field_class=OWNER, group=BASIC, hint=_("勾选后仅完成单位、发明人和获授权的人知道这项成果")),
        Field("summary", _("成果简介"), Shape.LONG, group=CONTENT, searched=True, weight=2),
        Field("solves", _("解决的问题"), Shape.LONG, group=CONTENT, searched=True, weight=3),
        Field("better_than", _("与现有方案相比的优势"), Shape.LONG, group=CONTENT, weight=3),
        Field("parameters", _("技术指标"), Shape.PARAMETERS, group=CONTENT, searched=True, hint=PARAMETERS_HINT, weight=3),
        Field("form", _("成果体现形式"), Shape.CODE, vocabulary="achievement-forms", group=CONTENT, filtered=True),
        Field("stage", _("成果所处阶段"), Shape.CODE, vocabulary="achievement-stages", group=CONTENT, listed=True, filtered=True),
        Field("level", _("成果技术水平"), Shape.CODE, vocabulary="achievement-levels", group=CONTENT),
        Field("trl", _("技术成熟度"), Shape.WHOLE, most=9, group=CONTENT, listed=True, typed=False, weight=2),
        Field("state", _("办理状态"), Shape.CODE, vocabulary="achievement-states", group=TRANSFER, listed=True, filtered=True, typed=False, weight=0),
        Field("transfer_ways", _("拟采取的转化方式"), Shape.CODES, vocabulary="transfer-ways", group=TRANSFER, filtered=True, weight=2),
        Field("transfer_note", _("转化说明"), Shape.LONG, group=TRANSFER, weight=0),
        Field("price", _("意向价格"), Shape.MONEY, field_class=MATCHED, unit="万元", group=TRANSFER, weight=2),
        SOURCE,
    ),
)  # fmt: skip

PATENT = Kind(
    model=Patent,
    plural="patents",
    label=_("知识产权"),
    icon="certificate",
    identity=(("number",), ("owner", "title_key")),
    unique=(("number",),),
    ordered=(("applied_on", "granted_on"), ("applied_on", "expires_on")),
    counter=_("件"),
    about=_("这里列出专利、软件著作权等知识产权及其缴费期限"),
    fields=(
        Field("title", _("名称"), required=True, group=BASIC, listed=True, searched=True),
        Field("number", _("申请号或登记号"), Shape.IP_NUMBER, group=BASIC, length=40, listed=True, searched=True, hint=_("专利填申请号，含校验位，例如 201710601862.3"), weight=3),
        Field("kind", _("类别"), Shape.CODE, required=True, vocabulary="patent-kinds", group=BASIC, listed=True, filtered=True),
        Field("owner", _("权利人"), Shape.ENTRY, target="organisation", group=BASIC, listed=True, searched=True, hint=_("填写全称、简称或代码"), weight=3),
        Field("achievement", _("所属成果"), Shape.ENTRY, target="achievement", group=BASIC, hint=_("填写成果名称"), weight=0),
        Field("credited", _("署名发明人"), Shape.LINES, apart="、，,", group=BASIC, searched=True, hint=_("按证书排序，一行一个；已登记的人员请另加“完成或发明”关系"), weight=0),
        Field("ipc", _("国际专利分类号"), Shape.LINES, group=BASIC, hint=_("一行一个")),
        Field("summary", _("摘要"), Shape.LONG, group=BASIC, searched=True),
        Field("state", _("法律状态"), Shape.CODE, required=True, vocabulary="patent-states", group=STATE, listed=True, filtered=True, once=True),
        Field("applied_on", _("申请日"), Shape.DATE, past=True, group=STATE, weight=2),
        Field("granted_on", _("授权日"), Shape.DATE, past=True, group=STATE, listed=True, weight=0),
        Field("expires_on", _("届满日"), Shape.DATE, group=STATE, weight=0),
        Field("fee_due_on", _("下次缴费期限"), Shape.DATE, field_class=OWNER, group=STATE, weight=0),
        Field("fee_amount", _("应缴年费"), Shape.MONEY, field_class=OWNER, unit="元", group=STATE, weight=0),
        SOURCE,
    ),
)  # fmt: skip
