"""Every table says what it holds about people, field by field; export, erasure and retention need it (R5).

Our own models carry their labels as `privacy`; the models of packages, which we cannot write in, are labelled
in `PACKAGES`; tables that no model knows stand in `TABLES`. A history table has the labels of what it keeps.
"""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OWN_APPS = ("bwob", *settings.LINES)


class Category(enum.StrEnum):
    """What kind of fact a field holds. A secret proves who somebody is, so it never leaves the database."""

    IDENTITY = "identity"
    CONTACT = "contact"
    WORK = "work"
    WORDS = "words"
    TRAIL = "trail"
    TECHNICAL = "technical"
    SECRET = "secret"  # noqa: S105 - the name of a category


class Keep(models.TextChoices):
    """How long a record is kept; the days are data (`KeepingTerm`), per organisation where it may differ."""

    ACCOUNT = "account", _("as long as the account exists")
    UNVERIFIED = "unverified", _("accounts of which the e-mail address was never confirmed")
    APPLICATION = "application", _("applications, after the procedure")
    OFFER = "offer", _("exchanges on offer")
    ALUMNUS = "alumnus", _("alumni, since they last confirmed that they want to stay in touch")
    ACCESS_LOG = "access_log", _("who saw whose data")
    HISTORY = "history", _("history of records that were removed, and the log of the administration")
    TEAMWORK = "teamwork", _("taking part in a team, after it ended")
    BRIEF = "brief", _("what is needed for a few days only")


Names = frozenset[str] | set[str]


@dataclass(frozen=True)
class Personal:
    """Labels for a table with personal data.

    `person` is the lookup path to the User: "" on User itself, None where no path leads to an account.
    `beside` names texts that repeat whom a key points at, as a name beside an id: they go with the person.
    """

    person: str | None
    purpose: str | Promise
    keep: Keep
    identity: Names = field(default_factory=frozenset)
    contact: Names = field(default_factory=frozenset)
    work: Names = field(default_factory=frozenset)
    words: Names = field(default_factory=frozenset)
    trail: Names = field(default_factory=frozenset)
    technical: Names = field(default_factory=frozenset)
    secret: Names = field(default_factory=frozenset)
    beside: Mapping[str, str] = field(default_factory=dict)

    def category(self, name: str) -> Category | None:
        return next((category for category in Category if name in getattr(self, category.value)), None)

    def names(self) -> list[str]:
        return [name for category in Category for name in getattr(self, category.value)]


@dataclass(frozen=True)
class Impersonal:
    """A table that holds nothing about a person, with the reason in a few words."""

    because: str


Labels = Personal | Impersonal

_SIGNING_IN = _("Signing in safely")
PACKAGES: dict[str, Labels] = {
    "account.EmailAddress": Personal(
        person="user",
        purpose=_SIGNING_IN,
        keep=Keep.ACCOUNT,
        contact={"email"},
        trail={"verified", "primary"},
        technical={"id", "user"},
    ),
    "account.EmailConfirmation": Personal(
        person="email_address__user",
        purpose=_SIGNING_IN,
        keep=Keep.ACCOUNT,
        trail={"created", "sent"},
        technical={"id", "email_address"},
        secret={"key"},
    ),
    "mfa.Authenticator": Personal(
        person="user",
        purpose=_SIGNING_IN,
        keep=Keep.ACCOUNT,
        trail={"type", "created_at", "last_used_at"},
        technical={"id", "user"},
        secret={"data"},
    ),
    "socialaccount.SocialAccount": Personal(
        person="user",
        purpose=_("Signing in with the account of your employer"),
        keep=Keep.ACCOUNT,
        identity={"provider", "uid", "extra_data"},
        trail={"last_login", "date_joined"},
        technical={"id", "user"},
    ),
    "socialaccount.SocialToken": Personal(
        person="account__user",
        purpose=_("Signing in with the account of your employer"),
        keep=Keep.ACCOUNT,
        trail={"expires_at"},
        technical={"id", "account", "app"},
        secret={"token", "token_secret"},
    ),
    "sessions.Session": Personal(
        person=None,  # the account stands inside the signed text; `erasing` looks there
        purpose=_("Staying signed in for a working day"),
        keep=Keep.BRIEF,
        trail={"expire_date"},
        secret={"session_key", "session_data"},
    ),
    "admin.LogEntry": Personal(
        person="user",
        purpose=_("Seeing what staff changed in the administration"),
        keep=Keep.HISTORY,
        trail={"action_time", "content_type", "object_id", "object_repr", "action_flag", "change_message"},
        technical={"id", "user"},
    ),
    "auth.Group": Impersonal("not in use: what somebody may do follows from Membership"),
    "auth.Group_permissions": Impersonal("not in use"),
    "auth.Permission": Impersonal("names of rights"),
    "contenttypes.ContentType": Impersonal("names of models"),
    "socialaccount.SocialApp": Impersonal("providers to sign in with; ours come from the settings"),
    "pghistory.Context": Impersonal("not in use: the context stands in each row of history"),
    "procrastinate.ProcrastinateJob": Impersonal("numbers of records only; a test holds every task to that"),
    "procrastinate.ProcrastinateEvent": Impersonal("moments at which a task ran"),
    "procrastinate.ProcrastinatePeriodicDefer": Impersonal("moments at which a periodic task was due"),
    "procrastinate.ProcrastinateWorker": Impersonal("processes, not people"),
}
TABLES: dict[str, Impersonal] = {
    "cache": Impersonal("counts of tries; the keys hold hashed addresses and lapse within a day"),
    "django_migrations": Impersonal("names of migrations"),
}


