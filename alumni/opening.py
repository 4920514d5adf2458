"""Opening an employer's network: its sentences first, then the public page."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from alumni.models import AlumniNetwork, Purpose, Wording
from alumni.models.networks import FIRST_WORDING
from bwob import history
from bwob.people.models import User
from bwob.workflow import Refused


@transaction.atomic
def start(network: AlumniNetwork) -> None:
    """Store a new network with a first sentence for each purpose, in Dutch."""
    network.save()
    with translation.override("nl"):
        Wording.objects.bulk_create(
            Wording(network=network, purpose=purpose, text=str(FIRST_WORDING[purpose])) for purpose in Purpose
        )


@transaction.atomic
def reword(network: AlumniNetwork, purpose: str, text: str) -> Wording:
    """Add the next version. What people agreed to stays the version that they saw."""
    AlumniNetwork.objects.select_for_update(of=("self",)).get(pk=network.pk)
    last = network.wordings.filter(purpose=purpose).aggregate(last=Max("version"))["last"] or 0
    return Wording.objects.create(network=network, purpose=purpose, version=last + 1, text=text)


def set_open(network: AlumniNetwork, is_open: bool, *, by: User) -> None:
    """Show or hide the public page. Who is in the network stays in it either way."""
    changed = AlumniNetwork.objects.filter(pk=network.pk, opened_at__isnull=is_open)
    with history.because(by=by):
        if not changed.update(opened_at=timezone.now() if is_open else None):
            raise Refused(_("This has changed in the meantime, so that is no longer possible."))
