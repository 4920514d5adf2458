"""Applying as a former colleague: from the exchange, or from the own page in a network."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alumni import returning
from alumni.forms import LinkForm
from alumni.models import AlumniNetwork, Alumnus
from alumni.views.members import no_such_link, of_alumnus
from bwob.forms import fill
from bwob.people.models import User
from bwob.workflow import Refused
from mobility import applying, queueing
from mobility.forms import ApplicationForm
from mobility.models import Application, Exchange, ExchangeQuerySet


def welcoming(request: HttpRequest) -> ExchangeQuerySet:
    return Exchange.objects.visible_to(request.user).filter(alumni_welcome=True).with_names()


@login_not_required
@require_GET
def come_back(request: HttpRequest, slug: str) -> HttpResponse:
    """The way in from an exchange: who is known here goes on to the letter, others read how to come there."""
    exchange = get_object_or_404(welcoming(request), slug=slug)
    networks = AlumniNetwork.objects.visible_to(request.user).open().select_related("organisation")
    network = get_object_or_404(networks, organisation=exchange.organisation)
    own = Alumnus.objects.visible_to(request.user).own(request.user).filter(network=network).first()
    if own and own.is_member:
        return redirect("alumni:apply", own.key, exchange.slug)
    context = {"exchange": exchange, "network": network, "form": LinkForm()}
    return render(request, "alumni/come_back.html", context)


@require_http_methods(["GET", "POST"])
@of_alumnus
def apply(request: HttpRequest, alumnus: Alumnus, token: str, slug: str) -> HttpResponse:
    """The letter. Whoever is not signed in reads why an account is needed, and how to come by one."""
    here = welcoming(request).filter(slug=slug, organisation=alumnus.network.organisation)
    exchange = here.first()
    if exchange is None:
        return no_such_link(request)
    context = {"exchange": exchange, "network": alumnus.network, "alumnus": alumnus, "token": token}
    if not isinstance(request.user, User):
        return render(request, "alumni/apply.html", context)
    begun = applying.begun_by(request.user, exchange)
    if begun.submitted_at:
        messages.info(request, _("You have applied here already. This is how it stands."))
        return redirect(begun)
    context["obstacle"] = returning.obstacle(alumnus, exchange, request.user)
    context["position"] = queueing.position_for(request.user, exchange, is_returning=True)
    return write_letter(request, alumnus, begun, context)


def write_letter(
    request: HttpRequest, alumnus: Alumnus, begun: Application, context: dict[str, Any]
) -> HttpResponse:
    if context["obstacle"] and request.method == "POST":
        raise Refused(context["obstacle"])
    form = fill(ApplicationForm, request, instance=begun)
    if form.is_valid():
        return send(request, alumnus, begun, context["token"])
    status = 422 if form.errors else 200
    return render(request, "alumni/apply.html", context | {"form": form}, status=status)


def send(request: HttpRequest, alumnus: Alumnus, letter: Application, token: str) -> HttpResponse:
    """If the last place went while the person was typing, the letter is kept and the list is offered."""
    waits = "wait" in request.POST
    try:
        returning.apply(alumnus, letter, waits=waits)
    except applying.Full:
        messages.info(request, _("The last place was given a moment ago. Your letter has been kept."))
        return redirect("alumni:apply", token, letter.exchange.slug)
    if waits:
        messages.success(request, _("You are on the waiting list. You get a mail when a place comes free."))
    else:
        messages.success(request, _("Your application has been sent to %s.") % letter.exchange.organisation)
    return redirect(letter)
