from typing import Any, NoReturn

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.web import require
from pitch import inviting, judging, queueing, recusing, rules, showing, wording
from pitch.forms import BallotForm, InterestForm
from pitch.models import Assignment, Edition, Juror
from pitch.views.editions import visible


def judged(request: SignedInRequest, slug: str) -> Edition:
    """The edition, for its jury; a stranger learns only what everybody may see of it."""
    found = visible(request, slug)
    require(rules.is_juror(request.user, found), _("Only members of the jury can come here."))
    return found


def to_judge(request: SignedInRequest, slug: str, number: int) -> Assignment:
    """A plan on the own pile; 404 for every other, and as soon as the member stands aside.

    One look for who has it: many hand in at once. Only who has not, is told whether the edition is there.
    """
    return queueing.on_own_pile(request.user, slug, number) or nobody_here(request, slug)


def nobody_here(request: SignedInRequest, slug: str) -> NoReturn:
    judged(request, slug)
    raise Http404


@once
@require_http_methods(["GET", "POST"])
def invitation(request: SignedInRequest, key: str) -> HttpResponse:
    """Whoever has the link from the mail may answer it: the key in the address is the proof."""
    juror = get_object_or_404(Juror.objects.invited_with(key))
    form = fill(forms.Form, request)
    if form.is_valid():
        if "decline" in request.POST:
            inviting.decline(juror, by=request.user)
            messages.success(request, _("You have declined. The secretary gets a mail."))
            return redirect(juror.edition)
        inviting.accept(juror, by=request.user)
        messages.success(request, _("You are in the jury now."))
        return redirect("pitch:queue", juror.edition.slug)
    obstacle = inviting.cannot_judge(request.user, juror.edition)
    context = {"juror": juror, "edition": juror.edition, "obstacle": obstacle}
    return render(request, "pitch/invitation.html", context)


@require_GET
def queue(request: SignedInRequest, slug: str) -> HttpResponse:
    edition = judged(request, slug)
    context = {"edition": edition, **progress(request, edition)}
    return render(request, "pitch/queue.html", context)


def progress(request: SignedInRequest, edition: Edition) -> dict[str, Any]:
    """The pile with how far it is, as the queue, the judging page and the receipt show it."""
    found = queueing.tasks(request.user, edition)
    done = sum(task.step == "done" for task in found)
    return {
        "tasks": found,
        "done": done,
        "left": len(found) - done,
        "until": wording.moment_text(edition.judging_closes_at),
    }


@require_http_methods(["GET", "POST"])
def judge(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """One plan beside its criteria. The form has no key that would keep its text over a sign-in: scores
    may rest nowhere but in the encrypted draft, which each post saves.
    """
    if request.method == "POST":
        return post(request, queueing.place_on_pile(request.user, slug, number) or nobody_here(request, slug))
    assignment = to_judge(request, slug, number)
    form = BallotForm(rules=assignment.edition.rules, initial=begun(assignment))
    return ballot_page(request, assignment, form)


def begun(assignment: Assignment) -> dict[str, Any]:
    draft = judging.draft_of(assignment)
    scores = {f"score_{key}": score for key, score in draft.get("scores", {}).items()}
    return {**scores, "motivation": draft.get("motivation", ""), "saved_at": draft.get("saved_at")}


def post(request: SignedInRequest, place: judging.Place) -> HttpResponse:
    """Keep what was filled in, then do what was asked: report a tie, keep for later, or cast."""
    if not place.takes_ballots:
        raise judging.refused(place, _("The jury is not judging now. Nothing was stored."))
    if request.POST.get("interest") == "yes":
        return redirect("pitch:declare", place.slug, place.plan)
    rules = judging.paper(place.edition, place.since).rules
    form = BallotForm(request.POST, rules=rules, is_draft="save" in request.POST)
    is_valid = form.is_valid()
    facts = {"scores": form.scores(), "motivation": form.cleaned_data.get("motivation", "")}
    if is_valid and "save" not in request.POST:
        return put_in_box(request, place, facts)
    judging.save_draft(place.assignment, **facts)
    if is_valid:
        messages.success(request, _("Your draft has been saved. Only you can read it."))
        return redirect("pitch:judge", place.slug, place.plan)
    return ballot_page(request, to_judge(request, place.slug, place.plan), form)


def put_in_box(request: SignedInRequest, place: judging.Place, facts: dict[str, Any]) -> HttpResponse:
    seen = request.POST.get("after", "")
    after = int(seen) if seen.isdecimal() and len(seen) < 5 else 0
    judging.cast(place, after=after, **facts)
    return redirect("pitch:receipt", place.slug, place.plan)


def ballot_page(request: SignedInRequest, assignment: Assignment, form: BallotForm) -> HttpResponse:
    edition, entry = assignment.edition, assignment.entry
    last = queueing.last_ballot(assignment)
    context = {
        "edition": edition,
        "entry": entry,
        "text": showing.text_of(entry),
        "form": form,
        "saved_at": form.initial.get("saved_at"),
        "rows": [{"criterion": one, "field": form[form.name_of(one)]} for one in form.criteria],
        "after": last.revision if last else 0,
        "last": last,
        "is_open": edition.takes_ballots,
        **progress(request, edition),
    }
    return render(request, "pitch/judge.html", context, status=422 if form.errors else 200)


@require_GET
def receipt(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    assignment = to_judge(request, slug, number)
    edition = assignment.edition
    last = queueing.last_ballot(assignment)
    if last is None:
        raise Http404
    facts = progress(request, edition)
    context = {
        "edition": edition,
        "entry": assignment.entry,
        "text": showing.text_of(assignment.entry),
        "ballot": last,
        "next": queueing.following(facts["tasks"], number),
        **facts,
    }
    return render(request, "pitch/receipt.html", context)


@once
@require_http_methods(["GET", "POST"])
def declare(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    assignment = to_judge(request, slug, number)
    edition = assignment.edition
    form = fill(InterestForm, request)
    if form.is_valid():
        recusing.declare(assignment.seat.juror, assignment.entry, **form.cleaned_data)
        messages.success(request, _("Thank you. You no longer see this plan; the secretary rules on it."))
        return redirect("pitch:queue", edition.slug)
    title = showing.text_of(assignment.entry).title
    context = {"form": form, "edition": edition, "entry": assignment.entry, "title": title}
    return render(request, "pitch/declare.html", context, status=422 if form.errors else 200)
