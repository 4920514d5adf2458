"""Writing to a network: the portal passes it on, so that no address stands on a page."""

from django.db import transaction
from django.utils.translation import gettext as _

from bwob.workflow import Refused
from networks.models import Message
from networks.tasks import tell_message


@transaction.atomic
def send(message: Message) -> None:
    if message.network.is_ended:
        raise Refused(_("This network has ended. Nobody answers for it any more."))
    message.save()
    tell_message.defer(message_id=message.pk)
