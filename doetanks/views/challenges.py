import uuid
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bwob import onward
from bwob.acting import act, done
from bwob.forms import ReasonForm, fill
from bwob.organisations.models import Region
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.web import require
from bwob.workflow import Refused
from doetanks import board as boards
from doetanks import hosting, progress, provenance, rules, submitting
from doetanks.forms import BoardForm, ChallengeForm, OpenForm
from doetanks.models import CafeQuestion, Challenge
from doetanks.views.acting import visible

WORK_FIRST = "First show where you work: verify your work address in your profile."


@login_not_required
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    public = Challenge.objects.visible_to(request.user).exclude(opened_at=None).exclude(is_hidden=True)
    regions = Region.objects.visible_to(request.user).filter(pk__in=public.values("region"))
    form = BoardForm(request.GET, regions=regions)
    wishes = form.wishes()
    context = {
        "form": form,
        "wishes": wishes,
        "groups": boards.groups(public, wishes),
        "is_narrowed": any(wishes.values()),
        "own": boards.own(request.user),
    }
    return render(request, "doetanks/board.html", context)


@login_not_required
@require_GET
def challenge(request: HttpRequest, slug: str) -> HttpResponse:
    shown = visible(request, slug)
    trials = list(shown.trials.visible_to(request.user).exclude(state="running"))
    origin = onward.origin(request.user, shown.came_from) if shown.came_from else None
    links = provenance.chain(shown, trials, origin)
    context = {
        "challenge": shown,
        "roles": shown.roles.all(),
        "trials": trials,
        "links": links,
        "width": provenance.width(links),
        "steps": progress.steps(shown),
        "clock": progress.clock(shown),
        "whose_turn": progress.whose_turn(shown),
        **_place_of(request.user, shown),
    }
    return render(request, "doetanks/challenge.html", context)


def _place_of(user: Any, shown: Challenge) -> dict[str, Any]:
    """What this person is here, and what he or she may do."""
    if not user.is_authenticated:
        return {"obstacle": "", "own": None}
    own = shown.participations.filter(person=user).running().first()
    coaches, decides = rules.coaches(user, shown), rules.decides(user, shown)
    is_member = own is not None and own.state == own.State.MEMBER
    return {
        "own": own,
        "coaches": coaches,
        "decides": decides,
        "may_work": coaches or is_member,
        "may_take": rules.may_take(user, shown),
        "may_edit": rules.may_edit(user, shown),
        "may_stop": rules.may_stop(user, shown),
        "may_offer_places": rules.may_offer_places(user, shown),
        "may_name_onward": rules.may_name_onward(user, shown),
        "may_surface": shown.is_hidden and (coaches or is_member),
        "obstacle": "" if own else rules.obstacle(user, shown),
        "moments": progress.moments(shown) if coaches or decides or is_member else [],
    }


@once
@require_http_methods(["GET", "POST"])
def submit(request: SignedInRequest) -> HttpResponse:
    require(rules.may_submit(request.user), _(WORK_FIRST))
    asked, origin = _question_of(request), _origin_of(request)
    start = {"question": asked.text} if asked else {}
    if origin:
        start = {"title": origin.title, "question": origin.text[:3000]}
    form = fill(ChallengeForm, request, initial=start)
    if form.is_valid():
        form.instance.came_from = origin.url if origin else ""
        submitting.submit(form.save(commit=False), form.cleaned_data["roles"], by=request.user)
        if asked:
            hosting.become(asked.key, form.instance)
        return done(request, form.instance, _("Your challenge has been submitted. A coach will read it."))
    context = {"form": form, "origin": origin}
    return render(request, "doetanks/submit.html", context, status=422 if form.errors else 200)


def _question_of(request: SignedInRequest) -> CafeQuestion | None:
    """The question of a café with which the form begins, if the address names one."""
    key = uuid_in(request.GET.get("vraag", ""))
    return CafeQuestion.objects.visible_to(request.user).filter(key=key).first() if key else None


def _origin_of(request: SignedInRequest) -> onward.Origin | None:
    """What another line offers to begin with, if the address names it."""
    found = onward.origin(request.user, request.GET.get("van", ""))
    return found if found and found.is_offered else None


def uuid_in(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@once
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = visible(request, slug)
    require(rules.may_edit(request.user, shown))
    form = fill(ChallengeForm, request, instance=shown)
    if form.is_valid():
        submitting.change(shown, form.cleaned_data["roles"], by=request.user)
        return done(request, shown, _("Your changes have been saved."))
    context = {"form": form, "challenge": shown}
    return render(request, "doetanks/submit.html", context, status=422 if form.errors else 200)


@once
@require_POST
def take(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = visible(request, slug)
    require(rules.is_coach(request.user))
    if not rules.decides(request.user, shown):
        submitting.take(shown, by=request.user)
        return done(request, shown, _("You do the intake. The commissioner gets a mail."))
    raise Refused(_("This is your own challenge. Another coach must take it."), shown)


@once
@require_http_methods(["GET", "POST"])
def open_up(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = visible(request, slug)
    require(rules.coaches(request.user, shown))
    _must_be_able(shown, Challenge.State.OPEN)
    form = fill(OpenForm, request)
    if form.is_valid():
        submitting.open_up(shown, by=request.user, hidden=form.cleaned_data["how"] == "hidden")
        return done(request, shown, _("It is open. The commissioner gets a mail."))
    return act(
        request,
        form,
        shown,
        title=_("Open this challenge"),
        lead=_("From now on people of other organisations can ask to join."),
        button=_("Open it"),
    )


@once
@require_http_methods(["GET", "POST"])
def stop(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = visible(request, slug)
    require(rules.coaches(request.user, shown) or rules.decides(request.user, shown))
    _must_be_able(shown, Challenge.State.STOPPED)
    form = fill(ReasonForm, request)
    if form.is_valid():
        submitting.stop(shown, by=request.user, reason=form.cleaned_data["reason"])
        return done(request, shown, _("Stopped. Everybody concerned gets a mail with your message."))
    return act(
        request,
        form,
        shown,
        title=_("Stop this challenge"),
        lead=_("It goes no further. Team and commissioner read your message."),
        button=_("Stop it"),
        is_final=True,
    )


def _must_be_able(shown: Challenge, target: str) -> None:
    if not shown.can_move_to(target):
        raise Refused(_("This has changed in the meantime, so that is no longer possible."), shown)


@once
@require_POST
def surface(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = visible(request, slug)
    require(rules.may_work(request.user, shown))
    submitting.surface(shown, by=request.user)
    return done(request, shown, _("It is public now: everybody can find it."))
