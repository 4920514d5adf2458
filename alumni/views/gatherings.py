"""A meeting of alumni as the invited see it, by a signed link: sign up, sign off, and being there."""

import functools
from collections.abc import Callable
from typing import Any

from allauth.core.internal import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alumni import calendars, links
from alumni import gathering as meetings
from alumni.models import Alumnus, Gathering, Guest
from alumni.views.members import no_such_link
from bwob.acting import Page, act, done
from bwob.forms import fill
from bwob.seating import closed_because, standing_text
from mobility.day_forms import CodeForm

TRIES: dict[str, Any] = {"app": "alumni", "action": "attend", "config": {"attend": "10/h/key"}}


def of_guest(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the meeting and the alumnus instead of the token; without them the neutral page."""

    @login_not_required
    @sensitive_variables("token")
    @functools.wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        found = links.to_gathering(token)
        if found is None:
            return no_such_link(request)
        alumnus, gathering = found
        return view(request, gathering, alumnus, token)

    return opened


@require_http_methods(["GET", "POST"])
@of_guest
def gathering(request: HttpRequest, gathering: Gathering, alumnus: Alumnus, token: str) -> HttpResponse:
    """What it is and how one stands; on the day itself the code that is shown in the room is typed here."""
    own = meetings.guest_of(gathering, alumnus)
    form = fill(CodeForm, request) if own and own.may_attend else None
    if own and form and form.is_valid():
        if refused := ratelimit.consume_or_429(request, key=str(own.key), **TRIES):
            return refused
        if meetings.attend(own, code=form.cleaned_data["code"]):
            messages.success(request, _("Welcome! You are on the list of who was there."))
            return redirect("alumni:gathering", token)
        form.add_error("code", _("This is not the code of today. Look at the screen, or ask the organiser."))
    context = {
        "gathering": gathering,
        "network": gathering.network,
        "own": own,
        "obstacle": closed_because(gathering),
        "form": form,
        "token": token,
    }
    return render(request, "alumni/gathering.html", context, status=422 if form and form.errors else 200)


@require_POST
@of_guest
def come(request: HttpRequest, gathering: Gathering, alumnus: Alumnus, token: str) -> HttpResponse:
    back = Page(gathering.title, "alumni:gathering", (token,))
    return done(request, back, standing_text(meetings.come(gathering, alumnus)))


@require_http_methods(["GET", "POST"])
@of_guest
def stay_away(request: HttpRequest, gathering: Gathering, alumnus: Alumnus, token: str) -> HttpResponse:
    own = meetings.guest_of(gathering, alumnus)
    back = Page(gathering.title, "alumni:gathering", (token,))
    if own is None:
        return redirect(back)
    form = fill(forms.Form, request)
    if form.is_valid():
        meetings.stay_away(own)
        return done(request, back, _("You have signed off. Somebody else can come now."))
    words = {
        "title": _("Sign off from %s") % gathering,
        "lead": _("Your place goes to the first on the waiting list. You can sign up again, at its end."),
        "button": _("Sign off"),
    }
    return act(request, form, back, is_final=True, **words)


@require_GET
@of_guest
def gathering_calendar(
    request: HttpRequest, gathering: Gathering, alumnus: Alumnus, token: str
) -> HttpResponse:
    """For the own calendar; the link to take part only for who has a place."""
    own = meetings.guest_of(gathering, alumnus)
    has_place = own is not None and own.state == Guest.State.SEATED
    return calendars.of_gathering(gathering, alumnus, has_place=has_place)
