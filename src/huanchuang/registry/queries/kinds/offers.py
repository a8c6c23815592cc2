"""What is offered: equipment, services, finance products, spaces; and the papers the district works with."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huanchuang.registry.models import Document, Equipment, FinanceProduct, Service, Space
from huanchuang.registry.queries.kinds.field import MATCHED, OWNER, Field, Shape
from huanchuang.registry.queries.kinds.kind import Kind
from huanchuang.registry.queries.kinds.organisation import BASIC, SOURCE
from huanchuang.registry.queries.kinds.results import CONTENT, PARAMETERS_HINT

TERMS = _("条件与费用")
UNIT_HINT = _("填写全称、简称或代码")

EQUIPMENT = Kind(
    model=Equipment,
    plural="instruments",
    label=_("仪器设备"),
    icon="microscope",
    title_field="name",
    identity=(("owner", "asset_no"), ("owner", "title_key", "model")),
    unique=(("owner", "asset_no"),),
    ordered=(("bought_on", "accepted_on"),),
    counter=_("台"),
    about=_("这里列出可以共享的大型科研仪器和中试设备"),
    fields=(
        Field("name", _("仪器名称"), required=True, group=BASIC, listed=True, searched=True),
        Field("asset_no", _("资产编号"), group=BASIC, length=60, searched=True),
        Field("owner", _("所属单位"), Shape.ENTRY, target="organisation", required=True, group=BASIC, listed=True, searched=True, hint=UNIT_HINT),
        Field("category", _("类别"), Shape.CODE, vocabulary="equipment-categories", group=BASIC, listed=True, filtered=True),
        Field("model", _("规格型号"), group=BASIC, length=120, listed=True, searched=True),
        Field("maker", _("生产厂商"), group=BASIC, length=120),
        Field("original_value", _("原值"), Shape.MONEY, unit="万元", group=BASIC, listed=True),
        Field("bought_on", _("购置日期"), Shape.DATE, past=True, group=BASIC, weight=0),
        Field("accepted_on", _("验收日期"), Shape.DATE, past=True, group=BASIC, weight=0),
        Field("place", _("存放地点"), group=BASIC, length=120),
        Field("region", _("所属地区"), Shape.CODE, vocabulary="regions", group=BASIC, length=12),
        Field("functions", _("主要功能"), Shape.LONG, group=CONTENT, searched=True, weight=3),
        Field("parameters", _("技术指标"), Shape.PARAMETERS, group=CONTENT, searched=True, hint=PARAMETERS_HINT, weight=3),
        Field("sharing", _("共享方式"), Shape.CODE, vocabulary="sharing-ways", group=TERMS, listed=True, filtered=True),
        Field("hours_open", _("年开放机时"), Shape.WHOLE, unit="小时", most=8784, group=TERMS),
        Field("fee", _("收费标准"), group=TERMS, weight=2),
        SOURCE,
    ),
)  # fmt: skip

SERVICE = Kind(
    model=Service,
    plural="services",
    label=_("服务"),
    icon="tools",
    counter=_("项"),
    about=_("这里列出服务机构提供的知识产权、检测、法律、培训和转移服务"),
    fields=(
        Field("title", _("服务名称"), required=True, group=BASIC, listed=True, searched=True),
        Field("owner", _("服务机构"), Shape.ENTRY, target="organisation", required=True, group=BASIC, listed=True, searched=True, hint=UNIT_HINT),
        Field("category", _("服务类别"), Shape.CODE, required=True, vocabulary="service-categories", group=BASIC, length=30, listed=True, filtered=True),
        Field("field", _("技术领域"), Shape.CODE, vocabulary="high-tech-fields", group=BASIC, filtered=True),
        Field("region", _("服务地区"), Shape.CODE, vocabulary="regions", group=BASIC, length=12),
        Field("content", _("服务内容"), Shape.LONG, group=CONTENT, searched=True, weight=3),
        Field("price_from", _("起价"), Shape.MONEY, unit="元", group=TERMS, listed=True),
        Field("fee", _("收费说明"), group=TERMS),
        Field("takes_vouchers", _("接受创新券"), Shape.YES_NO, group=TERMS, listed=True),
        SOURCE,
    ),
)  # fmt: skip

FINANCE_PRODUCT = Kind(
    model=FinanceProduct,
    plural="finance-products",
    ordered=(("amount_least", "amount_most"), ("rate_least", "rate_most"), ("term_least", "term_most")),
    label=_("金融产品"),
    icon="coin",
    counter=_("项"),
    about=_("这里列出银行、担保、基金和保险机构面向科技企业的产品"),
    fields=(
        Field("title", _("产品名称"), required=True, group=BASIC, listed=True, searched=True),
        Field("owner", _("金融机构"), Shape.ENTRY, target="organisation", required=True, group=BASIC, listed=True, searched=True, hint=UNIT_HINT),
        Field("kind", _("产品类别"), Shape.CODE, required=True, vocabulary="finance-kinds", group=BASIC, listed=True, filtered=True),
        Field("region", _("服务地区"), Shape.CODE, vocabulary="regions", group=BASIC, length=12),
        Field("valid_until", _("有效期至"), Shape.DATE, group=BASIC),
        Field("amount_least", _("最低金额"), Shape.MONEY, unit="万元", group=TERMS, weight=0),
        Field("amount_most", _("最高金额"), Shape.MONEY, unit="万元", group=TERMS, listed=True, weight=3),
        Field("rate_least", _("最低年利率"), Shape.NUMBER, unit="%", most=999, places=4, group=TERMS, listed=True),
        Field("rate_most", _("最高年利率"), Shape.NUMBER, unit="%", most=999, places=4, group=TERMS, weight=0),
        Field("term_least", _("最短期限"), Shape.WHOLE, unit="月", most=1200, group=TERMS, weight=0),
        Field("term_most", _("最长期限"), Shape.WHOLE, unit="月", most=1200, group=TERMS, listed=True),
        Field("collateral", _("担保方式"), Shape.CODES, vocabulary="collateral", group=TERMS, listed=True, filtered=True, weight=2),
        Field("conditions", _("办理条件"), Shape.LONG, group=TERMS, searched=True, weight=3),
        SOURCE,
    ),
)  # fmt: skip

SPACE = Kind(
    model=Space,
    plural="spaces",
    ordered=(("area_free", "area_total"),),
    label=_("空间"),
    icon="building-warehouse",
    counter=_("处"),
    about=_("这里列出孵化器、加速器和园区可以入驻的场地"),
    fields=(
        Field("title", _("空间名称"), required=True, group=BASIC, listed=True, searched=True),
        Field("owner", _("运营单位"), Shape.ENTRY, target="organisation", required=True, group=BASIC, listed=True, searched=True, hint=UNIT_HINT),
        Field("kind", _("空间类别"), Shape.CODE, required=True, vocabulary="space-kinds", group=BASIC, listed=True, filtered=True),
        Field("address", _("地址"), group=BASIC, searched=True),
        Field("region", _("所属地区"), Shape.CODE, vocabulary="regions", group=BASIC, length=12),
        Field("area_total", _("总面积"), Shape.NUMBER, unit="平方米", group=TERMS),
        Field("area_free", _("可用面积"), Shape.NUMBER, unit="平方米", group=TERMS, listed=True, weight=3),
        Field("rent", _("月租金（每平方米）"), Shape.MONEY, field_class=MATCHED, unit="元", group=TERMS, weight=2),
        Field("conditions", _("入驻条件"), Shape.LONG, group=TERMS, searched=True, weight=2),
        SOURCE,
    ),
)  # fmt: skip

DOCUMENT = Kind(
    model=Document,
    plural="documents",
    label=_("文件"),
    icon="file-text",
    owner_field="issuer",
    identity=(("number",), ("issuer", "title_key")),
    ordered=(("valid_from", "valid_until"),),
    counter=_("份"),
    about=_("这里列出方案、政策、通知、报告和合同等文件"),
    fields=(
        Field("title", _("文件名称"), required=True, group=BASIC, listed=True, searched=True),
        Field("number", _("发文字号"), group=BASIC, length=80, listed=True, searched=True, weight=2),
        Field("kind", _("文件类别"), Shape.CODE, required=True, vocabulary="document-kinds", group=BASIC, listed=True, filtered=True),
        Field("issuer", _("发文单位"), Shape.ENTRY, target="organisation", group=BASIC, listed=True, searched=True, hint=UNIT_HINT),
        Field("issued_on", _("发文日期"), Shape.DATE, past=True, group=BASIC, listed=True),
        Field("valid_from", _("施行日期"), Shape.DATE, group=BASIC, weight=0),
        Field("valid_until", _("有效期至"), Shape.DATE, group=BASIC, listed=True, weight=0),
        Field("summary", _("摘要"), Shape.LONG, group=CONTENT, searched=True),
        Field("source", SOURCE.label, field_class=OWNER, group=CONTENT, length=120, hint=SOURCE.hint),
    ),
)  # fmt: skip
