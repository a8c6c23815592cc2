"""Addresses of the registry, under /registry/."""

from django.urls import path

from huanchuang.registry.views import (
    claims,
    duplicates,
    export_all,
    fees,
    import_columns,
    imports,
    members,
    merges,
    qualifications,
    relations,
    stale,
    suggest,
)
from huanchuang.registry.views.kinds import addresses

app_name = "registry"
urlpatterns = [
    path("<int:pk>/people/", members.members, name="members"),
    path("<int:pk>/people/<int:membership>/end/", members.end, name="leave"),
    path("imports/", imports.listing, name="imports"),
    path("imports/new/<slug:importer>/", imports.new, name="import-new"),
    path("imports/template/<slug:importer>.xlsx", imports.template, name="import-template"),
    path("imports/<int:pk>/", imports.show, name="import"),
    path("imports/<int:pk>/columns/", import_columns.columns, name="import-columns"),
    path("imports/<int:pk>/sheet/", import_columns.sheet, name="import-sheet"),
    path("imports/<int:pk>/words/", import_columns.words, name="import-words"),
    path("imports/<int:pk>/take/", imports.take, name="import-take"),
    path("imports/<int:pk>/drop/", imports.drop, name="import-drop"),
    path("imports/<int:pk>/undo/", imports.undo, name="import-undo"),
    path("imports/<int:pk>/problems.xlsx", imports.bad, name="import-bad"),
    path("qualifications/", qualifications.entries, name="qualifications"),
    path("qualifications/export.<str:form>", qualifications.export, name="qualification-export"),
    path("<int:pk>/qualifications/new/", qualifications.add, name="qualification-new"),
    path("qualifications/<int:qualification>/change/", qualifications.change, name="qualification-change"),
    path("qualifications/<int:qualification>/revoke/", qualifications.revoke, name="qualification-revoke"),
    path("fees/", fees.entries, name="fees"),
    path("fees/export.<str:form>", fees.export, name="fees-export"),
    path("stale/", stale.entries, name="stale"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/search/", duplicates.search, name="duplicates-search"),
    path("duplicates/compare/", duplicates.compare, name="duplicates-compare"),
    path("duplicates/similar/", duplicates.similar, name="duplicates-similar"),
    path("duplicates/<int:pk>/", duplicates.duplicate, name="duplicate"),
    path("duplicates/<int:pk>/merge/", merges.merge, name="duplicate-merge"),
    path("merges/<int:pk>/", merges.merge_shown, name="merge"),
    path("merges/<int:pk>/undo/", merges.undo, name="merge-undo"),
    path("everything/", export_all.export_all, name="export-all"),
    path("suggest/", suggest.suggest, name="suggest"),
    path("relations/<int:relation>/end/", relations.end, name="relation-end"),
    path("claims/", claims.entries, name="claims"),
    path("claims/<int:claim>/decide/", claims.decide, name="claim-decide"),
    path("claims/<int:claim>/withdraw/", claims.withdraw, name="claim-withdraw"),
    *addresses(),
]
