from typing import Any

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bwob.acting import act
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from networks import writing
from networks.forms import MessageForm
from networks.models import Message, Network
from networks.views.proposals import require_proposer

OFTEN: dict[str, Any] = {
    "app": "networks",
    "action": "write_to",
    "config": {"write_to": "10/h/user"},
}


@once
@require_http_methods(["GET", "POST"])
def write_to(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who has shown where he or she works can write: that keeps out spam, without a third party."""
    network = get_object_or_404(Network.objects.visible_to(request.user).with_names(), slug=slug)
    require_proposer(request)
    form = fill(MessageForm, request, instance=Message(network=network, sender=request.user))
    if form.is_valid():
        if refused := ratelimit.consume_or_429(request, **OFTEN):
            return refused
        writing.send(form.instance)
        messages.success(request, _("Your message has been sent. The answer comes to you by mail."))
        return redirect(network)
    facts = {"employer": request.user.employer, "email": request.user.work}
    lead = (
        _("The network gets your message with your name, your employer (%(employer)s) and %(email)s.") % facts
    )
    title = _("Write to %s") % network
    return act(request, form, network, title=title, lead=lead, button=_("Send the message"))
