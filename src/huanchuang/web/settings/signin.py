"""Settings of the sign-in: Django's own, allauth's (pages, second factor, sessions) and axes' (slowing down guesses)."""

from __future__ import annotations

from datetime import timedelta

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # refuses first while a name and address are locked
    "huanchuang.accounts.effects.signin.Backend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email", "phone")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "huanchuang.accounts.effects.signin.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "huanchuang.accounts.forms.SignInForm",
    "change_password": "huanchuang.accounts.forms.PasswordForm",
    "reauthenticate": "huanchuang.accounts.forms.ConfirmForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_USER_DISPLAY = "huanchuang.accounts.queries.display_name"
ACCOUNT_RATE_LIMITS = {
    # Passwords are axes' affair (one address may be a whole office); this one counts wrong codes of the second factor.
    "login": None,
    "login_failed": "5/15m/key",
}

MFA_ADAPTER = "huanchuang.accounts.effects.signin.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "huanchuang.accounts.forms.CodeForm",
    "reauthenticate": "huanchuang.accounts.forms.ConfirmByCodeForm",
    "activate_totp": "huanchuang.accounts.forms.AddFactorForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "huanchuang"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "huanchuang.accounts.views.door.locked"
AXES_DISABLE_ACCESS_LOG = True  # our own table of sign-ins holds it, with less about the person
AXES_VERBOSE = False
