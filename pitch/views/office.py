from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bwob.acting import act as show_act
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.privacy import reading
from bwob.web import require
from bwob.workflow import Refused
from pitch import admitting, blinding, inviting, leading, phases, recusing, rules, secretariat
from pitch.forms import AddressForm, AdmissionForm, BlindForm, ExtensionForm, ReasonForm, RulingForm
from pitch.models import BlindVersion, Conflict, Edition, Entry, Juror
from pitch.models.entries import TEXTS
from pitch.views.editions import visible

PURPOSE = gettext_lazy("leading an edition of PITCH")


def managed(request: SignedInRequest, slug: str) -> Edition:
    """The edition, for who leads it; 403 for everybody else who may see it."""
    found = visible(request, slug)
    require(rules.may_manage(request.user, found), _("Only who leads this edition can come here."))
    return found


def kept(request: SignedInRequest, slug: str) -> Edition:
    """The edition, for its secretary."""
    found = visible(request, slug)
    require(rules.may_keep(request.user, found), _("Only the secretary of this edition can do this."))
    return found


def plan_to_rule(request: SignedInRequest, key: str) -> Entry:
    """A plan that came in, for the secretary of its edition."""
    rows = Entry.objects.visible_to(request.user).with_names().select_related("blind")
    found = get_object_or_404(rows, key=key)
    require(rules.may_keep(request.user, found.edition), _("Only the secretary of this edition can do this."))
    return found


@require_GET
def office(request: SignedInRequest, slug: str) -> HttpResponse:
    """The secretariat: what waits, who is in the jury, how far it is. Never a score."""
    shown = managed(request, slug)
    jurors = list(Juror.objects.visible_to(request.user).filter(edition=shown).with_names())
    conflicts = list(Conflict.objects.visible_to(request.user).filter(juror__edition=shown).with_names())
    reading.record(request.user, [*jurors, *conflicts], purpose=PURPOSE)
    context = {
        "edition": shown,
        "acts": phases.open_to(request.user, shown),
        "may_keep": rules.may_keep(request.user, shown),
        "may_chair": rules.may_chair(request.user, shown),
        "plans": Entry.objects.managed_by(request.user).filter(edition=shown).select_related("organisation"),
        "jury": secretariat.jury(shown, jurors, conflicts),
        "conflicts": [one for one in conflicts if one.state == Conflict.State.OPEN],
        "holders": secretariat.holders(shown),
        "lock": getattr(shown, "lock", None),
        "objections": secretariat.objections(shown),
        "turnout": secretariat.turnout(shown),
    }
    return render(request, "pitch/office.html", context)


@once
@require_http_methods(["GET", "POST"])
def move(request: SignedInRequest, slug: str, word: str) -> HttpResponse:
    """One act on the whole edition: the page that explains it, and the act."""
    shown, act = managed(request, slug), phases.named(word)
    if act is None:
        raise Http404
    require(act.may(request.user, shown), _("Somebody else leads this step."))
    if shown.state not in act.states or not phases.suits(act, shown):
        raise Refused(_("This has changed in the meantime, so that is no longer possible."), shown)
    form = fill(ReasonForm if act.asks_reason else forms.Form, request)
    if form.is_valid():
        act.run(shown, by=request.user, **form.cleaned_data)
        messages.success(request, str(act.done))
        return redirect("pitch:office", shown.slug)
    return show_act(
        request, form, shown, title=act.title, lead=act.lead, button=act.title, is_final=act.is_final
    )


