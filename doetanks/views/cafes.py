from typing import Any

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bwob import calendars
from bwob.acting import act, done
from bwob.forms import ReasonForm, fill, numbers
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.privacy import reading
from bwob.web import require
from doetanks import hosting, rules
from doetanks.forms import CafeForm, CodeForm, QuestionForm
from doetanks.models import Cafe, CafeQuestion, Challenge
from doetanks.views.acting import BOARD

TRIES: dict[str, Any] = {"app": "doetanks", "action": "attend", "config": {"attend": "10/h/user"}}


def of(request: HttpRequest, slug: str) -> Cafe:
    return get_object_or_404(Cafe.objects.visible_to(request.user).select_related("organiser"), slug=slug)


@login_not_required
@require_GET
def cafes(request: HttpRequest) -> HttpResponse:
    visible = Cafe.objects.visible_to(request.user)
    context = {
        "coming": visible.coming()[:50],
        "past": visible.past()[:20],
        "may_host": request.user.is_authenticated and rules.may_host(request.user),
    }
    return render(request, "doetanks/cafes.html", context)


@login_not_required
@require_GET
def cafe(request: HttpRequest, slug: str) -> HttpResponse:
    shown, user = of(request, slug), request.user
    organises = user.is_authenticated and shown.organiser_id == user.pk
    own = shown.signups.filter(person=user).running().first() if user.is_authenticated else None
    guests = list(shown.signups.visible_to(user).expected().select_related("person")) if organises else []
    if organises:
        reading.record(user, guests, purpose=gettext_lazy("organising a café"))
    context = {
        "cafe": shown,
        "own": own,
        "organises": organises,
        "guests": guests,
        "may_tick": organises and (shown.is_door_open or shown.has_begun),
        "questions": shown.questions.all(),
        "told": set(_visible_challenges(request)),
        "may_come": rules.works_somewhere(user),
    }
    return render(request, "doetanks/cafe.html", context)


def _visible_challenges(request: HttpRequest) -> Any:
    """A question may have become something that is under the radar."""
    return (
        Challenge.objects.visible_to(request.user)
        .filter(from_cafes__isnull=False)
        .values_list("pk", flat=True)
    )


@once
@require_http_methods(["GET", "POST"])
def plan_cafe(request: SignedInRequest) -> HttpResponse:
    require(rules.may_host(request.user), _("Coaches and the programme office plan cafés."))
    form = fill(CafeForm, request)
    if form.is_valid():
        made = form.save(commit=False)
        hosting.plan(made, by=request.user)
        return done(request, made, _("The café is planned. Everybody can sign up."))
    title = _("Plan a café")
    return act(request, form, BOARD, title=title, lead=_("On site, online or both."), button=_("Plan it"))


@once
@require_http_methods(["GET", "POST"])
def cancel_cafe(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = of(request, slug)
    require(shown.organiser_id == request.user.pk)
    form = fill(ReasonForm, request)
    if form.is_valid():
        hosting.cancel(shown, by=request.user, reason=form.cleaned_data["reason"])
        return done(request, shown, _("Cancelled. Everybody who would come gets a mail."))
    words: dict[str, Any] = {
        "title": _("Cancel this café"),
        "lead": shown.title,
        "button": _("Cancel it"),
        "is_final": True,
    }
    return act(request, form, shown, **words)


@once
@require_POST
def come(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = of(request, slug)
    require(rules.works_somewhere(request.user), _("First verify your work address in your profile."))
    signup = hosting.sign_up(shown, person=request.user)
    is_in = signup.state == signup.State.COMING
    return done(request, shown, _("You are on the list.") if is_in else _("It is full: you are waiting."))


@once
@require_POST
def stay_away(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = of(request, slug)
    hosting.sign_off(shown, person=request.user)
    return done(request, shown, _("You are off the list."))


@once
@require_http_methods(["GET", "POST"])
def attend(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = of(request, slug)
    require(rules.works_somewhere(request.user), _("First verify your work address in your profile."))
    form = fill(CodeForm, request)
    if form.is_valid():
        if refused := ratelimit.consume_or_429(request, **TRIES):
            return refused
        hosting.attend(shown, person=request.user, code=form.cleaned_data["code"])
        return done(request, shown, _("Good that you are here."))
    lead = _("The code hangs on the wall, or stands on the screen.")
    return act(request, form, shown, title=_("I am here"), lead=lead, button=_("I am here"))


@once
@require_POST
def tick_guests(request: SignedInRequest, slug: str) -> HttpResponse:
    """For whom the code on the wall did not work."""
    shown = of(request, slug)
    require(shown.organiser_id == request.user.pk)
    hosting.tick(shown, numbers(request.POST.getlist("present")), by=request.user)
    return done(request, shown, _("Saved who was there."))


@once
@require_http_methods(["GET", "POST"])
def ask_question(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = of(request, slug)
    require(rules.works_somewhere(request.user), _("First verify your work address in your profile."))
    form = fill(QuestionForm, request, instance=CafeQuestion(cafe=shown))
    if form.is_valid():
        hosting.leave_question(form.save(commit=False), by=request.user)
        return done(request, shown, _("Your question stands on the page, without your name."))
    lead = _("Everybody can read it. Who decides on it can make it a challenge.")
    return act(request, form, shown, title=_("Leave a question"), lead=lead, button=_("Leave it"))


@login_not_required
@require_GET
def cafe_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """For one's calendar; the address of the call only for who is on the list."""
    shown = of(request, slug)
    user = request.user
    comes = user.is_authenticated and shown.signups.filter(person=user).expected().exists()
    text = shown.call if comes else ""
    return calendars.as_ics(
        "cafe",
        calendars.event(
            f"cafe-{shown.slug}",
            shown.title,
            shown.starts_at,
            shown.ends_at,
            where=shown.where_text,
            text=text,
        ),
    )
