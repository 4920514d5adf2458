"""Noting who looked at whose record, so that the person can see it (rule R4)."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone

from bwob.privacy.models import AccessLog


def record(viewer: Any, records: Iterable[models.Model], *, purpose: str) -> None:
    """Log that `viewer` saw these records about others: once a day per person and kind of record, in one statement."""
    employer = str(viewer.employer or "")
    AccessLog.objects.bulk_create(
        (
            AccessLog(
                subject_id=subject,
                viewer=viewer,
                viewer_name=viewer.full_name,
                employer=employer,
                what=what,
                purpose=purpose,
                seen_at=timezone.now(),
            )
            for subject, what in {(person_of(one), str(one._meta.verbose_name)) for one in records}
            if subject not in (None, viewer.pk)
        ),
        ignore_conflicts=True,
    )


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
