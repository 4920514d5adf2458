"""The workroom: the plan, the log, meetings and files of a team; closed for changes when it has ended."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bwob.people.models import User
from bwob.workflow import Refused
from doetanks import uploads
from doetanks.models import Action, Challenge, File


def must_be_open(challenge: Challenge) -> None:
    if challenge.is_ended:
        raise Refused(_("This Doetank has ended. Its workroom can be read, not changed."), challenge)


@transaction.atomic
def add(record: Any, *, by: User) -> None:
    """Store an action, a note or a meeting; a note is written by whoever adds it."""
    challenge = Challenge.objects.locked().get(pk=record.challenge_id)
    must_be_open(challenge)
    if hasattr(record, "author_id"):
        record.author = by
    record.save()


def finish(action: Action) -> None:
    """Done, or not done after all."""
    must_be_open(action.challenge)
    action.done_at = None if action.done_at else timezone.now()
    action.save(update_fields=["done_at"])


@transaction.atomic
def keep(file: File, *, by: User) -> None:
    """Store a file whose content was checked; at most forty of a team."""
    challenge = Challenge.objects.locked().get(pk=file.challenge_id)
    must_be_open(challenge)
    if challenge.files.count() >= uploads.MAX_FILES:
        raise Refused(
            _("A workroom holds at most %d files. Remove one first.") % uploads.MAX_FILES, challenge
        )
    file.uploaded_by = by
    file.save()


def remove(file: File) -> None:
    must_be_open(file.challenge)
    file.delete()
