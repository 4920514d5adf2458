from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bwob import calendars
from bwob.acting import act, done
from bwob.forms import ReasonForm, fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.privacy import reading
from bwob.web import require
from doetanks import advancing, phases, progress, rules, toolbox, uploads, working
from doetanks.forms import ActionForm, MeetingForm, NoteForm, UploadForm, YieldsForm
from doetanks.models import Action, Challenge, File, Meeting, Note
from doetanks.views.acting import visible


def workroom_of(challenge: Challenge) -> str:
    return redirect("doetanks:workroom", challenge.slug).url


def of_team(request: SignedInRequest, slug: str) -> Challenge:
    """The challenge, for whoever is in its team; 404 or 403 otherwise."""
    shown = visible(request, slug)
    require(rules.may_work(request.user, shown))
    return shown


@require_GET
def workroom(request: SignedInRequest, slug: str) -> HttpResponse:
    """A statement for each kind of paper on the table: more than other pages, and the same however full."""
    shown = of_team(request, slug)
    members = list(shown.participations.members().with_names().order_by("asked_at"))
    reading.record(request.user, members, purpose=gettext_lazy("working in one Doetank"))
    points = phases.CHECKLIST.get(shown.state, [])
    context = {
        "challenge": shown,
        "is_coach": rules.coaches(request.user, shown),
        "steps": progress.steps(shown),
        "whose_turn": progress.whose_turn(shown),
        "points": points,
        "ticked": set(shown.ticks.values_list("point", flat=True)),
        "may_go_back": shown.state in phases.BACK,
        "members": members,
        "tools": toolbox.tools(shown.state),
        **_papers(shown),
    }
    return render(request, "doetanks/workroom.html", context)


def _papers(shown: Challenge) -> dict[str, Any]:
    """What lies in the room. Five queries."""
    notes = list(shown.notes.select_related("author"))
    return {
        "actions": list(shown.actions.select_related("owner")),
        "log": [note for note in notes if note.kind == Note.Kind.LOG],
        "decisions": [note for note in notes if note.kind == Note.Kind.DECISION],
        "meetings": list(shown.meetings.all()),
        "files": list(shown.files.select_related("uploaded_by").defer("content")),
        "trials": list(shown.trials.all()),
    }


def _add(request: SignedInRequest, form: Any, shown: Challenge, title: str, sentence: str) -> HttpResponse:
    """The page on which something is put into the room."""
    working.must_be_open(shown)
    if form.is_valid():
        working.add(form.save(commit=False), by=request.user)
        return done(request, workroom_of(shown), sentence)
    return act(request, form, shown, title=title, lead=shown.title, button=_("Save"))


@once
@require_http_methods(["GET", "POST"])
def add_action(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = of_team(request, slug)
    people = [one.person for one in shown.participations.members().select_related("person")]
    people += [shown.coach] if shown.coach else []
    form = fill(ActionForm, request, instance=Action(challenge=shown), people=people)
    return _add(request, form, shown, _("Add an action"), _("The action is in the plan."))


@once
@require_http_methods(["GET", "POST"])
def add_note(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = of_team(request, slug)
    form = fill(NoteForm, request, instance=Note(challenge=shown))
    return _add(request, form, shown, _("Write in the log"), _("It is in the log."))


@once
@require_http_methods(["GET", "POST"])
def add_meeting(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = of_team(request, slug)
    form = fill(MeetingForm, request, instance=Meeting(challenge=shown))
    return _add(request, form, shown, _("Plan a meeting"), _("The meeting is planned."))


@once
@require_POST
def finish_action(request: SignedInRequest, number: int) -> HttpResponse:
    rows = Action.objects.visible_to(request.user).select_related("challenge")
    action = get_object_or_404(rows, pk=number)
    working.finish(action)
    return redirect("doetanks:workroom", action.challenge.slug)


@require_GET
def meeting(request: SignedInRequest, key: str) -> HttpResponse:
    rows = Meeting.objects.visible_to(request.user).select_related("challenge")
    shown = get_object_or_404(rows, key=key)
    title = f"{shown.title} ({shown.challenge.title})"
    return calendars.as_ics(
        "bijeenkomst",
        calendars.event(shown.key, title, shown.starts_at, shown.ends_at, where=shown.where),
    )


@once
@require_http_methods(["GET", "POST"])
def upload(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = of_team(request, slug)
    working.must_be_open(shown)
    form = fill(UploadForm, request)
    if form.is_valid():
        working.keep(form.record(shown), by=request.user)
        return done(request, workroom_of(shown), _("The file is in the workroom."))
    return act(request, form, shown, title=_("Add a file"), lead=shown.title, button=_("Add"))


@require_GET
def file(request: SignedInRequest, key: str) -> HttpResponse:
    """Always as a download, under the type of what was found in it."""
    shown = get_object_or_404(File.objects.visible_to(request.user), key=key)
    response = HttpResponse(bytes(shown.content), content_type=uploads.TYPES[shown.kind])
    response.headers["Content-Disposition"] = uploads.attachment(shown.name)
    return response


@once
@require_POST
def remove_file(request: SignedInRequest, key: str) -> HttpResponse:
    rows = File.objects.visible_to(request.user).select_related("challenge").defer("content")
    shown = get_object_or_404(rows, key=key)
    working.remove(shown)
    return done(request, workroom_of(shown.challenge), _("The file is gone."))


@once
@require_POST
def tick(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = visible(request, slug)
    require(rules.coaches(request.user, shown))
    advancing.tick(shown, set(request.POST.getlist("point")))
    if "advance" in request.POST:
        advancing.advance(shown, by=request.user)
        return done(request, workroom_of(shown), _("On to the next phase. The team gets a mail."))
    return done(request, workroom_of(shown), _("The list has been saved."))


@once
@require_http_methods(["GET", "POST"])
def go_back(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = visible(request, slug)
    require(rules.coaches(request.user, shown))
    form = fill(ReasonForm, request)
    if form.is_valid():
        advancing.go_back(shown, by=request.user, reason=form.cleaned_data["reason"])
        return done(request, workroom_of(shown), _("Back one phase. The team gets a mail."))
    lead = _("That is no shame: say what you learnt.")
    return act(request, form, shown, title=_("Back to the phase before"), lead=lead, button=_("Go back"))


@once
@require_http_methods(["GET", "POST"])
def deliver(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = visible(request, slug)
    require(rules.coaches(request.user, shown))
    form = fill(YieldsForm, request)
    if form.is_valid():
        advancing.deliver(shown, by=request.user, yields=form.cleaned_data["yields"])
        return done(request, shown, _("Delivered. The commissioner has six weeks from now."))
    lead = _("From now on the page shows the clock of the commissioner.")
    return act(request, form, shown, title=_("Deliver"), lead=lead, button=_("Deliver"))
