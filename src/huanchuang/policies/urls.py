"""Addresses of policies, under /policies/."""

from django.urls import path

from huanchuang.policies.views import decision, forecasts, library, money, outlook, push, runs

app_name = "policies"
urlpatterns = [
    path("", library.library, name="library"),
    path("runs/", runs.runs, name="runs"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("runs/<int:pk>/blind-spots/", runs.blind_spots, name="blind-spots"),
    path("runs/<int:pk>/of/<str:policy>/", runs.of_policy, name="run-policy"),
    path("runs/<int:pk>/of/<str:policy>/export.<str:form>", runs.export, name="run-export"),
    path("runs/<int:pk>/of/<str:policy>/push/", push.new, name="push-new"),
    path("pushes/<int:pk>/", push.push, name="push"),
    path("forecasts/", forecasts.forecasts, name="forecasts"),
    path("forecasts/<int:pk>/", forecasts.forecast, name="forecast"),
    path("forecasts/<int:pk>/moved/", forecasts.moved, name="forecast-moved"),
    path("forecasts/<int:pk>/export.<str:form>", forecasts.export, name="forecast-export"),
    path("for/<int:pk>/", outlook.outlook, name="outlook"),
    path("for/<int:pk>/<str:policy>/", decision.decision, name="decision"),
    path("for/<int:pk>/<str:policy>/suppose/", decision.suppose, name="suppose"),
    path("for/<int:pk>/<str:policy>/reserve/", money.reserve_amount, name="reserve"),
    path("for/<int:pk>/<str:policy>/keep/", decision.keep_decision, name="keep"),
    path("for/<int:pk>/<str:policy>/answer/<str:requirement>/", decision.answer_requirement, name="answer"),
    path("kept/<int:pk>/", decision.kept, name="kept"),
    path("<str:policy>/", library.policy, name="policy"),
    path("<str:policy>/forecast/", forecasts.begin, name="forecast-new"),
]
