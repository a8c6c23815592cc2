"""Addresses of accounts. The sign-in library asks for some names without a namespace; what it offers beyond them is not there."""

from django.urls import include, path

from huanchuang.accounts.views import door, own, people, tokens

accounts = (
    [
        path("", own.overview, name="me"),
        path("demo/<str:username>/", door.demo_sign_in, name="demo"),
        path("people/", people.listing, name="people"),
        path("people/new/", people.create, name="new"),
        path("people/<int:pk>/", people.person, name="person"),
        path("people/<int:pk>/change/", people.change, name="change"),
        path("people/<int:pk>/role/", people.assign_role, name="role"),
        path("people/<int:pk>/switch/", people.switch, name="switch"),
        path("people/<int:pk>/password/", people.new_password, name="password"),
        path("people/<int:pk>/second-factor/", people.reset_factor, name="reset_factor"),
        path("people/<int:pk>/grants/", people.give, name="give"),
        path("grants/<int:pk>/revoke/", people.take_back, name="take_back"),
        path("people/<int:pk>/tokens/", tokens.of_service, name="service_tokens"),
        path("people/<int:pk>/tokens/<int:token>/revoke/", tokens.revoke_of_service, name="service_revoke"),
        path("tokens/", tokens.own, name="tokens"),
        path("tokens/<int:token>/revoke/", tokens.revoke_own, name="token_revoke"),
    ],
    "accounts",
)

urlpatterns = [
    path("", include(accounts)),
    path("login/", door.sign_in, name="account_login"),
    path("logout/", own.sign_out, name="account_logout"),
    path("inactive/", own.inactive, name="account_inactive"),
    path("help/", door.help_page, name="account_signup"),
    path("help/password/", door.help_page, name="account_reset_password"),
    path("password/", own.change_password, name="account_change_password"),
    path("password/confirm/", own.confirm_password, name="account_reauthenticate"),
    path("second-step/", own.second_step, name="mfa_authenticate"),
    path("second-factor/", own.second_factor, name="mfa_index"),
    path("second-factor/confirm/", own.confirm_factor, name="mfa_reauthenticate"),
    path("second-factor/app/", own.add_factor, name="mfa_activate_totp"),
    path("second-factor/app/remove/", own.remove_factor, name="mfa_deactivate_totp"),
    path("second-factor/codes/", own.recovery_codes, name="mfa_view_recovery_codes"),
    path("second-factor/codes/renew/", own.renew_recovery_codes, name="mfa_generate_recovery_codes"),
    path("second-factor/codes/download/", own.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("sessions/", own.end_sessions, name="usersessions_list"),
]
