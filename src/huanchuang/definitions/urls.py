"""Addresses of definitions, under /definitions/."""

from django.urls import path

from huanchuang.definitions.views import drafts, editor, form, steps, versions

app_name = "definitions"
urlpatterns = [
    path("", drafts.drafts, name="drafts"),
    path("new/", drafts.new, name="new"),
    path("new/from/<str:kind>/<str:pack>/", drafts.go_on, name="go-on"),
    path("drafts/<int:pk>/", editor.draft, name="draft"),
    path("drafts/<int:pk>/form/", form.form, name="form"),
    path("drafts/<int:pk>/form/check/", form.check_form, name="check-form"),
    path("drafts/<int:pk>/text/", editor.text, name="text"),
    path("drafts/<int:pk>/check/", editor.check, name="check"),
    path("drafts/<int:pk>/submit/", steps.submit_draft, name="submit"),
    path("drafts/<int:pk>/recall/", steps.recall_draft, name="recall"),
    path("drafts/<int:pk>/return/", steps.return_draft, name="return"),
    path("drafts/<int:pk>/withdraw/", steps.withdraw_draft, name="withdraw"),
    path("drafts/<int:pk>/publish/", steps.publish_draft, name="publish"),
    path("versions/<int:pk>/", versions.version, name="version"),
]
