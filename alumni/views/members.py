"""One's own page in a network, by signed link or signed in; who comes otherwise finds one neutral page."""

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alumni import consenting, inviting, links, receipt, staying
from alumni.forms import AlumnusForm, AnswerForm, ChoicesForm
from alumni.models import Alumnus, Consent
from bwob.forms import fill


def own_record(request: HttpRequest, token: str) -> Alumnus | None:
    """Whose page this is: a signed link, or the key of the record for who is signed in as that person."""
    try:
        key = uuid.UUID(token)
    except ValueError:
        return links.alumnus_of(token)
    own = (
        Alumnus.objects.visible_to(request.user)
        .own(request.user)
        .select_related("network__organisation", "region")
    )
    return own.filter(key=key).first()


def of_alumnus(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the alumnus instead of the token; without one the neutral page."""

    @login_not_required
    @sensitive_variables("token")
    @functools.wraps(view)
    def opened(request: HttpRequest, token: str, **more: str) -> HttpResponse:
        alumnus = own_record(request, token)
        if alumnus is None or alumnus.state == Alumnus.State.ASKED:
            return no_such_link(request)
        return view(request, alumnus, token, **more)

    return opened


def no_such_link(request: HttpRequest) -> HttpResponse:
    return render(request, "alumni/no_such_link.html", status=404)


def entrance(alumnus: Alumnus, token: str) -> str:
    """What stands in the address from here on: the key for who is signed in, else a link that counts."""
    return token if token == str(alumnus.key) else links.entrance(alumnus)


@require_http_methods(["GET", "POST"])
@of_alumnus
def membership(request: HttpRequest, alumnus: Alumnus, token: str) -> HttpResponse:
    """The invitation and its answer, or *Mijn toestemmingen* with a switch for each purpose."""
    is_new = alumnus.state == Alumnus.State.INVITED
    chosen = sorted(consenting.chosen_by(alumnus))
    form_class = AnswerForm if is_new else ChoicesForm
    form = fill(form_class, request, network=alumnus.network, initial={"purposes": chosen})
    if form.is_valid():
        act = inviting.answer if is_new else staying.choose
        act(alumnus, form.cleaned_data["purposes"])
        messages.success(
            request, _("Welcome to the network.") if is_new else _("Your choices have been saved.")
        )
        return redirect("alumni:membership", entrance(alumnus, token))
    template = "alumni/invitation.html" if is_new else "alumni/membership.html"
    context = {"form": form, **receipt.page_of(alumnus), "token": token}
    return render(request, template, context, status=422 if form.errors else 200)


@require_POST
@of_alumnus
def confirm(request: HttpRequest, alumnus: Alumnus, token: str) -> HttpResponse:
    staying.confirm(alumnus)
    return noted(request, token)


@require_POST
@of_alumnus
def pause(request: HttpRequest, alumnus: Alumnus, token: str) -> HttpResponse:
    staying.pause(alumnus)
    return noted(request, token)


@require_POST
@of_alumnus
def resume(request: HttpRequest, alumnus: Alumnus, token: str) -> HttpResponse:
    staying.resume(alumnus)
    return noted(request, token)


def noted(request: HttpRequest, token: str) -> HttpResponse:
    messages.success(request, _("That has been noted. Thank you."))
    return redirect("alumni:membership", token)


@require_http_methods(["GET", "POST"])
@of_alumnus
def correct(request: HttpRequest, alumnus: Alumnus, token: str) -> HttpResponse:
    before = alumnus.email
    form = fill(AlumnusForm, request, instance=alumnus)
    if form.is_valid():
        staying.correct(alumnus, has_new_address=alumnus.email != before)
        messages.success(request, _("Your details have been saved."))
        return redirect("alumni:membership", entrance(alumnus, token))
    context = {"form": form, "network": alumnus.network, "token": token}
    return render(request, "alumni/correct.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@of_alumnus
def leave(request: HttpRequest, alumnus: Alumnus, token: str) -> HttpResponse:
    """Leave, or say no to an invitation."""
    if request.method == "POST":
        staying.leave(alumnus)
        messages.success(request, _("You have left the network. Within 24 hours your data are gone."))
        return redirect("alumni:networks")
    return render(request, "alumni/leave.html", {"alumnus": alumnus, "token": token})


@require_GET
@of_alumnus
def download(request: HttpRequest, alumnus: Alumnus, token: str) -> HttpResponse:
    """Everything in the record, with the ledger and its proofs, as JSON."""
    response = JsonResponse(receipt.of(alumnus), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="alumni-{alumnus.network.slug}.json"'
    return response


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
@sensitive_variables("token")
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop one kind of mail: by the mail program with one POST (RFC 8058), or by the button on this page.

    The signed link is the key, so a safety code would prove nothing; opening the page stops nothing.
    """
    found = links.to_stop(token)
    if found is None:
        return no_such_link(request)
    alumnus, purpose = found
    if request.method == "POST":
        consenting.withdraw(alumnus, purpose, how=Consent.How.UNSUBSCRIBED)
    is_on = purpose in consenting.chosen_by(alumnus)
    context: dict[str, Any] = {"network": alumnus.network, "purpose": purpose.label, "is_on": is_on}
    return render(request, "alumni/stop.html", context)
