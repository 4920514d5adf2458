from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bwob.acting import act, done
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.web import require
from bwob.workflow import Refused
from doetanks import advancing, rules
from doetanks.forms import DecisionForm, EffectForm, OnwardForm
from doetanks.views.acting import visible

TOO_LATE = "This has changed in the meantime, so that is no longer possible."


@once
@require_http_methods(["GET", "POST"])
def decide(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = visible(request, slug)
    require(rules.decides(request.user, shown))
    if not shown.is_answerable:
        raise Refused(_(TOO_LATE), shown)
    form = fill(DecisionForm, request)
    if form.is_valid():
        advancing.decide(shown, by=request.user, **form.cleaned_data)
        return done(request, shown, _("Your answer is public. The team gets a mail."))
    lead = _("The team reads it, and everybody else too.")
    return act(request, form, shown, title=_("Give your answer"), lead=lead, button=_("Publish your answer"))


@once
@require_http_methods(["GET", "POST"])
def measure(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = visible(request, slug)
    require(rules.decides(request.user, shown))
    if shown.state != shown.State.EFFECT:
        raise Refused(_(TOO_LATE), shown)
    form = fill(EffectForm, request)
    if form.is_valid():
        advancing.measure(shown, by=request.user, **form.cleaned_data)
        return done(request, shown, _("Thank you. With this the question is closed."))
    lead = _("Half a year after your yes. Say it as it is.")
    return act(request, form, shown, title=_("Tell what it brought"), lead=lead, button=_("Publish"))


@once
@require_http_methods(["GET", "POST"])
def onward(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = visible(request, slug)
    require(rules.may_name_onward(request.user, shown))
    form = fill(OnwardForm, request, initial={"led_to": shown.led_to})
    if form.is_valid():
        advancing.name_onward(shown, by=request.user, led_to=form.cleaned_data["led_to"])
        return done(request, shown, _("Your changes have been saved."))
    lead = _("As an entry of PITCH, an article or an exchange on this portal.")
    return act(request, form, shown, title=_("Where it went on"), lead=lead, button=_("Save"))
