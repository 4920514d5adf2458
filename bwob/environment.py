"""Settings come from the environment alone; what is missing or unknown stops the start with one sentence."""

import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import Error

MODES = ("production", "demo", "test")
KNOWN = {
    "BWOB_MODE": "production (the default), demo or test",
    "BWOB_OLD_SECRET_KEYS": "earlier values of SECRET_KEY, separated by commas, after a change of key",
    "BWOB_HOSTS": "host names the portal answers to, separated by commas",
    "BWOB_ORIGIN": "address of the portal in mails, as https://bwob.example",
    "BWOB_PROXIES": "number of trusted proxies in front (0, 1, …)",
    "BWOB_MAIL_FROM": "sender of all mail",
    "BWOB_SMTP_HOST": "mail server",
    "BWOB_SMTP_PORT": "its port",
    "BWOB_SMTP_USER": "its user name",
    "BWOB_SMTP_PASSWORD": "its password",
    "BWOB_SMTP_TLS": "yes or no",
    "BWOB_OIDC_ISSUER": "address of an OpenID Connect provider, for sign-in with it",
    "BWOB_OIDC_NAME": "its name on the sign-in button",
    "BWOB_OIDC_CLIENT": "client id there",
    "BWOB_OIDC_SECRET": "client secret there",
    "BWOB_CONTACT": "mail address of the programme office, for questions about the portal",
    "BWOB_SECURITY_CONTACT": "where security reports go (mailto: or https:)",
    "BWOB_LOG_LEVEL": "DEBUG, INFO (the default), WARNING or ERROR",
}


def refuse_unknown_names() -> None:
    """A misspelt name would silently leave its default in place, so it stops the start."""
    unknown = sorted(name for name in os.environ if name.startswith("BWOB_") and name not in KNOWN)
    if unknown:
        raise ImproperlyConfigured(f"Unknown setting {unknown[0]}. Known are: {', '.join(KNOWN)}.")


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        meaning = f" ({KNOWN[name]})" if name in KNOWN else ""
        raise ImproperlyConfigured(f"The environment must set {name}{meaning}.")
    return value


def secure(name: str, default: str) -> str:
    """An address that is asked over TLS only: what it answers is trusted."""
    value = text(name, default)
    if value and not value.startswith("https://"):
        raise ImproperlyConfigured(f"{name} is {value!r}; it must begin with https://.")
    return value


def choice(name: str, allowed: tuple[str, ...], default: str) -> str:
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be one of: {', '.join(allowed)}.")
    return value


def flag(name: str, *, default: bool) -> bool:
    return choice(name, ("yes", "no"), "yes" if default else "no") == "yes"


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number.")
    return int(value)


def words(name: str, default: str | None = None) -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database() -> dict[str, Any]:
    """The Django DATABASES entry for DATABASE_URL: a PostgreSQL address, several hosts allowed (libpq
    syntax).
    """
    url = text("DATABASE_URL")
    try:
        parts = dict(conninfo_to_dict(url))
    except Error as error:
        raise ImproperlyConfigured(f"DATABASE_URL is not a PostgreSQL address: {error}") from error
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{theirs: str(parts.pop(ours, "") or "") for ours, theirs in names.items()},
        "OPTIONS": parts,
    }
