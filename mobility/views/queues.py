from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bwob.acting import act
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.web import require
from bwob.workflow import Refused
from mobility import queueing, rules
from mobility.forms import PlacesForm
from mobility.models import Exchange
from mobility.views.exchanges import visible


@once
@require_http_methods(["GET", "POST"])
def add_places(request: SignedInRequest, slug: str) -> HttpResponse:
    filled = visible(request, slug)
    require(rules.may_manage(request.user, filled))
    if filled.state != Exchange.State.FILLED:
        raise Refused(_("Only where all places are given, places are added here."), filled)
    form = fill(PlacesForm, request, initial={"places": filled.places + 1})
    if form.is_valid():
        queueing.add_places(filled, places=form.cleaned_data["places"], by=request.user)
        messages.success(request, _("There are more places now. The first on the waiting list get an offer."))
        return redirect("mobility:inbox", filled.slug)
    words = {
        "title": _("Add places"),
        "lead": _("Who waits longest gets the offer. If nobody waits, everybody can apply again."),
        "button": _("Add these places"),
    }
    return act(request, form, filled, **words)


@once
@require_http_methods(["GET", "POST"])
def close_list(request: SignedInRequest, slug: str) -> HttpResponse:
    filled = visible(request, slug)
    require(rules.may_manage(request.user, filled))
    if not filled.has_waiting_list:
        raise Refused(_("There is no waiting list (any more)."), filled)
    form = fill(Form, request)
    if form.is_valid():
        queueing.close(filled, by=request.user)
        messages.success(request, _("The waiting list is closed. Everybody on it gets a mail."))
        return redirect("mobility:inbox", filled.slug)
    words = {
        "title": _("Close the waiting list"),
        "lead": _("Everybody on it gets a mail that all places have been given. Nobody can join any more."),
        "button": _("Close for good"),
    }
    return act(request, form, filled, is_final=True, **words)
