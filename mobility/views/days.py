"""Career days as everybody sees them, and what somebody does who comes."""

from typing import Any

from allauth.core.internal import ratelimit
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bwob.acting import act, done
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.seating import standing_text
from bwob.workflow import Refused
from mobility import calendars, campaigns, day_rules, enrolling, reviewing
from mobility.day_forms import CodeForm, FeedbackForm
from mobility.models import CareerDay, DayFeedback, Signup

TRIES: dict[str, Any] = {"app": "mobility", "action": "attend_day", "config": {"attend_day": "10/h/user"}}


def visible_day(request: HttpRequest, slug: str) -> CareerDay:
    """The day, if this person may see it; 404 otherwise."""
    rows = CareerDay.objects.visible_to(request.user).with_names().select_related("contact")
    return get_object_or_404(rows, slug=slug)


def signup_of(request: HttpRequest, day: CareerDay) -> Signup | None:
    """The own sign-up that runs, or None."""
    if not request.user.is_authenticated:
        return None
    own = Signup.objects.visible_to(request.user).filter(day=day, person=request.user).running().first()
    if own:
        own.day = day
    return own


def running_signup(request: SignedInRequest, slug: str) -> Signup:
    """The own sign-up; 404 without one."""
    own = signup_of(request, visible_day(request, slug))
    if own is None:
        raise Http404
    return own


@login_not_required
@require_GET
def career_days(request: HttpRequest) -> HttpResponse:
    days = CareerDay.objects.visible_to(request.user).with_names().with_seats()
    own = days.none()
    if day_rules.may_organise(request.user):
        own = CareerDay.objects.manageable_by(request.user).filter(state=CareerDay.State.DRAFT)
    context = {
        "coming": days.coming()[:100],
        "past": days.past()[:20],
        "drafts": own,
        "may_organise": day_rules.may_organise(request.user),
        "campaigns": campaigns.CAMPAIGNS,
    }
    return render(request, "mobility/career_days.html", context)


@login_not_required
@require_GET
def day_campaign(request: HttpRequest, name: str) -> HttpResponse:
    campaign = campaigns.named(name)
    if campaign is None:
        raise Http404
    context = {
        "campaign": campaign,
        "days": campaigns.days_of(campaign, request.user),
        "exchanges": campaigns.places_of(campaign, request.user),
        "may_organise": day_rules.may_organise(request.user),
    }
    return render(request, "mobility/day_campaign.html", context)


@login_not_required
@require_GET
def career_day(request: HttpRequest, slug: str) -> HttpResponse:
    day = visible_day(request, slug)
    own, user = signup_of(request, day), request.user
    context = {
        "day": day,
        "sessions": day.sessions.all(),
        "own": own,
        "obstacle": day_rules.signup_obstacle(user, day)
        if user.is_authenticated
        else day_rules.closed_because(day),
        "may_attend": day_rules.may_attend(own),
        "may_give_feedback": day_rules.may_give_feedback(own),
        "review": reviewing.review(day),
        "may_manage": day_rules.may_manage_day(user, day),
        "can_change": day_rules.can_change_day(day),
    }
    return render(request, "mobility/career_day.html", context)


@login_not_required
@require_GET
def day_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The day as a file for a calendar."""
    return calendars.of_day(visible_day(request, slug))


@once
@require_http_methods(["GET", "POST"])
def sign_up(request: SignedInRequest, slug: str) -> HttpResponse:
    """A GET comes from the sign-in in between, and shows the day."""
    day = visible_day(request, slug)
    if request.method == "GET":
        return redirect(day)
    return done(request, day, standing_text(enrolling.sign_up(day, by=request.user)))


@once
@require_http_methods(["GET", "POST"])
def sign_off(request: SignedInRequest, slug: str) -> HttpResponse:
    signup = running_signup(request, slug)
    form = fill(forms.Form, request)
    if form.is_valid():
        enrolling.sign_off(signup, by=request.user)
        return done(request, signup.day, _("You have signed off. Somebody else can come now."))
    words = {
        "title": _("Sign off"),
        "lead": _("Your place goes to the first on the waiting list. You can sign up again, at its end."),
        "button": _("Sign off"),
    }
    return act(request, form, signup.day, is_final=True, **words)


@once
@require_POST
def take_seat(request: SignedInRequest, slug: str) -> HttpResponse:
    signup = running_signup(request, slug)
    enrolling.take(signup, by=request.user)
    return done(request, signup.day, standing_text(signup))


@once
@require_http_methods(["GET", "POST"])
def attend_day(request: SignedInRequest, slug: str) -> HttpResponse:
    signup = running_signup(request, slug)
    if not day_rules.may_attend(signup):
        raise Refused(_("You can do this on the day itself, once, when you have a place."), signup)
    form = fill(CodeForm, request)
    if form.is_valid():
        if refused := ratelimit.consume_or_429(request, **TRIES):
            return refused
        if enrolling.attend(signup, code=form.cleaned_data["code"]):
            return done(request, signup.day, _("Welcome! You are on the list of who was there."))
        form.add_error("code", _("This is not the code of today. Look at the screen, or ask the organiser."))
    words = {
        "title": _("I am here"),
        "lead": _("Then the organisers know who came. Afterwards we ask what you thought of it."),
        "button": _("I am here"),
    }
    return act(request, form, signup.day, **words)


@once
@require_http_methods(["GET", "POST"])
def day_feedback(request: SignedInRequest, slug: str) -> HttpResponse:
    signup = running_signup(request, slug)
    if not day_rules.may_give_feedback(signup):
        raise Refused(_("You have told us already, or you were not there."), signup)
    form = fill(FeedbackForm, request, instance=DayFeedback(day=signup.day))
    if form.is_valid():
        reviewing.give(signup, form.instance)
        return done(request, signup.day, _("Thank you. The organisers read it without your name."))
    words = {
        "title": _("What did you think of it?"),
        "lead": _("It is kept without your name. Others see the grade from five answers on."),
        "button": _("Send"),
    }
    return act(request, form, signup.day, **words)
