from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bwob.acting import act, done
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.web import require
from doetanks import rules, trying
from doetanks.forms import ResultForm, TrialForm
from doetanks.models import Trial
from doetanks.views.workroom import of_team, workroom_of


@once
@require_http_methods(["GET", "POST"])
def add_trial(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = of_team(request, slug)
    form = fill(TrialForm, request, instance=Trial(challenge=shown))
    if form.is_valid():
        trying.begin(form.save(commit=False))
        return done(request, workroom_of(shown), _("The trial has begun."))
    lead = _("Small, short, and with a rule that says when you stop.")
    return act(request, form, shown, title=_("Begin a trial"), lead=lead, button=_("Begin"))


@once
@require_http_methods(["GET", "POST"])
def finish_trial(request: SignedInRequest, key: str) -> HttpResponse:
    rows = Trial.objects.visible_to(request.user).select_related("challenge")
    trial = get_object_or_404(rows, key=key)
    require(rules.may_work(request.user, trial.challenge))
    form = fill(ResultForm, request)
    if form.is_valid():
        trying.finish(trial, by=request.user, **form.cleaned_data)
        return done(request, workroom_of(trial.challenge), _("Thank you. Others can learn from it now."))
    return act(request, form, trial, title=_("Tell the result"), lead=trial.title, button=_("Publish"))
