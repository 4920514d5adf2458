"""Noting that somebody of HR saw an alumnus, also one without an account (rule R4)."""

from collections.abc import Iterable

from alumni.models import Alumnus, Look
from bwob.people.models import User


def note(viewer: User, alumni: Iterable[Alumnus]) -> None:
    """Once a day for each viewer and alumnus, in one statement; not one's own record."""
    Look.objects.bulk_create(
        [
            Look(alumnus=alumnus, viewer=viewer, viewer_name=viewer.full_name)
            for alumnus in alumni
            if alumnus.user_id != viewer.pk
        ],
        ignore_conflicts=True,
    )
