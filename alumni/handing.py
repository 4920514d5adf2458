"""The way into exchanges that former colleagues have."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from alumni.models import AlumniNetwork
from bwob import onward
from mobility.models import Exchange


@onward.welcomes
def former_colleagues(record: models.Model) -> onward.Way | None:
    """Into what welcomes them, at an employer with an open network. At most one query."""
    if not isinstance(record, Exchange) or not record.alumni_welcome:
        return None
    can_apply = record.is_open or record.has_waiting_list
    if not can_apply or not AlumniNetwork.objects.open().filter(organisation=record.organisation_id).exists():
        return None
    text = _("Did you work at %s before? Then you need no work address.") % record.organisation
    return onward.Way(text, _("Apply as a former colleague"), reverse("alumni:come_back", args=[record.slug]))
