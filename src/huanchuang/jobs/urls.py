from django.urls import path

from huanchuang.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
]
