"""What bodies of the ecosystem offer: services, finance products and spaces."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.fields import MoneyField
from huanchuang.registry.models.entry import Titled, in_force_by
from huanchuang.registry.models.organisations import Organisation


class Service(Titled):
    """A service that a body offers: patent work, testing, law, training, transfer."""

    title = models.CharField(_("服务名称"), max_length=200)
    owner = models.ForeignKey(
        Organisation,
        verbose_name=_("服务机构"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="services",
    )
    category = models.CharField(_("服务类别"), max_length=30, blank=True)
    field = models.CharField(_("技术领域"), max_length=20, blank=True)
    content = models.TextField(_("服务内容"), blank=True)
    price_from = MoneyField(_("起价"), null=True, blank=True)
    fee = models.CharField(_("收费说明"), max_length=200, blank=True)
    takes_vouchers = models.BooleanField(_("接受创新券"), default=False)
    region = models.CharField(_("服务地区"), max_length=12, blank=True)

    class Meta:
        ordering = ["title", "id"]
        indexes = [
            models.Index(fields=["title_key"], name="service_by_key"),
            in_force_by("service_in_force", "title"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "title_key"],
                condition=models.Q(retired_on__isnull=True),
                name="service_once_in_force",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class FinanceProduct(Titled):
    """A loan, guarantee, investment or insurance with its amount, term, collateral and conditions."""

    title = models.CharField(_("产品名称"), max_length=200)
    owner = models.ForeignKey(
        Organisation,
        verbose_name=_("金融机构"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="finance_products",
    )
    kind = models.CharField(_("产品类别"), max_length=20)
    amount_least = MoneyField(_("最低金额"), null=True, blank=True)
    amount_most = MoneyField(_("最高金额"), null=True, blank=True)
    rate_least = models.DecimalField(_("最低年利率"), max_digits=7, decimal_places=4, null=True, blank=True)
    rate_most = models.DecimalField(_("最高年利率"), max_digits=7, decimal_places=4, null=True, blank=True)
    term_least = models.PositiveSmallIntegerField(_("最短期限"), null=True, blank=True)
    term_most = models.PositiveSmallIntegerField(_("最长期限"), null=True, blank=True)
    collateral = models.JSONField(_("担保方式"), default=list, blank=True)
    conditions = models.TextField(_("办理条件"), blank=True)
    region = models.CharField(_("服务地区"), max_length=12, blank=True)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)

    class Meta:
        ordering = ["title", "id"]
        indexes = [
            models.Index(fields=["title_key"], name="finance_product_by_key"),
            in_force_by("finance_product_in_force", "title"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "title_key"],
                condition=models.Q(retired_on__isnull=True),
                name="finance_product_once_in_force",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Space(Titled):
    """Room that a carrier offers: desks, offices, laboratories, pilot sites, workshops."""

    title = models.CharField(_("空间名称"), max_length=200)
    owner = models.ForeignKey(
        Organisation,
        verbose_name=_("运营单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="spaces",
    )
    kind = models.CharField(_("空间类别"), max_length=20)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    region = models.CharField(_("所属地区"), max_length=12, blank=True)
    area_total = models.DecimalField(_("总面积"), max_digits=12, decimal_places=2, null=True, blank=True)
    area_free = models.DecimalField(_("可用面积"), max_digits=12, decimal_places=2, null=True, blank=True)
    rent = MoneyField(_("月租金（每平方米）"), null=True, blank=True)
    conditions = models.TextField(_("入驻条件"), blank=True)

    class Meta:
        ordering = ["title", "id"]
        indexes = [
            models.Index(fields=["title_key"], name="space_by_key"),
            in_force_by("space_in_force", "title"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "title_key"],
                condition=models.Q(retired_on__isnull=True),
                name="space_once_in_force",
            ),
        ]

    def __str__(self) -> str:
        return self.title
