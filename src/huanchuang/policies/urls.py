"""Addresses of policies, under /policies/."""

from django.urls import path

from huanchuang.policies.views import awards, decision, forecasts, library, money, outlook, push, rolls, runs

app_name = "policies"
urlpatterns = [
    path("", library.library, name="library"),
    path("runs/", runs.runs, name="runs"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("runs/<int:pk>/blind-spots/", runs.blind_spots, name="blind-spots"),
    path("runs/<int:pk>/of/<str:policy>/", runs.of_policy, name="run-policy"),
    path("runs/<int:pk>/of/<str:policy>/export.<str:form>", runs.export, name="run-export"),
    path("runs/<int:pk>/of/<str:policy>/push/", push.new, name="push-new"),
    path("runs/<int:pk>/of/<str:policy>/give/", rolls.propose, name="roll-propose"),
    path("rolls/", rolls.rolls, name="rolls"),
    path("rolls/<int:pk>/", rolls.roll, name="roll"),
    path("rolls/<int:pk>/check/", rolls.check, name="roll-check"),
    path("awards/<int:pk>/", awards.award, name="award"),
    path("awards/<int:pk>/consent/", awards.give_consent, name="award-consent"),
    path("awards/<int:pk>/decline/", awards.leave, name="award-decline"),
    path("awards/<int:pk>/withdraw/", awards.take_back, name="award-withdraw"),
    path("awards/<int:pk>/account/", awards.check_account, name="award-account"),
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
