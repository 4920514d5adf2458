"""A person's own pages: the name, and the address that proves where he or she works."""

import copy
from typing import Any

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bwob.people import verifying
from bwob.people.forms import ProfileForm, WorkAddressForm

CAME_FROM = "work_address_wanted_by"
LINKS: dict[str, Any] = {
    "app": "bwob.people",
    "action": "work_address",
    "config": {"work_address": "5/h/user"},
}


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    person: Any = copy.copy(request.user)  # so that a refused name does not show in the header
    form = ProfileForm(request.POST or None, instance=person)
    if form.is_valid():
        form.save()
        with translation.override(person.language):
            messages.success(request, _("Your profile has been saved."))
            return redirect("people:profile")
    return render(request, "people/profile.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def work_address(request: HttpRequest) -> HttpResponse:
    """What is proven, what waits, and a form to prove an address; at most five mails an hour.

    `next` is the page that asked for it: the button behind the mailed link leads back there.
    """
    user: Any = request.user
    remember_where_from(request)
    form = WorkAddressForm(request.POST or None)
    if form.is_valid():
        if refused := ratelimit.consume_or_429(request, **LINKS):
            return refused
        email = form.cleaned_data["email"]
        verifying.ask(user, email, form.organisation)
        sentence = _(
            "If %(email)s is your address, you will get a mail there. Open the link in it within a day."
        )
        messages.success(request, sentence % {"email": email})
        return redirect("people:work_address")
    context = {"form": form, "work": user.work, "claim": getattr(user, "address_claim", None)}
    return render(request, "people/work_address.html", context, status=422 if form.is_bound else 200)


def remember_where_from(request: HttpRequest) -> None:
    came_from = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(came_from, allowed_hosts=None):
        request.session[CAME_FROM] = came_from


@login_not_required
@require_http_methods(["GET", "POST"])
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a mailed link: only its button confirms, since mail scanners open every link.

    A first proof needs the account too, so that nobody is talked into lending a mailbox; a renewal does not.
    """
    link = verifying.read(token)
    if link and link.needs_sign_in and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if link is None or (link.needs_sign_in and link.user != request.user):
        return render(request, "people/link_expired.html", status=404)
    if request.method == "GET":
        return render(request, "people/confirm_address.html", {"link": link})
    if verifying.confirm(token) is None:
        return render(request, "people/link_expired.html", status=404)
    sentence = _("You have shown that you work at %(organisation)s. This counts for 180 days.")
    messages.success(request, sentence % {"organisation": link.organisation})
    if link.user != request.user:
        return redirect("home")
    return redirect(request.session.pop(CAME_FROM, reverse("people:work_address")))
