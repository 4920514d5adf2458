from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bwob.acting import act, done
from bwob.forms import ReasonForm, fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.privacy import reading
from bwob.web import require
from bwob.workflow import Refused
from doetanks import advancing, joining, progress, rules, signing, submitting
from doetanks.forms import JoinForm
from doetanks.models import Challenge, Participation
from doetanks.views.acting import visible, visible_participation

State = Participation.State


@once
@require_http_methods(["GET", "POST"])
def join(request: SignedInRequest, slug: str) -> HttpResponse:
    return _join(request, visible(request, slug))


@once
@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def invitation(request: SignedInRequest, token: str) -> HttpResponse:
    """As asking to join, for whoever holds the invitation; the only way into what is under the radar."""
    challenge = signing.challenge_of(token)
    if challenge is None:
        raise Http404
    return _join(request, challenge)


def _join(request: SignedInRequest, challenge: Challenge) -> HttpResponse:
    running = challenge.participations.filter(person=request.user).running().first()
    if running and request.method == "GET":
        return redirect(running)
    asking = Participation(challenge=challenge, person=request.user)
    form = fill(JoinForm, request, instance=asking)
    if form.is_valid():
        joining.ask(asking)
        return done(request, asking, _("The coach gets your request, and answers within two weeks."))
    context = {"challenge": challenge, "form": form, "obstacle": rules.obstacle(request.user, challenge)}
    return render(request, "doetanks/join.html", context, status=422 if form.errors else 200)


@require_GET
def participation(request: SignedInRequest, key: str) -> HttpResponse:
    shown = visible_participation(request, key)
    is_person, may_decide = rules.is_person(request.user, shown), rules.may_decide_on(request.user, shown)
    context = {
        "participation": shown,
        "challenge": shown.challenge,
        "is_person": is_person,
        "may_decide": may_decide,
        "moments": progress.moments(shown) if is_person or may_decide else [],
    }
    return render(request, "doetanks/participation.html", context)


@require_GET
def team(request: SignedInRequest, slug: str) -> HttpResponse:
    """The coach puts the team together here; members see who they work with."""
    shown = visible(request, slug)
    require(rules.may_work(request.user, shown))
    rows = list(shown.participations.visible_to(request.user).running().with_names().order_by("asked_at"))
    reading.record(request.user, rows, purpose=gettext_lazy("working in one Doetank"))
    is_coach = rules.coaches(request.user, shown)
    context = {
        "challenge": shown,
        "is_coach": is_coach,
        "members": [one for one in rows if one.state == State.MEMBER],
        "asking": [one for one in rows if one.waits_for_coach] if is_coach else [],
        "in_line": list(shown.participations.in_line().with_names()) if is_coach else [],
        "shortage": joining.shortage(shown) if shown.state == Challenge.State.OPEN else "",
        "invitation": request.build_absolute_uri(_invitation_path(shown)) if shown.is_joinable else "",
    }
    return render(request, "doetanks/team.html", context)


def _invitation_path(shown: Challenge) -> str:
    return redirect("doetanks:invitation", signing.invitation(shown)).url


@once
@require_POST
def renew_invitation(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = visible(request, slug)
    require(rules.coaches(request.user, shown))
    submitting.renew_invitation(shown, by=request.user)
    return done(request, _team_of(shown), _("There is a new invitation. The old one no longer works."))


@once
@require_POST
def complete(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = visible(request, slug)
    require(rules.coaches(request.user, shown))
    advancing.complete(shown, by=request.user)
    return done(request, shown, _("The team is complete. Everybody gets a mail."))


def _team_of(challenge: Challenge) -> str:
    return redirect("doetanks:team", challenge.slug).url


def acting_on(
    request: SignedInRequest, key: str, rule: Callable[[Any, Participation], bool], target: str
) -> Participation:
    """The participation, if the rule lets this person act and it can still move there; 404, 403 or 409."""
    shown = visible_participation(request, key)
    require(rule(request.user, shown))
    if not shown.can_move_to(target):
        raise Refused(_("This has changed in the meantime, so that is no longer possible."), shown)
    return shown


@once
@require_http_methods(["GET", "POST"])
def invite(request: SignedInRequest, key: str) -> HttpResponse:
    shown = acting_on(request, key, rules.may_decide_on, State.TALK)
    form = fill(ReasonForm, request)
    if form.is_valid():
        joining.invite(shown, by=request.user, reason=form.cleaned_data["reason"])
        return done(request, _team_of(shown.challenge), _("%s gets your invitation by mail.") % shown.person)
    return act(
        request,
        form,
        shown,
        title=_("Invite %s") % shown.person,
        lead=_("Write when and where you would like to talk."),
        button=_("Send the invitation"),
    )


@once
@require_http_methods(["GET", "POST"])
def accept(request: SignedInRequest, key: str) -> HttpResponse:
    shown = acting_on(request, key, rules.may_decide_on, State.MEMBER)
    form = fill(forms.Form, request)
    if form.is_valid():
        joining.accept(shown, by=request.user)
        return done(request, _team_of(shown.challenge), _("%s gets a mail about it.") % shown.person)
    return act(
        request,
        form,
        shown,
        title=_("Accept %s") % shown.person,
        lead=_("If the team is full, it becomes a place on the waiting list."),
        button=_("Accept"),
    )


@once
@require_http_methods(["GET", "POST"])
def refuse(request: SignedInRequest, key: str) -> HttpResponse:
    shown = acting_on(request, key, rules.may_decide_on, State.REFUSED)
    form = fill(ReasonForm, request)
    if form.is_valid():
        joining.refuse(shown, by=request.user, reason=form.cleaned_data["reason"])
        return done(request, _team_of(shown.challenge), _("%s gets your answer by mail.") % shown.person)
    return act(
        request,
        form,
        shown,
        title=_("Refuse %s") % shown.person,
        lead=_("Say why. The other reads it, and can learn from it."),
        button=_("Send the answer"),
        is_final=True,
    )


@once
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, key: str) -> HttpResponse:
    shown = acting_on(request, key, rules.is_person, State.WITHDRAWN)
    form = fill(ReasonForm, request, required=False)
    if form.is_valid():
        joining.withdraw(shown, reason=form.cleaned_data["reason"])
        return done(request, "dashboard", _("You have withdrawn. The coach gets a mail."))
    return act(
        request,
        form,
        shown,
        title=_("Withdraw your request"),
        lead=_("You can ask again as long as the team has not begun."),
        button=_("Withdraw"),
        is_final=True,
    )


@once
@require_http_methods(["GET", "POST"])
def leave(request: SignedInRequest, key: str) -> HttpResponse:
    shown = acting_on(request, key, rules.is_person, State.LEFT)
    form = fill(ReasonForm, request, required=False)
    if form.is_valid():
        joining.leave(shown, reason=form.cleaned_data["reason"])
        return done(request, "dashboard", _("You have left the team. The coach gets a mail."))
    return act(
        request,
        form,
        shown,
        title=_("Leave the team"),
        lead=_("Your place comes free. The workroom closes for you."),
        button=_("Leave"),
        is_final=True,
    )
