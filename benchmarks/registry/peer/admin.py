"""The lists and forms."""

from __future__ import annotations

from django.contrib import admin

from benchmarks.registry.peer.models import BELONGINGS, Figure, Organisation


class FigureInline(admin.TabularInline):
    """The figures on the page of their organisation."""

    model = Figure
    extra = 0


INLINES = [
    type(f"{model.__name__}Inline", (admin.TabularInline,), {"model": model, "extra": 0})
    for model in BELONGINGS.values()
]
"""What belongs to an organisation, on its page."""


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    """The register."""

    list_display = ("name", "kind", "uscc", "region", "industry", "founded_on")
    list_filter = ("kind", "region", "industry", "stage")
    search_fields = ("name", "short_name", "uscc")
    list_per_page = 50
    inlines = (FigureInline, *INLINES)
