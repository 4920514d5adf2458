"""Applying as a former colleague, from the own page in a network."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alumni import returning
from alumni.models import Alumnus
from alumni.views.members import no_such_link, of_alumnus
from bwob.forms import fill
from bwob.people.models import User
from bwob.workflow import Refused
from mobility import applying
from mobility.forms import ApplicationForm
from mobility.models import Application, Exchange


@require_http_methods(["GET", "POST"])
@of_alumnus
def apply(request: HttpRequest, alumnus: Alumnus, token: str, slug: str) -> HttpResponse:
    """The letter. Whoever is not signed in reads why an account is needed, and how to come by one."""
    welcome = Exchange.objects.visible_to(request.user).filter(alumni_welcome=True).with_names()
    exchange = welcome.filter(slug=slug, organisation=alumnus.network.organisation).first()
    if exchange is None:
        return no_such_link(request)
    context = {"exchange": exchange, "network": alumnus.network, "alumnus": alumnus, "token": token}
    if not isinstance(request.user, User):
        return render(request, "alumni/apply.html", context)
    begun = applying.begun_by(request.user, exchange)
    if begun.submitted_at:
        messages.info(request, _("You have applied here already. This is how it stands."))
        return redirect(begun)
    obstacle = returning.obstacle(alumnus, exchange, request.user)
    return write_letter(request, alumnus, begun, context | {"obstacle": obstacle})


def write_letter(
    request: HttpRequest, alumnus: Alumnus, begun: Application, context: dict[str, Any]
) -> HttpResponse:
    if context["obstacle"] and request.method == "POST":
        raise Refused(context["obstacle"])
    form = fill(ApplicationForm, request, instance=begun)
    if form.is_valid():
        returning.apply(alumnus, begun)
        messages.success(request, _("Your application has been sent to %s.") % begun.exchange.organisation)
        return redirect(begun)
    status = 422 if form.errors else 200
    return render(request, "alumni/apply.html", context | {"form": form}, status=status)
