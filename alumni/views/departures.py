"""Recording a departure, for who still works there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alumni import departing, rules
from alumni.forms import DepartureForm
from alumni.models import AlumniNetwork, Alumnus, Departure
from bwob.forms import fill
from bwob.people.models import SignedInRequest


@require_GET
def own_networks(request: SignedInRequest) -> HttpResponse:
    """The networks in which somebody is, and the departure that is planned."""
    own = Alumnus.objects.visible_to(request.user).own(request.user).select_related("network__organisation")
    context = {"own": own, "departure": departing.planned_by(request.user)}
    return render(request, "alumni/own_networks.html", context)


@require_http_methods(["GET", "POST"])
def departure(request: SignedInRequest) -> HttpResponse:
    """Record the last day, a private address and choices, or change them until that day."""
    employer, planned = request.user.employer, departing.planned_by(request.user)
    network = AlumniNetwork.objects.visible_to(request.user).filter(organisation=employer).first()
    obstacle = "" if planned else rules.obstacle_to_departing(request.user, network)
    if obstacle:
        return render(request, "alumni/departure.html", {"obstacle": obstacle})
    form = fill(DepartureForm, request, instance=planned or Departure(person=request.user, network=network))
    if form.is_valid():
        departing.plan(form.instance)
        messages.success(request, _("Recorded. After your last day you move to the network by itself."))
        return redirect("alumni:own_networks")
    context = {"form": form, "planned": planned, "network": form.instance.network}
    return render(request, "alumni/departure.html", context, status=422 if form.errors else 200)


@require_POST
def cancel_departure(request: SignedInRequest) -> HttpResponse:
    planned = get_object_or_404(Departure.objects.visible_to(request.user).planned())
    departing.cancel(planned)
    messages.success(request, _("Your departure has been erased. Nobody saw it."))
    return redirect("alumni:own_networks")