@once
@require_http_methods(["GET", "POST"])
def extend(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = managed(request, slug)
    require(rules.may_chair(request.user, shown), _("Only the chair can give more time."))
    form = fill(ExtensionForm, request)
    if form.is_valid():
        leading.extend(shown, by=request.user, **form.cleaned_data)
        messages.success(request, _("The jury has more time, and hears why."))
        return redirect("pitch:office", shown.slug)
    title, button = _("Give the jury more time"), _("Give more time")
    return show_act(request, form, shown, title=title, lead="", button=button)


@once
@require_http_methods(["GET", "POST"])
def admit(request: SignedInRequest, key: str) -> HttpResponse:
    shown = plan_to_rule(request, key)
    form = fill(AdmissionForm, request)
    if form.is_valid():
        rule_on(shown, request.user, **form.cleaned_data)
        messages.success(request, _("The team gets your ruling by mail."))
        return redirect("pitch:office", shown.edition.slug)
    context = {
        "form": form,
        "entry": shown,
        "edition": shown.edition,
        "names": blinding.found(getattr(shown, "blind", shown), blinding.names_of(shown)),
        "blind": getattr(shown, "blind", None),
    }
    return render(request, "pitch/admit.html", context, status=422 if form.errors else 200)


def rule_on(shown: Entry, user: Any, *, ruling: str, reason: str) -> None:
    if ruling == "admit":
        admitting.admit(shown, by=user)
    elif ruling == "send_back":
        admitting.send_back(shown, by=user, reason=reason)
    else:
        admitting.reject(shown, by=user, reason=reason)


@once
@require_http_methods(["GET", "POST"])
def blind(request: SignedInRequest, key: str) -> HttpResponse:
    """Taking out names: the text as the team wrote it, with names marked, beside the version without."""
    shown = plan_to_rule(request, key)
    version = getattr(shown, "blind", None) or BlindVersion(entry=shown, **blinding.suggestion(shown))
    form = fill(BlindForm, request, instance=version)
    if form.is_valid():
        admitting.write_blind(shown, texts=form.cleaned_data)
        messages.success(request, _("The version without names has been saved."))
        return redirect("pitch:admit", shown.key)
    names = blinding.names_of(shown)
    marked = [
        {"label": form[name].label, "pieces": blinding.pieces(getattr(shown, name), names)} for name in TEXTS
    ]
    context = {"form": form, "entry": shown, "edition": shown.edition, "marked": marked}
    return render(request, "pitch/blind.html", context, status=422 if form.errors else 200)


@once
@require_http_methods(["GET", "POST"])
def propose(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = kept(request, slug)
    form = fill(AddressForm, request)
    if form.is_valid():
        inviting.propose(shown, email=form.cleaned_data["email"])
        messages.success(request, _("Look at the interests first. Nothing has been sent yet."))
        return redirect("pitch:office", shown.slug)
    lead = _("First you see which ties the data show. The invitation goes out after that.")
    title, button = _("Propose a member of the jury"), _("Look for ties")
    return show_act(request, form, shown, title=title, lead=lead, button=button)


JUROR_ACTS: dict[str, Any] = {
    "uitnodigen": lambda juror, user: inviting.invite(juror, by=user),
    "schrappen": lambda juror, user: inviting.drop(juror, by=user),
    "vervangen": lambda juror, user: inviting.leave(
        juror, by=user, reason=gettext_lazy("The secretary asks somebody else.")
    ),
}


@once
@require_POST
def move_juror(request: SignedInRequest, key: str, word: str) -> HttpResponse:
    juror = get_object_or_404(Juror.objects.visible_to(request.user).with_names(), key=key)
    require(rules.may_keep(request.user, juror.edition), _("Only the secretary of this edition can do this."))
    if word not in JUROR_ACTS:
        raise Http404
    JUROR_ACTS[word](juror, request.user)
    messages.success(request, _("Done: %s.") % juror.get_state_display())
    return redirect("pitch:office", juror.edition.slug)


@once
@require_http_methods(["GET", "POST"])
def rule_on_conflict(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = Conflict.objects.visible_to(request.user).with_names()
    conflict = get_object_or_404(rows, pk=pk)
    edition = conflict.juror.edition
    require(rules.may_keep(request.user, edition), _("Only the secretary of this edition can do this."))
    reading.record(request.user, [conflict], purpose=PURPOSE)
    form = fill(RulingForm, request)
    if form.is_valid():
        act = recusing.recuse if form.cleaned_data["ruling"] == "recuse" else recusing.dismiss
        act(conflict, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The member gets your ruling by mail."))
        return redirect("pitch:office", edition.slug)
    context = {"form": form, "conflict": conflict, "edition": edition}
    return render(request, "pitch/rule_on_conflict.html", context, status=422 if form.errors else 200)
