from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bwob.acting import act as show_act
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.web import require
from pitch import realising, rules
from pitch.forms import MilestoneForm, RealisationForm, ReasonForm, ReportForm
from pitch.models import Realisation
from pitch.views.entries import of_own_team
from pitch.views.entries import visible as visible_entry


def carried_out(request: HttpRequest, key: str) -> Realisation:
    entry = visible_entry(request, key)
    rows = Realisation.objects.visible_to(request.user).with_names()
    return get_object_or_404(rows, entry=entry)


def to_report(request: SignedInRequest, key: str) -> Realisation:
    found = carried_out(request, key)
    require(rules.may_report(request.user, found.entry), _("Only the team tells how its plan goes."))
    return found


@login_not_required
@require_GET
def realisation(request: HttpRequest, key: str) -> HttpResponse:
    shown = carried_out(request, key)
    is_running = shown.state == Realisation.State.RUNNING
    context = {
        "realisation": shown,
        "entry": shown.entry,
        "edition": shown.entry.edition,
        "milestones": shown.milestones.all(),
        "reports": shown.reports.all(),
        "may_report": is_running and rules.may_report(request.user, shown.entry),
        "may_stop": is_running and rules.may_manage(request.user, shown.entry.edition),
    }
    return render(request, "pitch/realisation.html", context)


@once
@require_http_methods(["GET", "POST"])
def start_realisation(request: SignedInRequest, key: str) -> HttpResponse:
    entry = visible_entry(request, key)
    require(rules.may_manage(request.user, entry.edition), _("Only who leads this edition can do this."))
    started = Realisation(entry=entry)
    form = fill(RealisationForm, request, instance=started)
    if form.is_valid():
        realising.start(started, by=request.user)
        messages.success(request, _("Everybody can now follow how this plan is carried out."))
        return redirect(started)
    title, button = _("Have this plan carried out"), _("Start")
    lead = _("Name the organisation that makes time and money free.")
    return show_act(request, form, entry, title=title, lead=lead, button=button)


@once
@require_http_methods(["GET", "POST"])
def report(request: SignedInRequest, key: str) -> HttpResponse:
    shown = to_report(request, key)
    form = fill(ReportForm, request)
    if form.is_valid():
        realising.report(shown, by=request.user, **form.cleaned_data)
        messages.success(request, _("Thank you. Everybody can read it."))
        return redirect(shown)
    title, button = _("Tell how it goes"), _("Publish")
    lead = _("A few sentences each quarter. Also when it goes slower: others learn from that.")
    return show_act(request, form, shown, title=title, lead=lead, button=button)


@once
@require_http_methods(["GET", "POST"])
def add_milestone(request: SignedInRequest, key: str) -> HttpResponse:
    shown = to_report(request, key)
    form = fill(MilestoneForm, request)
    if form.is_valid():
        realising.add_milestone(shown, **form.cleaned_data)
        messages.success(request, _("The milestone has been added."))
        return redirect(shown)
    title, button = _("Add a milestone"), _("Add")
    return show_act(request, form, shown, title=title, lead="", button=button)


@once
@require_POST
def reach_milestone(request: SignedInRequest, key: str, pk: int) -> HttpResponse:
    shown = to_report(request, key)
    milestone = get_object_or_404(shown.milestones.select_related("realisation"), pk=pk)
    realising.reach(milestone)
    messages.success(request, _("Reached: %s.") % milestone.title)
    return redirect(shown)


@once
@require_http_methods(["GET", "POST"])
def end_realisation(request: SignedInRequest, key: str) -> HttpResponse:
    """Carried out, or stopped with a reason."""
    shown = to_report(request, key)
    require(
        rules.may_manage(request.user, shown.entry.edition), _("Only who leads this edition can do this.")
    )
    form = fill(ReasonForm, request)
    if form.is_valid():
        finish(request, shown, form.cleaned_data["reason"])
        return redirect(shown)
    title, button = _("Stop this plan"), _("Stop")
    lead = _("Tell openly why: others learn from it.")
    return show_act(request, form, shown, title=title, lead=lead, button=button, is_final=True)


def finish(request: SignedInRequest, shown: Realisation, reason: str) -> None:
    realising.stop(shown, by=request.user, reason=reason)
    messages.success(request, _("The plan has been stopped, and everybody can read why."))


@once
@require_POST
def finish_realisation(request: SignedInRequest, key: str) -> HttpResponse:
    shown: Any = to_report(request, key)
    require(
        rules.may_manage(request.user, shown.entry.edition), _("Only who leads this edition can do this.")
    )
    realising.finish(shown, by=request.user)
    messages.success(request, _("The plan has been carried out. Well done."))
    return redirect(shown)


@once
@require_POST
def offer_on(request: SignedInRequest, key: str) -> HttpResponse:
    """The team offers its plan to who can use it elsewhere, or takes that back."""
    shown = of_own_team(request, key)
    require(rules.may_offer_on(request.user, shown), _("Only the team of a plan that did not win does this."))
    if "undo" in request.POST:
        realising.take_back(shown, by=request.user)
    else:
        realising.offer_on(shown, by=request.user)
        messages.success(
            request, _("Your plan is offered on. Whoever takes it up names it as the beginning.")
        )
    return redirect(shown)
