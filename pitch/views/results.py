from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from bwob import export
from bwob.acting import act as show_act
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.privacy import reading
from bwob.web import require
from bwob.workflow import Refused
from pitch import audience, charting, deliberating, opening, rules, wording
from pitch.forms import AnswerForm, DecisionForm, ObjectionForm
from pitch.models import Edition, Entry, Feedback, Objection, Result, Standing
from pitch.views.editions import visible as visible_edition
from pitch.views.entries import visible as visible_entry


def found(request: HttpRequest, slug: str) -> Result:
    """The result, if this person may see it yet; 404 otherwise, the same as where there is none."""
    edition = visible_edition(request, slug)
    rows = Result.objects.visible_to(request.user).select_related("edition__rules").defer("ballots_file")
    return get_object_or_404(rows.prefetch_related("edition__rules__criteria"), edition=edition)


def public(request: HttpRequest, slug: str) -> Result:
    """The result once everybody may see it."""
    result = found(request, slug)
    if not result.edition.shows_scores:
        raise Http404
    return result


@login_not_required
@require_GET
def result(request: HttpRequest, slug: str) -> HttpResponse:
    shown = found(request, slug)
    context = {
        "edition": shown.edition,
        "result": shown,
        "rows": rows_of(request, shown),
        "steps": wording.steps(shown.steps),
        "favourites": audience.outcome(shown.edition),
        "signed_by": opening.signed_by(),
        "is_public": shown.edition.shows_scores,
        "objections": Objection.objects.upheld_in(shown.edition) if shown.edition.shows_scores else [],
    }
    return render(request, "pitch/result.html", context)


def rows_of(request: HttpRequest, shown: Result) -> list[dict[str, Any]]:
    """The plans in the order of the count, with their total in words and the spread of their scores."""
    given = shown.edition.rules
    standings = Standing.objects.visible_to(request.user).filter(result=shown)
    feedback: dict[int, list[Feedback]] = {}
    for one in Feedback.objects.of_edition(shown.edition):
        feedback.setdefault(one.entry_id, []).append(one)
    return [
        {
            "standing": one,
            "entry": one.entry,
            "total": round(float(one.total), 2),
            "most": given.highest,
            "spreads": charting.spreads(given, feedback.get(one.entry_id, [])),
        }
        for one in standings.select_related("entry__organisation", "entry__edition")
    ]


@login_not_required
@require_GET
def ballots(request: HttpRequest, slug: str) -> HttpResponse:
    """The bytes that were hashed and signed at the opening; anybody recounts them with telling.py."""
    shown = public(request, slug)
    name = f"stembiljetten-{shown.edition.slug}.json"
    return HttpResponse(
        bytes(shown.ballots_file),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@login_not_required
@require_GET
def telling(request: HttpRequest) -> HttpResponse:
    """The recounter: one file that needs nothing but Python."""
    source = (Path(__file__).parent.parent / "telling.py").read_bytes()
    headers = {"Content-Disposition": 'attachment; filename="telling.py"'}
    return HttpResponse(source, content_type="text/x-python; charset=utf-8", headers=headers)


@login_not_required
@require_GET
def result_table(request: HttpRequest, slug: str) -> HttpResponse:
    """Places, totals and prizes as CSV."""
    shown = public(request, slug)
    standings = Standing.objects.visible_to(request.user).filter(result=shown).select_related("entry")
    head = [_("place"), _("plan"), _("name"), _("total"), _("prize")]
    rows = (
        [one.rank, one.entry.number, one.entry.title, round(float(one.total), 4), one.get_prize_display()]
        for one in standings
    )
    return export.as_csv(f"uitslag-{shown.edition.slug}", head, rows)


@once
@require_http_methods(["GET", "POST"])
def deliberation(request: SignedInRequest, slug: str) -> HttpResponse:
    """What the jury decides: the chair writes it down, with the count beside it."""
    edition = visible_edition(request, slug)
    require(rules.may_chair(request.user, edition), _("Only the chair writes down what the jury decides."))
    if edition.state != Edition.State.DELIBERATION:
        raise Refused(_("The jury is not deliberating now."), edition)
    shown = found(request, slug)
    plans = Entry.objects.visible_to(request.user).taking_part().filter(edition=edition).order_by("number")
    counted = deliberating.counted_winner(shown)
    form = fill(DecisionForm, request, plans=plans, counted=counted, initial={"winner": counted})
    if form.is_valid():
        facts = form.cleaned_data | {"honourable": list(form.cleaned_data["honourable"])}
        deliberating.decide(edition, by=request.user, **facts)
        messages.success(request, _("The result is fixed. Publish it when you are ready."))
        return redirect("pitch:office", edition.slug)
    context = {"edition": edition, "form": form, "rows": rows_of(request, shown), "result": shown}
    return render(request, "pitch/deliberation.html", context, status=422 if form.errors else 200)


@require_GET
def outcome(request: SignedInRequest, key: str) -> HttpResponse:
    """The team's own page: its scores on each criterion and what the jury wrote, without names."""
    shown = visible_entry(request, key)
    require(rules.may_read_outcome(request.user, shown), _("Only the team sees its own scores."))
    feedback = list(Feedback.objects.visible_to(request.user).filter(entry=shown))
    context = {
        "entry": shown,
        "edition": shown.edition,
        "standing": getattr(shown, "standing", None),
        "spreads": charting.spreads(shown.edition.rules, feedback),
        "motivations": [one.motivation for one in feedback if one.motivation],
        "may_object": rules.may_object(request.user, shown),
        "objections": Objection.objects.visible_to(request.user).filter(entry=shown),
    }
    return render(request, "pitch/outcome.html", context)


@once
@require_http_methods(["GET", "POST"])
def raise_objection(request: SignedInRequest, key: str) -> HttpResponse:
    shown = visible_entry(request, key)
    require(rules.may_object(request.user, shown), _("You cannot object to this result."))
    objection = Objection(entry=shown)
    form = fill(ObjectionForm, request, instance=objection)
    if form.is_valid():
        deliberating.take_objection(objection, by=request.user)
        messages.success(
            request, _("Your objection has been sent to the chair, who answers within four weeks.")
        )
        return redirect("pitch:outcome", shown.key)
    lead = _("Tell which rule was not followed. The chair answers; the answer is public if you are right.")
    title, button = _("Object to the result"), _("Send the objection")
    return show_act(request, form, shown, title=title, lead=lead, button=button)


@once
@require_http_methods(["GET", "POST"])
def answer_objection(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = Objection.objects.visible_to(request.user).select_related("entry__edition", "raised_by")
    objection = get_object_or_404(rows, pk=pk)
    edition = objection.entry.edition
    require(rules.may_chair(request.user, edition), _("Only the chair answers objections."))
    reading.record(request.user, [objection], purpose=gettext_lazy("answering an objection"))
    form = fill(AnswerForm, request)
    if form.is_valid():
        upheld = form.cleaned_data["ruling"] == "uphold"
        deliberating.answer(objection, upheld=upheld, text=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The team gets your answer by mail."))
        return redirect("pitch:office", edition.slug)
    context = {"form": form, "objection": objection, "edition": edition}
    return render(request, "pitch/answer_objection.html", context, status=422 if form.errors else 200)
