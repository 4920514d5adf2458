"""Django settings, from the environment alone (see `bwob/environment.py` for the names)."""

from pathlib import Path
from typing import Any

import pghistory
from django.utils.csp import CSP

from bwob import environment

environment.refuse_unknown_names()

BASE_DIR = Path(__file__).resolve().parent.parent
MODE = environment.choice("BWOB_MODE", environment.MODES, "production")
DEMO = MODE == "demo"
TESTING = MODE == "test"
LIVE = MODE == "production"

SECRET_KEY = environment.text("SECRET_KEY", "only-for-the-tests-" * 4 if TESTING else None)
SECRET_KEY_FALLBACKS = environment.words("BWOB_OLD_SECRET_KEYS", "")
DEBUG = False
ALLOWED_HOSTS = environment.words("BWOB_HOSTS", None if LIVE else "localhost,127.0.0.1,[::1],testserver")
ORIGIN = environment.text("BWOB_ORIGIN", None if LIVE else "http://localhost:8000")

LINES = ["mobility", "alumni", "pitch", "networks", "doetanks"]
"""The programme lines, an app each; the order is that of the header and of loading the demo."""

INSTALLED_APPS = [
    "bwob.apps.BwobConfig",
    "bwob.organisations.apps.OrganisationsConfig",
    "bwob.people.apps.PeopleConfig",
    "bwob.privacy.apps.PrivacyConfig",
    *LINES,
    "bwob.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "django_filters",
    "django_htmx",
]
if not LIVE:
    INSTALLED_APPS.append("django_linear_migrations")

MIDDLEWARE = [
    "bwob.logs.RequestLogMiddleware",
    "bwob.web.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "bwob.web.ErrorPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bwob.people.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bwob.history.HistoryMiddleware",
]

ROOT_URLCONF = "bwob.urls"
WSGI_APPLICATION = "bwob.wsgi.application"
FORM_RENDERER = "bwob.forms.PortalRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bwob.home.chrome",
            ],
        },
    },
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        **environment.database(),
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
    },
}
if not TESTING:  # a test database is made and dropped, which an open pool would prevent
    _POOL = {"min_size": 1, "max_size": 8, "max_lifetime": 300, "timeout": 5}
    DATABASES["default"]["OPTIONS"] |= {"pool": _POOL, "connect_timeout": 2}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    "pieces": {  # of pages, in the memory of each process; the key of a piece says all that it shows
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pieces",
        "OPTIONS": {"MAX_ENTRIES": 4_000},
    },
}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [("build", BASE_DIR / "static" / "build"), ("img", BASE_DIR / "static" / "img")]
_STATIC = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if TESTING
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC},
}
WHITENOISE_USE_FINDERS = TESTING
WHITENOISE_AUTOREFRESH = TESTING
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "given_name", "family_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "bwob.people.passwords.OwnWordsValidator"},
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["django.contrib.auth.hashers.ScryptPasswordHasher"]
)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "bwob.people.signing_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "bwob.people.forms.SignupForm"
ACCOUNT_FORMS = {"signup": "bwob.people.signing_in.SignupForm"}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if ORIGIN.startswith("https") else "http"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("BWOB_PROXIES", 0)
SECOND_FACTOR_FOR_STAFF = LIVE
MFA_ADAPTER = "bwob.people.signing_in.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "bwob.people.signing_in.AddPasskeyForm",
    "edit_webauthn": "bwob.people.signing_in.EditPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "BWOB"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not LIVE
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_ADAPTER = "bwob.people.signing_in.EmployerAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = {}
if OIDC := environment.secure("BWOB_OIDC_ISSUER", ""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "employer",
                "name": environment.text("BWOB_OIDC_NAME"),
                "client_id": environment.text("BWOB_OIDC_CLIENT"),
                "secret": environment.text("BWOB_OIDC_SECRET"),
                "settings": {"server_url": OIDC},
            }
        ],
    }

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # nothing about people in a cookie
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_NAME = "__Host-session" if LIVE else "session"
SESSION_COOKIE_SECURE = LIVE
CSRF_COOKIE_NAME = "__Host-csrf" if LIVE else "csrf"
CSRF_COOKIE_SECURE = LIVE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "bwob.web.csrf_failure"
LANGUAGE_COOKIE_SECURE = LIVE
SECURE_SSL_REDIRECT = LIVE
SECURE_REDIRECT_EXEMPT = [r"^gezond/"]
SECURE_HSTS_SECONDS = 63072000 if LIVE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF, *([OIDC] if OIDC else [])],  # the button that signs in there is a form
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

_SMTP = {
    "host": environment.text("BWOB_SMTP_HOST", None if LIVE else ""),
    "port": environment.number("BWOB_SMTP_PORT", 587),
    "username": environment.text("BWOB_SMTP_USER", ""),
    "password": environment.text("BWOB_SMTP_PASSWORD", ""),
    "use_tls": environment.flag("BWOB_SMTP_TLS", default=True),
    "timeout": 10,
}
MAILERS = {
    "default": {
        "production": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": _SMTP},
        "demo": {"BACKEND": "bwob.demo.mailbox.MailboxBackend"},
        "test": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"},
    }[MODE]
}
DEFAULT_FROM_EMAIL = environment.text("BWOB_MAIL_FROM", None if LIVE else "BWOB <portaal@bwob.example>")
CONTACT = environment.text("BWOB_CONTACT", None if LIVE else "programma@bwob.example")
SECURITY_CONTACT = environment.text("BWOB_SECURITY_CONTACT", None if LIVE else "mailto:security@bwob.example")

PROCRASTINATE_IMPORT_PATHS = [f"{line}.clock" for line in LINES]
PGHISTORY_APPEND_ONLY = True
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_CONTEXT_ID_FIELD = pghistory.ContextUUIDField()
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "bwob.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": environment.text("BWOB_LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "procrastinate": {"level": "WARNING"},
    },
}
