"""What accounts does with the news of the sign-in libraries, and what it checks at start."""


def connect() -> None:
    """Join receivers and checks; called once, when all apps stand."""
    from allauth.account.signals import password_changed
    from allauth.mfa.signals import (
        authentication_failed,
        authenticator_added,
        authenticator_removed,
        authenticator_reset,
    )
    from django.contrib.auth.signals import user_logged_in, user_login_failed
    from django.core.checks import register

    from huanchuang.accounts.effects import checks, signin

    user_logged_in.connect(signin.note_success)
    user_login_failed.connect(signin.note_failure)
    password_changed.connect(signin.note_password)
    authentication_failed.connect(signin.note_wrong_code)
    authenticator_added.connect(signin.note_factor_added)
    authenticator_removed.connect(signin.note_factor_removed)
    authenticator_reset.connect(signin.note_factor_reset)
    register(checks.check_deeds)
