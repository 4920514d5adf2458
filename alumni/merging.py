"""Two records of one person in one network become one; both ledgers go on in it."""

from django.db import transaction
from django.utils.translation import gettext as _

from alumni.models import Alumnus, Consent
from alumni.tasks import announce
from bwob import history
from bwob.people.models import User
from bwob.privacy import forgetting
from bwob.workflow import Refused

FILLED = ("user", "department", "region", "left_on", "name_prefix", "family_name")
LISTED = ("expertise", "tags")
COPIED = ("purpose", "wording", "is_given", "how", "evidence", "at", "nonce", "proof")


@transaction.atomic
def merge(kept: Alumnus, other: Alumnus, *, email: str, by: User) -> Alumnus:
    """Keep the record of who said yes, with the address that HR chose; the alumnus is told.

    Lines of the ledger are copied with their own moment and proof, so the last word on each purpose counts.
    """
    first, second = _locked(kept, other)
    if first.network_id != second.network_id or email not in (first.email, second.email):
        raise Refused(_("These two records cannot be put together."), kept)
    if second.is_member and not first.is_member:
        first, second = second, first
    lines = [{name: getattr(line, name) for name in COPIED} for line in second.consents.all()]
    notes = [(note.writer, note.text, note.made_at) for note in second.notes.all()]
    forgetting.forget(Alumnus.objects.filter(pk=second.pk))
    _fill(first, second, email)
    with history.because(by=by, reason=_("Two records were put together.")):
        first.save()
    for line in sorted(lines, key=lambda line: line["at"]):
        Consent.objects.create(alumnus=first, **line)
    for writer, text, made_at in notes:
        first.notes.create(writer=writer, text=text, made_at=made_at)
    if first.is_member:
        announce("merged", first)
    return first


def _locked(kept: Alumnus, other: Alumnus) -> tuple[Alumnus, Alumnus]:
    present = Alumnus.objects.exclude(state=Alumnus.State.LEFT).select_for_update(of=("self",))
    found = {one.pk: one for one in present.filter(pk__in=(kept.pk, other.pk)).order_by("pk")}
    if len(found) != 2:
        raise Refused(_("This has changed in the meantime, so that is no longer possible."), kept)
    return found[kept.pk], found[other.pk]


def _fill(first: Alumnus, second: Alumnus, email: str) -> None:
    """What the one does not know, the other may."""
    first.email = email
    for name in FILLED:
        setattr(first, name, getattr(first, name) or getattr(second, name))
    for name in LISTED:
        setattr(first, name, list(dict.fromkeys(getattr(first, name) + getattr(second, name)))[:10])
