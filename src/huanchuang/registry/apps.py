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
UNITS = ("officer", "clerk", "reporter")
SCIENCE = (*UNITS, "researcher")
WRITERS = {
    "organisation": UNITS,
    "person": SCIENCE,
    "achievement": SCIENCE,
    "patent": SCIENCE,
    "need": SCIENCE,
    "equipment": SCIENCE,
    "service": UNITS,
    "finance-product": UNITS,
    "space": UNITS,
    "document": ("officer", "reporter"),
}
"""Kind → roles that may write entries of it; an officer all, the others those of their own units."""


def _deeds() -> dict[str, tuple[str, ...]]:
    deeds: dict[str, tuple[str, ...]] = {}
    for kind, writers in WRITERS.items():
        deeds[f"registry.{kind}.view"] = EVERYONE_WITH_A_REGISTER
        deeds[f"registry.{kind}.export"] = EVERYONE_WITH_A_REGISTER
        for verb in ("register", "change", "retire", "confirm"):
            deeds[f"registry.{kind}.{verb}"] = writers
        deeds[f"registry.{kind}.import"] = writers
    for verb in ("register", "retire", "import"):
        deeds[f"registry.organisation.{verb}"] = ("officer",)
    for deed in ("evaluate", "list", "transfer", "withdraw", "undo-transfer", "end", "reopen", "prove"):
        deeds[f"registry.achievement.{deed}"] = SCIENCE
    deeds["registry.achievement.return"] = ("officer",)
    for deed in ("grant", "pay-fee", "reject", "withdraw", "lapse", "transfer", "reopen", "restore"):
        deeds[f"registry.patent.{deed}"] = SCIENCE
    for kind in ("organisation", "person"):
        deeds[f"registry.{kind}.unmask"] = UNITS
    deeds["registry.person.claim"] = ("researcher", "manager")
    for verb in ("change", "confirm"):  # a technology manager's own profile, once claimed
        deeds[f"registry.person.{verb}"] = (*SCIENCE, "manager")
    return deeds


READING = {
    "organisation": _("读取主体"),
    "person": _("读取人员（不含个人信息）"),
    "achievement": _("读取成果"),
    "patent": _("读取知识产权"),
    "need": _("读取需求"),
    "equipment": _("读取仪器设备"),
    "service": _("读取服务"),
    "finance-product": _("读取金融产品"),
    "space": _("读取空间"),
    "document": _("读取文件目录"),
}
"""Kind → what a token that may read it says of itself."""


class RegistryConfig(AppConfig):
    """Which entries a deed reaches is narrowed further in queries.visibility."""

    name = "huanchuang.registry"
    label = "registry"
    verbose_name = _("主体")
    deeds = {
        **_deeds(),
        "registry.import.view": SCIENCE,
        "registry.membership.change": ("officer", "administrator"),
        "registry.relation.change": SCIENCE,
        "registry.qualification.view": EVERYONE_WITH_A_REGISTER,
        "registry.qualification.export": EVERYONE_WITH_A_REGISTER,
        "registry.qualification.change": ("officer",),
        "registry.fee.view": (*SCIENCE, "leader", "auditor", "administrator"),
        "registry.district.export": ("officer", "administrator"),
        "registry.entry.list": EVERYONE_WITH_A_REGISTER,
        "registry.claim.decide": UNITS,
        "registry.entry.confirm": (*SCIENCE, "manager"),
        "registry.duplicate.judge": ("officer",),
    }
    scopes = {f"registry.{kind}.view": words for kind, words in READING.items()}
    navigation = [
        Entry(
            "registry:organisations", _("主体"), icon="building", deed="registry.organisation.view", order=60
        ),
        Entry("registry:imports", _("导入"), icon="upload", deed="registry.import.view", order=69),
        Entry(
            "registry:duplicates",
            _("重复核对"),
            icon="copy",
            deed="registry.duplicate.judge",
            order=61,
            area=("/registry/merges/",),
        ),
    ]

    def ready(self) -> None:
        from huanchuang.registry import effects  # models are loaded only now

        effects.connect()
