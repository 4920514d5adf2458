"""The pages that anybody can read: the networks, and asking to join one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alumni import front, inviting, links, rules
from alumni.forms import JoinForm, LinkForm
from alumni.models import AlumniNetwork, Alumnus, Purpose, Wording
from bwob.forms import fill


@login_not_required
@require_GET
def networks(request: HttpRequest) -> HttpResponse:
    return render(request, "alumni/networks.html", {"networks": front.listed(request.user)})


def in_order(wording: Wording) -> int:
    return Purpose.values.index(wording.purpose)


@login_not_required
@require_GET
def network(request: HttpRequest, slug: str) -> HttpResponse:
    """What a network offers; what alumni see of each other only for who is in it."""
    visible = AlumniNetwork.objects.visible_to(request.user).select_related("organisation", "contact")
    network = get_object_or_404(visible, slug=slug)
    wordings = Wording.objects.visible_to(request.user)
    own = Alumnus.objects.visible_to(request.user).own(request.user).filter(network=network).first()
    context = {
        "network": network,
        "wordings": sorted(wordings.filter(network=network).newest(), key=in_order),
        "own": own,
        "works_here": getattr(request.user, "employer", None) == network.organisation,
        "may_manage": rules.may_manage(request.user, network),
        "gatherings": front.coming(network),
        "fellows": front.fellows(own) if own else [],
    }
    return render(request, "alumni/network.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to join. The answer is the same whether or not the address is known."""
    network = get_object_or_404(AlumniNetwork.objects.open().select_related("organisation"), slug=slug)
    form = fill(JoinForm, request, instance=Alumnus(network=network))
    if form.is_valid():
        inviting.ask(form.instance)
        messages.success(request, _("Your request has been sent to %s. Watch your mail.") % network)
        return redirect(network)
    context = {"network": network, "form": form}
    return render(request, "alumni/join.html", context, status=422 if form.errors else 200)


@login_not_required
@require_http_methods(["GET", "POST"])
def mail_link(request: HttpRequest) -> HttpResponse:
    """Have a new link mailed. Nobody learns here which addresses are known."""
    form = fill(LinkForm, request)
    if form.is_valid():
        for alumnus in links.present().filter(email__iexact=form.cleaned_data["email"]):
            inviting.send_link(alumnus)
        messages.success(request, _("If this address is in a network, a link is on its way."))
        return redirect("alumni:networks")
    return render(request, "alumni/mail_link.html", {"form": form}, status=422 if form.errors else 200)
