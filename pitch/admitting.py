"""Saying which plans take part: by the secretary, with a reason, and three days to mend what is wrong."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bwob.workflow import Refused
from pitch import blinding
from pitch.models import BlindVersion, Edition, Entry
from pitch.models.entries import TEXTS
from pitch.tasks import announce

State = Entry.State


def require_admission(entry: Entry) -> Edition:
    """Rulings fall between the first plan and the start of the jury; the edition is held meanwhile."""
    edition = Edition.objects.locked().get(pk=entry.edition_id)
    if edition.state not in (Edition.State.OPEN, Edition.State.ADMISSION):
        raise Refused(_("Admission is done for this edition."), entry)
    return edition


@transaction.atomic
def admit(entry: Entry, *, by: Any) -> None:
    """Where the jury reads without names, a version without them has to be there, and be free of them."""
    edition = require_admission(entry)
    if edition.rules.is_blind:
        version = BlindVersion.objects.filter(entry=entry).first()
        if version is None:
            raise Refused(_("First make the version without names."), entry)
        if names := blinding.found(version, blinding.names_of(entry)):
            raise Refused(_("These names still stand in it: %s.") % ", ".join(names), entry)
    entry.move_to(State.ADMITTED, by=by)
    announce("admitted", entry)


@transaction.atomic
def send_back(entry: Entry, *, by: Any, reason: str) -> None:
    """The team has three days to mend it, also after the close."""
    require_admission(entry)
    entry.move_to(State.MENDING, by=by, reason=reason)
    announce("sent_back", entry)


@transaction.atomic
def reject(entry: Entry, *, by: Any, reason: str) -> None:
    """Only after the team had its chance to mend it."""
    require_admission(entry)
    if entry.is_being_mended:
        raise Refused(_("The team still has time to mend it."), entry)
    entry.move_to(State.REJECTED, by=by, reason=reason)
    announce("rejected", entry)


@transaction.atomic
def write_blind(entry: Entry, *, texts: dict[str, str]) -> BlindVersion:
    """The version without names. It changes until the jury starts; then all read one and the same text."""
    edition = Edition.objects.locked().get(pk=entry.edition_id)
    if edition.state not in (Edition.State.OPEN, Edition.State.ADMISSION, Edition.State.REHEARSAL):
        raise Refused(_("The jury has started: the text stays as it is."), entry)
    facts = {name: texts[name] for name in TEXTS} | {"made_at": timezone.now()}
    return BlindVersion.objects.update_or_create(entry=entry, defaults=facts)[0]
