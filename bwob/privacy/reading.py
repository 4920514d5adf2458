"""Noting who looked at whose record, so that the person can see it (rule R4)."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone, translation
from django.utils.functional import Promise

from bwob.privacy.labels import Personal, labels_of
from bwob.privacy.models import AccessLog


def record(viewer: Any, records: Iterable[models.Model], *, purpose: str | Promise) -> None:
    """Log that `viewer` saw these records about others: in one statement, once a day per person and kind.

    Give `purpose` as a lazy text: its English msgid is stored, and each reader sees it in the own language.
    """
    seen = {(who, what) for who, what in _seen(records) if who != viewer.pk}
    if seen:
        facts = {"viewer": viewer, "viewer_name": viewer.full_name, "employer": employer_of(viewer)}
        _keep(seen, purpose, **facts)


def record_by_link(
    sent_to: str, records: Iterable[models.Model], *, employer: object, purpose: str | Promise
) -> None:
    """Log that the page behind a mailed link was opened: without an account, so by whom nobody can know.

    The line says to whom the link was sent (a mail scanner may have opened it, or a colleague).
    """
    facts = {"viewer_name": sent_to, "employer": str(employer or ""), "by_link": True}
    _keep(_seen(records), purpose, **facts)


def _seen(records: Iterable[models.Model]) -> set[tuple[int, str]]:
    """About whom these records are, and of which kind each is."""
    seen = {(person_of(one), one._meta.label_lower) for one in records}
    return {(who, what) for who, what in seen if who is not None}


def _keep(seen: Iterable[tuple[int, str]], purpose: str | Promise, **facts: Any) -> None:
    with translation.override("en"):
        aim = str(purpose)
    lines = [
        AccessLog(subject_id=who, what=what, purpose=aim, seen_at=timezone.now(), **facts)
        for who, what in sorted(seen)
    ]
    AccessLog.objects.bulk_create(lines, ignore_conflicts=True)


def employer_of(viewer: Any) -> str:
    """For whom somebody looks: the employer that the work address proves, or else where the role is held."""
    role = viewer.roles[0].organisation if viewer.roles else ""
    return str(viewer.employer or role)


def is_personal(model: type[models.Model]) -> bool:
    """Does looking at such a record have to be noted?"""
    labels = labels_of(model)
    return isinstance(labels, Personal) and labels.person is not None


def person_of(record: models.Model) -> int | None:
    """The id of the User this record is about, along the path its labels give."""
    path = record.privacy.person  # type: ignore[attr-defined]
    if not path:
        return record.pk
    value: Any = record
    *steps, last = path.split("__")
    for step in steps:
        value = getattr(value, step)
    return getattr(value, f"{last}_id")
