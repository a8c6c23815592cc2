from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from huanchuang.orm.navigation import Entry

EVERYONE_WITH_A_REGISTER = (
    "officer",
    "reporter",
    "clerk",
    "researcher",
    "manager",
    "reviewer",
    "leader",
    "auditor",
    "administrator",
)


class RegistryConfig(AppConfig):
    """Which organisations a deed reaches is narrowed further in queries.visible_organisations."""

    name = "huanchuang.registry"
    label = "registry"
    verbose_name = _("主体")
    deeds = {
        "registry.organisation.view": EVERYONE_WITH_A_REGISTER,
        "registry.organisation.export": EVERYONE_WITH_A_REGISTER,
        "registry.organisation.register": ("officer",),
        "registry.organisation.change": ("officer", "clerk", "reporter"),
        "registry.organisation.retire": ("officer",),
        "registry.organisation.unmask": ("officer", "clerk", "reporter"),
        "registry.membership.change": ("officer", "administrator"),
    }
    navigation = [
        Entry(
            "registry:organisations", _("主体"), icon="building", deed="registry.organisation.view", order=60
        ),
    ]
