from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bwob.acting import act, done
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.privacy import reading
from bwob.web import require
from bwob.workflow import Refused
from mobility import linked, ring_page, ringing, rules, signing, wishing
from mobility.models import RingPlace, SwapRing, SwapWish
from mobility.swap_forms import JoiningForm, RingAnswerForm, SwapWishForm


@require_GET
def swap(request: SignedInRequest) -> HttpResponse:
    """The own wish, and the rings one is or was in."""
    own = RingPlace.objects.visible_to(request.user).filter(person=request.user)
    places = list(own.with_names().order_by("-ring__moved_at")[:20])
    context = {
        "wish": wishing.current(request.user),
        "obstacle": rules.workplace_obstacle(request.user),
        "going_on": [place for place in places if place.is_live],
        "earlier": [place for place in places if not place.is_live],
    }
    return render(request, "mobility/swap.html", context)


@once
@require_http_methods(["GET", "POST"])
def write_wish(request: SignedInRequest) -> HttpResponse:
    obstacle = rules.workplace_obstacle(request.user)
    require(not obstacle, obstacle)
    wish = wishing.begun_by(request.user)
    form = fill(SwapWishForm, request, instance=wish)
    if form.is_valid():
        wishing.save(wish)
        told = _("Saved. Each night we look for rings; you get a mail when there is one.")
        return done(request, "mobility:swap", told)
    context = {"form": form, "wish": wish}
    return render(request, "mobility/write_wish.html", context, status=422 if form.errors else 200)


def own_wish(request: SignedInRequest) -> SwapWish:
    """The open wish of this person; 404 without one."""
    wish = wishing.current(request.user)
    if wish is None:
        raise Http404
    return wish


@once
@require_POST
def renew_wish(request: SignedInRequest) -> HttpResponse:
    wishing.renew(own_wish(request))
    return done(request, "mobility:swap", _("Thank you. Your wish stands for another half year."))


@once
@require_http_methods(["GET", "POST"])
def stop_wish(request: SignedInRequest) -> HttpResponse:
    wish = own_wish(request)
    form = fill(forms.Form, request)
    if form.is_valid():
        wishing.stop(wish)
        told = _("Your wish has stopped. We no longer look for rings for you.")
        return done(request, "mobility:swap", told)
    words = {
        "title": _("Stop looking for a swap"),
        "lead": _("We no longer look for rings with your workplace. You can write a new wish at any time."),
        "button": _("Stop looking"),
    }
    return act(request, form, wish, is_final=True, **words)


def visible(request: SignedInRequest, key: str) -> SwapRing:
    """The ring, if this person may see it; 404 otherwise. Its members see later who looked."""
    shown = get_object_or_404(SwapRing.objects.visible_to(request.user), key=key)
    places = RingPlace.objects.visible_to(request.user).filter(ring=shown)
    reading.record(request.user, places, purpose=gettext_lazy("looking at a swap ring"))
    return shown


def own_place(request: SignedInRequest, ring: SwapRing) -> RingPlace | None:
    own = RingPlace.objects.visible_to(request.user).filter(ring=ring, person=request.user)
    return own.with_names().first()


def acting_in(request: SignedInRequest, key: str) -> RingPlace:
    """The own place in the ring; 404 for who may not see it, 403 for who is no member."""
    place = own_place(request, visible(request, key))
    require(place is not None)
    assert place is not None  # noqa: S101 - for the types
    return place


@require_GET
def ring(request: SignedInRequest, key: str) -> HttpResponse:
    shown = visible(request, key)
    legs = ring_page.legs(shown, request.user)
    context = {
        "ring": shown,
        "own": own_place(request, shown),
        "legs": legs,
        "dots": ring_page.picture(legs),
        "steps": ring_page.progress(shown, legs),
        "heading": ring_page.heading(legs),
    }
    return render(request, "mobility/ring.html", context)


@once
@require_http_methods(["GET", "POST"])
def join_ring(request: SignedInRequest, key: str) -> HttpResponse:
    place = acting_in(request, key)
    if place.agreed_at or place.ring.state != SwapRing.State.PROPOSED:
        raise Refused(_("This ring has changed in the meantime, so that is no longer possible."))
    form = fill(JoiningForm, request, instance=place)
    if form.is_valid():
        stands = ringing.agree(place, **form.cleaned_data)
        tell_whether(request, stands, _("You take part. You get a mail when everybody has answered."))
        return redirect(place.ring)
    words = {
        "title": _("Yes, I take part"),
        "lead": _("Your manager gets a mail only after everybody in the ring has said yes."),
        "button": _("I take part"),
    }
    return act(request, form, place.ring, **words)


def tell_whether(request: HttpRequest, stands: bool, sentence: str) -> None:
    if stands:
        messages.success(request, sentence)
    else:
        messages.warning(request, _("This ring no longer fits, so it has ended. We look for another one."))


@once
@require_http_methods(["GET", "POST"])
def leave_ring(request: SignedInRequest, key: str) -> HttpResponse:
    place = acting_in(request, key)
    if not place.ring.can_be_left:
        raise Refused(_("This ring has ended, or has begun already."))
    form = fill(forms.Form, request)
    if form.is_valid():
        ringing.leave(place)
        return done(request, place.ring, _("The ring has ended. Nobody learns that it was you."))
    words = {
        "title": _("No, rather not"),
        "lead": _("The ring then ends for everybody. All get the same mail. Nobody learns who said no."),
        "button": _("End this ring"),
    }
    return act(request, form, place.ring, is_final=True, **words)


@login_not_required
@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def ring_manager(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in the mail to a member's manager. Opening it decides nothing."""
    place = signing.place_of(token)
    if place is None:
        return render(request, "mobility/ring_manager_done.html", {"place": None}, status=404)
    form = fill(RingAnswerForm, request)
    if form.is_valid():
        ringing.answer_as_manager(place, agrees=form.cleaned_data["answer"] == "agree")
        return redirect("mobility:ring_manager", token)
    if place.manager_agreed_at or place.ring.state != SwapRing.State.MANAGERS:
        return render(request, "mobility/ring_manager_done.html", {"place": place})
    context: dict[str, Any] = {"place": place, "form": form, **ring_page.for_manager(place)}
    linked.note(place, [place, context["comes"]])
    return render(request, "mobility/ring_manager.html", context, status=422 if form.errors else 200)
