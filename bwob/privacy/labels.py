"""Every model says what it holds about people, field by field; export, erasure and retention run on it (rule R5)."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db import models
from django.utils.functional import Promise

OWN_APPS = ("bwob", "mobility")


class Category(enum.StrEnum):
    """What kind of fact a field holds."""

    IDENTITY = "identity"
    CONTACT = "contact"
    WORK = "work"
    WORDS = "words"
    TRAIL = "trail"
    TECHNICAL = "technical"


class Keep(enum.StrEnum):
    """How long a record is kept; the days are data (`KeepingTerm`), per organisation where it may differ."""

    ACCOUNT = "account"
    APPLICATION = "application"
    OFFER = "offer"
    ACCESS_LOG = "access_log"
    UPLOAD = "upload"


@dataclass(frozen=True)
class Personal:
    """Labels for a model with personal data. `person` is the lookup path to the User ("" on User itself)."""

    person: str
    purpose: str | Promise
    keep: Keep
    identity: frozenset[str] | set[str] = field(default_factory=frozenset)
    contact: frozenset[str] | set[str] = field(default_factory=frozenset)
    work: frozenset[str] | set[str] = field(default_factory=frozenset)
    words: frozenset[str] | set[str] = field(default_factory=frozenset)
    trail: frozenset[str] | set[str] = field(default_factory=frozenset)
    technical: frozenset[str] | set[str] = field(default_factory=frozenset)

    def category(self, name: str) -> Category | None:
        return next((category for category in Category if name in getattr(self, category.value)), None)


@dataclass(frozen=True)
class Impersonal:
    """A model that holds nothing about a person, with the reason in a few words."""

    because: str


def labelled_models() -> Iterator[type[models.Model]]:
    """Our models with personal data, and only the ones that have a table of their own."""
    for model in own_models():
        if isinstance(getattr(model, "privacy", None), Personal):
            yield model


def own_models() -> Iterator[type[models.Model]]:
    """All models of our own apps, except the history models, whose labels are those of what they keep."""
    for model in apps.get_models():
        if is_own(model) and not hasattr(model, "pgh_tracked_model"):
            yield model


def is_own(model: type[models.Model]) -> bool:
    return model.__module__.split(".")[0] in OWN_APPS


@register("privacy")
def unlabelled_fields(**_options: object) -> list[CheckMessage]:
    """Every field of every model has a label, so that nobody adds personal data without saying why."""
    return [problem for model in own_models() for problem in _problems(model)]


def _problems(model: type[models.Model]) -> Iterator[CheckMessage]:
    labels = getattr(model, "privacy", None)
    if labels is None:
        yield Error(f"{model.__name__} does not say what it holds about people", obj=model, id="privacy.E001")
    if isinstance(labels, Personal):
        names = {field.name for field in model._meta.concrete_fields}
        for name in sorted(name for name in names if not labels.category(name)):
            yield Error(f"{name} has no privacy label", obj=model, id="privacy.E002")
