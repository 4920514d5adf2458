from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bwob.acting import done
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.web import require
from bwob.workflow import Refused
from mobility import running
from mobility.models import Application, Evaluation
from mobility.running_forms import EvaluationForm, LastDayAnswerForm, LastDayForm
from mobility.views.applications import act, visible

State = Application.State


def taking_part(request: SignedInRequest, key: str, state: str) -> tuple[Application, str]:
    """The application and for which side this person speaks; 404, 403 or, in another state, 409."""
    shown = visible(request, key)
    side = running.side_of(request.user, shown)
    require(bool(side))
    if shown.state != state:
        raise Refused(_("This has changed in the meantime, so that is no longer possible."), shown)
    return shown, side


@once
@require_http_methods(["GET", "POST"])
def propose_end(request: SignedInRequest, key: str) -> HttpResponse:
    shown, side = taking_part(request, key, State.STARTED)
    form = fill(LastDayForm, request, initial={"ends_on": shown.ends_on})
    if form.is_valid():
        running.propose_end(shown, side=side, by=request.user, ends_on=form.cleaned_data["ends_on"])
        return done(request, shown, _("The other side gets a mail and answers within two weeks."))
    return act(
        request,
        form,
        shown,
        title=_("Propose another last day"),
        lead=_("For a longer stay, or an end before its time. It counts when the other side agrees."),
        button=_("Propose this"),
    )


@once
@require_http_methods(["GET", "POST"])
def answer_end(request: SignedInRequest, key: str) -> HttpResponse:
    shown, _side = taking_part(request, key, State.STARTED)
    if not shown.proposed_ends_on:
        raise Refused(_("There is nothing (any more) to answer here."), shown)
    require(running.may_answer_end(request.user, shown))
    form = fill(LastDayAnswerForm, request)
    if form.is_valid():
        agrees = form.cleaned_data["answer"] == "agree"
        (running.accept_end if agrees else running.decline_end)(shown, by=request.user)
        return done(request, shown, _("Your answer has been noted. Both sides get a mail."))
    return act(
        request,
        form,
        shown,
        title=_("Another last day: %s") % running.proposed_text(shown),
        lead=_("Now it is %s. Without an answer it stays.") % running.last_day_text(shown),
        button=_("Send my answer"),
    )


@once
@require_http_methods(["GET", "POST"])
def evaluate(request: SignedInRequest, key: str) -> HttpResponse:
    shown, side = taking_part(request, key, State.COMPLETED)
    evaluation = Evaluation(application=shown, side=side)
    if shown.evaluations.visible_to(request.user).filter(side=side).exists():
        raise Refused(_("You have looked back already."), shown)
    form = fill(EvaluationForm, request, instance=evaluation)
    if form.is_valid():
        running.evaluate(evaluation, by=request.user)
        return done(request, shown, _("Thank you for looking back."))
    return act(
        request,
        form,
        shown,
        title=_("Look back"),
        lead=_("The other side reads this too. Your choices are counted; below five nobody sees a number."),
        button=_("Send"),
    )


@once
@require_POST
def take_words_back(request: SignedInRequest, key: str) -> HttpResponse:
    shown = visible(request, key)
    side = running.side_of(request.user, shown)
    require(bool(side))
    own = shown.evaluations.visible_to(request.user).filter(side=side, may_publish=True).first()
    if own is None:
        raise Refused(_("Your words are not shown to others."), shown)
    running.take_words_back(own, by=request.user)
    return done(request, shown, _("Your words are no longer shown to others."))
