"""Addresses of the registry, under /registry/."""

from django.urls import path

from huanchuang.registry.views import edit, listing, members, record

app_name = "registry"
urlpatterns = [
    path("", listing.organisations, name="organisations"),
    path("export.<str:form>", listing.export, name="export"),
    path("new/", edit.register, name="register"),
    path("<int:pk>/", record.record, name="organisation"),
    path("<int:pk>/change/", edit.change, name="change"),
    path("<int:pk>/retire/", edit.retire, name="retire"),
    path("<int:pk>/people/", members.members, name="members"),
    path("<int:pk>/people/<int:membership>/end/", members.end, name="leave"),
    path("<int:pk>/contact/", record.unmask, name="unmask"),
]
