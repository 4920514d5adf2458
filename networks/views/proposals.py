import copy
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from bwob.acting import act
from bwob.forms import ReasonForm, fill
from bwob.people.models import Role, SignedInRequest
from bwob.people.submitting import once
from bwob.privacy import reading
from bwob.web import require
from bwob.workflow import Refused
from networks import alike, confirming, differing, judging, proposing, rules, signing
from networks.forms import NetworkForm, NoteForm
from networks.models import Coordinator, Network, Proposal

PURPOSE = gettext_lazy("deciding on a proposal for a network")


def require_proposer(request: SignedInRequest) -> None:
    sentence = _("First show where you work: verify your work address in your profile.")
    require(rules.may_propose(request.user), sentence)


@once
@require_http_methods(["GET", "POST"])
def propose(request: SignedInRequest) -> HttpResponse:
    """A new network."""
    require_proposer(request)
    return _propose(request, None)


@once
@require_http_methods(["GET", "POST"])
def propose_change(request: SignedInRequest, slug: str) -> HttpResponse:
    require_proposer(request)
    network = get_object_or_404(Network.objects.visible_to(request.user).existing().with_names(), slug=slug)
    return _propose(request, network)


def _propose(request: SignedInRequest, network: Network | None) -> HttpResponse:
    """What looks like an existing network is shown first; nothing is stored before that was answered."""
    form = fill(NetworkForm, request, instance=copy.copy(network) or Network(), initial=now(network))
    note = fill(NoteForm, request, instance=Proposal(network=network))
    same: list[alike.Likeness] = []
    if form.is_valid() and note.is_valid():
        same = [] if form.cleaned_data["is_other"] else alike.alike(form.instance, form.area_keys)
        if not same:
            return _submit(request, form, note.instance)
    context = {"form": form, "note": note, "same": same, "network": network}
    return render(
        request, "networks/propose.html", context, status=422 if form.errors or note.errors else 200
    )


def now(network: Network | None) -> dict[str, Any]:
    return {"area": [place.pk for place in network.area.all()]} if network else {}


def _submit(request: SignedInRequest, form: NetworkForm, proposal: Proposal) -> HttpResponse:
    before = stored(form.instance)
    proposal.changes = proposing.differences(before, form.cleaned_data)
    proposal.place = before.place if before else form.cleaned_data["place"]
    if not proposal.changes:
        messages.info(request, _("You changed nothing, so there is nothing to propose."))
        return redirect(form.instance)
    proposing.submit(proposal, by=request.user)
    messages.success(request, _("Your proposal has been sent. You get an answer within three weeks."))
    return redirect(proposal)


def stored(network: Network | None) -> Network | None:
    """As it stands in the database: a form writes into the record that it is given."""
    pk = network.pk if network else None
    return Network.objects.visible_to(None).with_names().filter(pk=pk).first() if pk else None


@require_GET
def proposals(request: SignedInRequest) -> HttpResponse:
    """The own proposals, and those that wait for this person's decision."""
    visible = Proposal.objects.visible_to(request.user).with_names()
    waiting = list(visible.to_decide(request.user).order_by("due_at")[:100])
    reading.record(request.user, waiting, purpose=PURPOSE)
    own = list(visible.filter(proposer=request.user)[:100])
    mine = list(
        Coordinator.objects.visible_to(request.user).filter(user=request.user).select_related("region")
    )
    context = {"waiting": waiting, "own": own, "coordinates": mine}
    context |= {"may_import": bool(mine) or request.user.has_role(Role.PROGRAMME)}
    return render(request, "networks/proposals.html", context)


@require_GET
def proposal(request: SignedInRequest, key: str) -> HttpResponse:
    shown = visible(request, key)
    context = {
        "proposal": shown,
        "differences": differing.differences(shown),
        "may_decide": shown.is_open and rules.may_decide(request.user, shown),
        "may_withdraw": shown.is_open and rules.may_withdraw(request.user, shown),
        "reason": judging.reason_of(shown),
    }
    return render(request, "networks/proposal.html", context)


def visible(request: SignedInRequest, key: str) -> Proposal:
    """The proposal, if this person may see it; 404 otherwise. The proposer sees later who looked."""
    shown = get_object_or_404(Proposal.objects.visible_to(request.user).with_names(), key=key)
    reading.record(request.user, [shown], purpose=PURPOSE)
    return shown


def deciding_on(request: SignedInRequest, key: str) -> Proposal:
    shown = visible(request, key)
    require(rules.may_decide(request.user, shown))
    require_open(shown)
    return shown


def require_open(shown: Proposal) -> None:
    if not shown.is_open:
        raise Refused(_("This has changed in the meantime, so that is no longer possible."), shown)


@once
@require_http_methods(["GET", "POST"])
def accept(request: SignedInRequest, key: str) -> HttpResponse:
    """Accept as it is, or with what the coordinator changed in the same form."""
    shown = deciding_on(request, key)
    network = judging.carried_out(shown)
    area = shown.changes.get("area", now(shown.network).get("area", []))
    form = fill(NetworkForm, request, instance=network, initial={"area": area})
    if form.is_valid():
        changes = proposing.differences(stored(shown.network), form.cleaned_data)
        accepted = judging.accept(shown, by=request.user, changes=changes)
        messages.success(request, _("Accepted. The proposer gets a mail."))
        return redirect(accepted)
    context = {"form": form, "proposal": shown}
    return render(request, "networks/accept.html", context, status=422 if form.errors else 200)


@once
@require_http_methods(["GET", "POST"])
def reject(request: SignedInRequest, key: str) -> HttpResponse:
    shown = deciding_on(request, key)
    form = fill(ReasonForm, request)
    if form.is_valid():
        judging.reject(shown, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Rejected. The proposer gets your reason by mail."))
        return redirect(shown)
    lead = _("Say why, and what would help. The proposer reads this.")
    return act(
        request, form, shown, title=_("Reject the proposal"), lead=lead, button=_("Reject"), is_final=True
    )


@once
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, key: str) -> HttpResponse:
    shown = visible(request, key)
    require(rules.may_withdraw(request.user, shown))
    require_open(shown)
    form = fill(forms.Form, request)
    if form.is_valid():
        proposing.withdraw(shown, by=request.user)
        messages.success(request, _("You have withdrawn your proposal."))
        return redirect(shown)
    lead = _("Nobody decides on it any more. You can always propose again.")
    return act(
        request, form, shown, title=_("Withdraw the proposal"), lead=lead, button=_("Withdraw"), is_final=True
    )


@login_not_required
@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in the yearly mail. Opening it confirms nothing; a used link says so."""
    network = signing.network_of(token)
    if network is None:
        return render(request, "networks/confirm.html", {"network": None}, status=404)
    if request.method == "POST":
        confirming.confirm(network, by=request.user if request.user.is_authenticated else None)
        messages.success(request, _("Thank you. The network is shown as confirmed for another year."))
        return redirect(network)
    return render(request, "networks/confirm.html", {"network": network})
