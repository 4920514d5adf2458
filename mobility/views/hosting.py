"""Career days as who organises them sees them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bwob import seating
from bwob.acting import act, done
from bwob.forms import ReasonForm, fill, numbers
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.privacy import reading
from bwob.web import require
from bwob.workflow import Refused
from mobility import day_rules, hosting
from mobility.day_forms import CareerDayForm
from mobility.models import CareerDay, Signup
from mobility.views.days import visible_day


def managed_day(request: SignedInRequest, slug: str) -> CareerDay:
    """The day that this person organises; 404 for who may not see it, 403 for others."""
    day = visible_day(request, slug)
    require(day_rules.may_manage_day(request.user, day))
    return day


@once
@require_http_methods(["GET", "POST"])
def write_day(request: SignedInRequest) -> HttpResponse:
    sentence = _("HR, managers and the programme office organise career days.")
    require(day_rules.may_organise(request.user), sentence)
    form = fill(CareerDayForm, request, user=request.user)
    if form.is_valid():
        hosting.write(form.instance, form.cleaned_data["programme"], by=request.user)
        told = _("Saved as a draft. Look it over, and publish it when it is right.")
        return done(request, form.instance, told)
    return render(request, "mobility/write_day.html", {"form": form}, status=422 if form.errors else 200)


@once
@require_http_methods(["GET", "POST"])
def edit_day(request: SignedInRequest, slug: str) -> HttpResponse:
    day = managed_day(request, slug)
    if not day_rules.can_change_day(day):
        raise Refused(_("This day can no longer be changed."), day)
    form = fill(CareerDayForm, request, instance=day, user=request.user)
    if form.is_valid():
        hosting.change(day, form.cleaned_data["programme"], by=request.user)
        return done(request, day, _("Your changes have been saved."))
    context = {"form": form, "day": day}
    return render(request, "mobility/write_day.html", context, status=422 if form.errors else 200)


@once
@require_POST
def publish_day(request: SignedInRequest, slug: str) -> HttpResponse:
    day = managed_day(request, slug)
    hosting.publish(day, by=request.user)
    return done(request, day, _("It is public now: everybody can sign up."))


@once
@require_http_methods(["GET", "POST"])
def cancel_day(request: SignedInRequest, slug: str) -> HttpResponse:
    day = managed_day(request, slug)
    if not day_rules.can_change_day(day):
        raise Refused(_("This day can no longer be changed."), day)
    form = fill(ReasonForm, request)
    if form.is_valid():
        hosting.cancel(day, by=request.user, reason=form.cleaned_data["reason"])
        return done(request, day, _("Cancelled. Everybody who had signed up gets a mail."))
    words = {
        "title": _("Cancel this day"),
        "lead": _("Everybody who has a place or waits for one gets a mail with your message."),
        "button": _("Cancel this day"),
    }
    return act(request, form, day, is_final=True, **words)


@require_GET
def day_signups(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who comes; each of them can see who looked."""
    day = managed_day(request, slug)
    signups = list(Signup.objects.visible_to(request.user).filter(day=day).with_names().order_by("number"))
    running = [signup for signup in signups if signup.is_running]
    reading.record(request.user, running, purpose=gettext_lazy("organising a career day"))
    context = {
        "day": day,
        "seated": [one for one in running if one.state == Signup.State.SEATED],
        "waiting": [one for one in running if one.state != Signup.State.SEATED],
        "may_tick": day.is_today or day.is_held,
    }
    return render(request, "mobility/day_signups.html", context)


@once
@require_POST
def tick_day(request: SignedInRequest, slug: str) -> HttpResponse:
    """For whom the code in the room did not work."""
    day = managed_day(request, slug)
    seating.tick(day, numbers(request.POST.getlist("present")), by=request.user)
    messages.success(request, _("Saved who was there."))
    return redirect("mobility:day_signups", slug)