def labels_of(model: type[models.Model]) -> Labels | None:
    """The labels of a model of ours, of a package, or of what this keeps the history of; None without any."""
    kept = getattr(model, "pgh_tracked_model", None)
    if kept:
        return labels_of(kept)
    found = getattr(model, "privacy", None) or PACKAGES.get(model._meta.label)
    return found or _labels_of_link(model)


def _labels_of_link(model: type[models.Model]) -> Labels | None:
    """The table behind a many-to-many field is about the same person as the record that has the field."""
    owner: Any = model._meta.auto_created
    labels = labels_of(owner) if owner else None
    if not isinstance(labels, Personal) or labels.person is None:
        return labels
    path = "__".join(step for step in (owner._meta.model_name, labels.person) if step)
    names = {one.name for one in model._meta.concrete_fields}
    return Personal(person=path, purpose=labels.purpose, keep=labels.keep, technical=names)


def all_models() -> Iterator[type[models.Model]]:
    """Every model with a table of its own, also those behind many-to-many fields, but no history."""
    for model in apps.get_models(include_auto_created=True):
        if not hasattr(model, "pgh_tracked_model") and not model._meta.proxy and has_table(model):
            yield model


def has_table(model: type[models.Model]) -> bool:
    """False for the views over history that pghistory makes up in memory."""
    return model._meta.managed or model._meta.label in PACKAGES


def personal_models() -> Iterator[tuple[type[models.Model], Personal]]:
    """The models whose rows are about a person, ours and the packages', with their labels."""
    for model in all_models():
        labels = labels_of(model)
        if isinstance(labels, Personal) and labels.person is not None:
            yield model, labels


def history_models() -> Iterator[type[models.Model]]:
    return (
        model for model in apps.get_models() if hasattr(model, "pgh_tracked_model") and model._meta.managed
    )


def mentions(model: type[models.Model]) -> list[models.ForeignKey]:
    """Foreign keys with which a record names somebody whom it is not about, as the contact of an exchange."""
    labels = labels_of(model)
    person = labels.person if isinstance(labels, Personal) else None
    return [key for key in _keys_to_people(model) if key.name not in (person, "pgh_obj")]


def _keys_to_people(model: type[models.Model]) -> list[models.ForeignKey]:
    return [
        key
        for key in model._meta.concrete_fields
        if isinstance(key, models.ForeignKey) and key.related_model._meta.label == settings.AUTH_USER_MODEL
    ]


def is_own(model: type[models.Model]) -> bool:
    return model.__module__.split(".")[0] in OWN_APPS


@register("privacy")
def unlabelled_fields(**_options: object) -> list[CheckMessage]:
    """Every field of every table has a label, so that nobody adds personal data without saying why."""
    return [problem for model in all_models() for problem in problems_of(model)]


def problems_of(model: type[models.Model]) -> Iterator[CheckMessage]:
    labels = labels_of(model)
    if labels is None:
        yield Error(f"{model.__name__} does not say what it holds about people", obj=model, id="privacy.E001")
    for key in mentions(model):
        if not key.null:
            yield Error(f"{key.name} could not forget a person: allow null", obj=model, id="privacy.E006")
    if isinstance(labels, Personal):
        yield from _wrong_labels(model, labels)


def _wrong_labels(model: type[models.Model], labels: Personal) -> Iterator[CheckMessage]:
    fields = {one.name for one in (*model._meta.concrete_fields, *model._meta.local_many_to_many)}
    named = labels.names()
    for name in sorted(fields.difference(named)):
        yield Error(f"{name} has no privacy label", obj=model, id="privacy.E002")
    for name in sorted(set(named).difference(fields)):
        yield Error(f"{name} has a privacy label but is no field", obj=model, id="privacy.E003")
    for name in sorted({name for name in named if named.count(name) > 1}):
        yield Error(f"{name} has more than one privacy label", obj=model, id="privacy.E004")
    if not leads_to_person(model, labels.person):
        yield Error(f"the path {labels.person!r} leads to no person", obj=model, id="privacy.E005")


def leads_to_person(model: type[models.Model], path: str | None) -> bool:
    """Does the path end at the User? None says that there is no path, which is an answer too."""
    for step in (path or "").split("__") if path else ():
        try:
            model = model._meta.get_field(step).related_model  # type: ignore[assignment]
        except FieldDoesNotExist:
            return False
        if model is None:
            return False
    return path is None or model._meta.label == settings.AUTH_USER_MODEL
