from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bwob.acting import Page, act, done
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.web import require
from networks import appointing, rules
from networks.forms import BeContactForm, WorkAddressForm
from networks.models import Coordinator, Network

PROPOSALS = "networks:proposals"


def existing(request: SignedInRequest, slug: str) -> Network:
    rows = Network.objects.visible_to(request.user).existing().with_names().select_related("contact")
    return get_object_or_404(rows, slug=slug)


@once
@require_http_methods(["GET", "POST"])
def name_contact(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask somebody; the page says the same whether or not the address is known here."""
    network = existing(request, slug)
    require(rules.may_name_contact(request.user, network))
    form = fill(WorkAddressForm, request)
    if form.is_valid():
        appointing.ask(network, form.cleaned_data["email"], by=request.user)
        sentence = _("Asked. If this work address was verified here, its owner gets a mail.")
        return done(request, network, sentence)
    lead = _("The contact answers for the network. Nobody becomes it without a yes, and no page names it.")
    title, button = _("Name a contact for %s") % network, _("Ask")
    return act(request, form, network, title=title, lead=lead, button=button)


@once
@require_http_methods(["GET", "POST"])
def be_contact(request: SignedInRequest, slug: str) -> HttpResponse:
    """The answer of who was asked; for others there is nothing here."""
    network = existing(request, slug)
    require(network.invited_id == request.user.pk)
    form = fill(BeContactForm, request)
    if form.is_valid():
        accepts = form.cleaned_data["answer"] == "yes"
        appointing.answer(network, accepts=accepts, by=request.user)
        return done(
            request, network, _("You answer for this network now.") if accepts else _("Noted: not you.")
        )
    lead = _("You confirm it once a year, get what people write to it, and answer for its ties and calls.")
    title = _("Be the contact of %s?") % network
    return act(request, form, network, title=title, lead=lead, button=_("Send the answer"))


@once
@require_http_methods(["GET", "POST"])
def stop_as_contact(request: SignedInRequest, slug: str) -> HttpResponse:
    network = existing(request, slug)
    require(network.contact_id == request.user.pk)
    form = fill(forms.Form, request)
    if form.is_valid():
        appointing.step_down(network, by=request.user)
        return done(request, network, _("You are no longer the contact. The coordinator gets a mail."))
    title, button = _("Stop as contact of %s") % network, _("Stop")
    return act(request, form, network, title=title, button=button, is_final=True)


@once
@require_http_methods(["GET", "POST"])
def stop_coordinating(request: SignedInRequest, number: int) -> HttpResponse:
    rows = Coordinator.objects.visible_to(request.user).select_related("user", "region")
    shown = get_object_or_404(rows.filter(user=request.user), pk=number)
    form, back = fill(forms.Form, request), Page(_("Proposals for networks"), PROPOSALS)
    if form.is_valid():
        appointing.leave(shown, by=request.user)
        return done(request, back, _("You no longer coordinate there. The others get a mail."))
    lead = _("The other coordinators get a mail, or the programme office if there are none.")
    title = _("Stop as coordinator of %s") % shown.region
    return act(request, form, back, title=title, lead=lead, button=_("Stop"), is_final=True)
