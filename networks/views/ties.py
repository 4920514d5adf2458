from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bwob.acting import act
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.web import require
from networks import linking, rules
from networks.forms import TieForm
from networks.models import Network, Partnership


@once
@require_http_methods(["GET", "POST"])
def tie(request: SignedInRequest, slug: str) -> HttpResponse:
    network = get_object_or_404(Network.objects.visible_to(request.user).existing().with_names(), slug=slug)
    require(rules.may_tie(request.user, network))
    form = fill(TieForm, request, instance=linking.begun(network, by=request.user), user=request.user)
    if form.is_valid():
        linking.propose(form.instance, by=request.user)
        messages.success(request, said(form.instance))
        return redirect(network)
    return act(
        request,
        form,
        network,
        title=_("Add a tie to %s") % network,
        lead=_(
            "A tie counts once both sides have confirmed it. Until then the map shows it as a dashed line."
        ),
        button=_("Add the tie"),
    )


def said(partnership: Partnership) -> str:
    if partnership.is_confirmed:
        return _("The tie stands.")
    return _("The tie stands, and %s gets a mail to confirm it.") % partnership.waits_for


@once
@require_http_methods(["GET", "POST"])
def confirm_tie(request: SignedInRequest, key: str) -> HttpResponse:
    shown = visible(request, key)
    require(rules.may_confirm(request.user, shown))
    form = fill(forms.Form, request)
    if form.is_valid():
        linking.confirm(shown, by=request.user)
        messages.success(request, _("Both sides have confirmed this tie now."))
        return redirect(shown)
    facts = {"network": shown.network, "kind": shown.get_kind_display(), "partner": shown.partner}
    return act(
        request,
        form,
        shown.network,
        title=_("Confirm a tie"),
        lead=_("%(network)s – %(kind)s – %(partner)s. Is this right?") % facts,
        button=_("Yes, this is right"),
    )


@once
@require_http_methods(["GET", "POST"])
def end_tie(request: SignedInRequest, key: str) -> HttpResponse:
    shown = visible(request, key)
    require(rules.may_end(request.user, shown))
    form = fill(forms.Form, request)
    if form.is_valid():
        linking.end(shown, by=request.user)
        messages.success(request, _("The tie has ended. Both sides get a mail."))
        return redirect(shown)
    return act(
        request,
        form,
        shown.network,
        title=_("End a tie"),
        lead=_("%(network)s and %(partner)s are tied no longer from today.")
        % {"network": shown.network, "partner": shown.partner},
        button=_("End the tie"),
        is_final=True,
    )


def visible(request: SignedInRequest, key: str) -> Partnership:
    return get_object_or_404(Partnership.objects.visible_to(request.user).with_names(), key=key)
