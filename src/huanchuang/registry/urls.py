"""Addresses of the registry, under /registry/."""

from django.urls import path

from huanchuang.registry.views import members
from huanchuang.registry.views.kinds import addresses

app_name = "registry"
urlpatterns = [
    path("<int:pk>/people/", members.members, name="members"),
    path("<int:pk>/people/<int:membership>/end/", members.end, name="leave"),
    *addresses(),
]
