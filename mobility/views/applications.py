from collections.abc import Callable
from typing import Any

from allauth.core.internal import ratelimit
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from bwob import acting, onward
from bwob.acting import done
from bwob.forms import ReasonForm, fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.privacy import reading
from bwob.web import require
from bwob.workflow import Refused
from mobility import applying, deciding, progress, queueing, rules, running, sentences
from mobility.answer_forms import AnswerForm, DeclineForm
from mobility.forms import ApplicationForm, DraftForm, ManagerForm, OfferForm
from mobility.models import AnswerText, Application, Exchange

State = Application.State
Act = AnswerText.Act
MANAGER_MAILS: dict[str, Any] = {
    "app": "mobility",
    "action": "ask_manager",
    "config": {"ask_manager": "5/h/user"},  # the address is typed by hand, and may be anybody's
}


def visible(request: SignedInRequest, key: str) -> Application:
    """The application, if this person may see it; 404 otherwise. The applicant sees later who looked."""
    shown = get_object_or_404(Application.objects.visible_to(request.user).with_names(), key=key)
    reading.record(request.user, [shown], purpose=gettext_lazy("deciding on an application"))
    return shown


@once
@require_http_methods(["GET", "POST"])
def apply(request: SignedInRequest, slug: str) -> HttpResponse:
    exchange = _to_apply_for(request, slug)
    begun = applying.begun_by(request.user, exchange)
    if begun.submitted_at and request.method == "GET":
        messages.info(request, _("You have applied here already. This is how it stands."))
        return redirect(begun)
    form = fill(DraftForm if "save" in request.POST else ApplicationForm, request, instance=begun)
    if form.is_valid():
        begun.is_returning = False  # by this door one comes as anybody else
        applying.save_draft(begun)
        return _send_or_keep(request, begun)
    context = {
        "exchange": exchange,
        "form": form,
        "obstacle": rules.obstacle(request.user, exchange),
        "position": queueing.position_for(request.user, exchange),
        "ways": onward.ways_into(exchange),
    }
    return render(request, "mobility/apply.html", context, status=422 if form.errors else 200)


def _to_apply_for(request: SignedInRequest, slug: str) -> Exchange:
    """As on its page. Who typed while it was withdrawn reads that, with the text, instead of a 404."""
    shown = Exchange.objects.visible_to(request.user).with_names().filter(slug=slug).first()
    if shown:
        return shown
    if request.method == "POST" and Exchange.objects.once_public().filter(slug=slug).exists():
        raise Refused(_("The organisation has withdrawn this."))
    raise Http404


def _send_or_keep(request: SignedInRequest, draft: Application) -> HttpResponse:
    if "save" in request.POST:
        return _keep(request)
    return _wait(request, draft) if "wait" in request.POST else _send(request, draft)


def _keep(request: SignedInRequest) -> HttpResponse:
    return done(request, "dashboard", _("Your draft has been saved. Only you see it."))


def _wait(request: SignedInRequest, draft: Application) -> HttpResponse:
    queueing.join(draft)
    return done(request, draft, _("You are on the waiting list. You get a mail when a place comes free."))


def _send(request: SignedInRequest, draft: Application) -> HttpResponse:
    """If the last place went while the person was typing, the letter is kept and the list is offered."""
    try:
        applying.submit(draft)
    except applying.Full:
        messages.info(request, _("The last place was given a moment ago. Your letter has been kept."))
        return redirect("mobility:apply", draft.exchange.slug)
    return done(request, draft, _("Your application has been sent to %s.") % draft.exchange.organisation)


@require_GET
def application(request: SignedInRequest, key: str) -> HttpResponse:
    shown = visible(request, key)
    if shown.state == Application.State.DRAFT:
        return redirect("mobility:apply", shown.exchange.slug)
    context = {
        "application": shown,
        "exchange": shown.exchange,
        "is_applicant": rules.is_applicant(request.user, shown),
        "may_decide": rules.may_decide(request.user, shown),
        "steps": progress.steps(shown),
        "whose_turn": progress.whose_turn(shown),
        "outcome": progress.outcome(shown),
        "moments": progress.moments(shown),
        "agreement": shown.agreements.visible_to(request.user).last() if shown.has_a_place else None,
        "side": running.side_of(request.user, shown) if shown.has_a_place else "",
        "may_answer_end": running.may_answer_end(request.user, shown),
        "evaluations": shown.evaluations.visible_to(request.user) if shown.has_a_place else (),
        "may_write_agreement": rules.may_write_agreement(request.user, shown),
    }
    return render(request, "mobility/application.html", context)


def acting_on(
    request: SignedInRequest, key: str, rule: Callable[[Any, Application], bool], target: str
) -> Application:
    """The application, if the rule lets this person act and it can still move there; 404, 403 or 409
    otherwise.
    """
    shown = visible(request, key)
    require(rule(request.user, shown))
    if shown.is_queued and target in (State.CONVERSATION, State.OFFERED):
        deciding.require_unqueued(shown)
    if not shown.can_move_to(target):
        raise Refused(_("This has changed in the meantime, so that is no longer possible."), shown)
    return shown


def act(request: SignedInRequest, form: forms.BaseForm, shown: Application, **words: Any) -> HttpResponse:
    """With the facts of the application beside the form."""
    about = {"application": shown, "exchange": shown.exchange}
    return acting.act(request, form, shown, template="mobility/act.html", **about, **words)


@once
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, key: str) -> HttpResponse:
    shown = acting_on(request, key, rules.is_applicant, State.WITHDRAWN)
    form = fill(ReasonForm, request, required=False)
    if form.is_valid():
        applying.withdraw(shown, by=request.user, reason=form.cleaned_data["reason"])
        return done(request, shown, _("You have withdrawn. The organisation gets a mail."))
    return act(
        request,
        form,
        shown,
        title=_("Withdraw your application"),
        lead=_("This ends your application. You can apply again as long as the exchange is open."),
        button=_("Withdraw"),
        is_final=True,
    )


@once
@require_http_methods(["GET", "POST"])
def throw_draft(request: SignedInRequest, key: str) -> HttpResponse:
    """For one's own draft; a draft is visible to nobody else."""
    draft = visible(request, key)
    require(rules.is_applicant(request.user, draft))
    if draft.state != State.DRAFT:
        raise Refused(_("Only a draft can be thrown away."), draft)
    form = fill(forms.Form, request)
    if form.is_valid():
        applying.throw_away(draft)
        return done(request, draft.exchange, _("The draft has been thrown away."))
    return act(
        request,
        form,
        draft,
        title=_("Throw this draft away"),
        lead=_("The draft goes for good, with everything that you wrote in it. Nobody gets a mail."),
        button=_("Throw away"),
        is_final=True,
    )


@once
@require_http_methods(["GET", "POST"])
def take(request: SignedInRequest, key: str) -> HttpResponse:
    shown = acting_on(request, key, rules.is_applicant, State.TAKEN)
    if shown.decides_alone:
        return take_alone(request, shown)
    form = fill(ManagerForm, request, instance=shown)
    if form.is_valid():
        applying.take(shown, **form.cleaned_data)
        return done(request, shown, _("You have taken the offer. Your manager now gets a mail with a link."))
    return act(
        request,
        form,
        shown,
        title=_("Take the offer"),
        lead=_("Your manager has to agree. Only now does your manager hear of it, by a mail with a link."),
        button=_("Take the offer"),
    )


def take_alone(request: SignedInRequest, shown: Application) -> HttpResponse:
    form = fill(forms.Form, request)
    if form.is_valid():
        applying.take_alone(shown)
        told = _("You have taken the offer. %s confirms it.") % shown.exchange.organisation
        return done(request, shown, told)
    lead = _(
        "You work for no public body now, so no manager has to agree. After your yes the place is confirmed."
    )
    return act(request, form, shown, title=_("Take the offer"), lead=lead, button=_("Take the offer"))


@once
@require_http_methods(["GET", "POST"])
def ask_manager(request: SignedInRequest, key: str) -> HttpResponse:
    shown = acting_on(request, key, rules.is_applicant, State.AGREED)
    form = fill(ManagerForm, request, instance=shown)
    if form.is_valid():
        if refused := ratelimit.consume_or_429(request, **MANAGER_MAILS):
            return refused
        applying.ask_manager_again(shown, **form.cleaned_data)
        return done(request, shown, _("Your manager gets a new link. The old one no longer works."))
    return act(
        request,
        form,
        shown,
        title=_("Ask your manager again"),
        lead=_("Correct the address if need be. The term stays as it is."),
        button=_("Send a new link"),
    )


def answer(
    request: SignedInRequest, form: forms.BaseForm, shown: Application, kind: str, **words: Any
) -> HttpResponse:
    """An act that the applicant hears of, with the texts with which one can begin."""
    texts = sentences.choices(request.user, shown, kind)
    return act(request, form, shown, texts=texts, chosen_text=request.GET.get("text", ""), **words)


def begun(request: SignedInRequest, shown: Application, kind: str, field: str) -> dict[str, str]:
    """The form begins with the text that was chosen, filled in for this applicant."""
    text = sentences.begun(request.user, shown, kind, request.GET.get("text", ""))
    return {field: text} if text else {}


@once
@require_http_methods(["GET", "POST"])
def invite(request: SignedInRequest, key: str) -> HttpResponse:
    shown = acting_on(request, key, rules.may_decide, State.CONVERSATION)
    initial = begun(request, shown, Act.INVITE, "reason")
    form = fill(AnswerForm, request, about=[shown], by=request.user, initial=initial)
    if form.is_valid():
        deciding.invite(shown, by=request.user, reason=form.text_for(shown))
        return done(request, shown, _("%s gets your invitation by mail.") % shown.applicant)
    words = {
        "title": _("Invite %s") % shown.applicant,
        "lead": _("Write when and where you would like to talk, and with whom."),
        "button": _("Send the invitation"),
    }
    return answer(request, form, shown, Act.INVITE, **words)


@once
@require_http_methods(["GET", "POST"])
def offer(request: SignedInRequest, key: str) -> HttpResponse:
    shown = acting_on(request, key, rules.may_decide, State.OFFERED)
    initial = begun(request, shown, Act.OFFER, "offer_note")
    form = fill(OfferForm, request, instance=shown, by=request.user, initial=initial)
    if form.is_valid():
        facts = form.cleaned_data
        deciding.offer(shown, by=request.user, note=facts.pop("offer_note"), **facts)
        told = _("%s gets your offer by mail, and has five working days.") % shown.applicant
        return done(request, shown, told)
    words = {
        "title": _("Make %s an offer") % shown.applicant,
        "lead": _(
            "After a yes the applicant's manager has to agree too. Only your confirmation gives the place."
        ),
        "button": _("Send the offer"),
    }
    return answer(request, form, shown, Act.OFFER, **words)


@once
@require_http_methods(["GET", "POST"])
def decline(request: SignedInRequest, key: str) -> HttpResponse:
    shown = acting_on(request, key, rules.may_decide, State.DECLINED)
    initial = begun(request, shown, Act.DECLINE, "reason")
    form = fill(DeclineForm, request, about=[shown], by=request.user, initial=initial)
    if form.is_valid():
        code = form.cleaned_data["code"]
        deciding.decline(shown, by=request.user, code=code, reason=form.text_for(shown))
        return done(request, shown, _("%s gets your answer by mail.") % shown.applicant)
    words = {
        "title": _("Decline %s") % shown.applicant,
        "lead": _("The applicant reads the reason and your message."),
        "button": _("Send the answer"),
    }
    return answer(request, form, shown, Act.DECLINE, is_final=True, **words)


@once
@require_http_methods(["GET", "POST"])
def confirm(request: SignedInRequest, key: str) -> HttpResponse:
    shown = acting_on(request, key, rules.may_decide, State.CONFIRMED)
    form = fill(forms.Form, request)
    if form.is_valid():
        deciding.confirm(shown, by=request.user)
        return done(request, shown, _("%s has the place. Everybody concerned gets a mail.") % shown.applicant)
    return act(
        request,
        form,
        shown,
        title=_("Give %s the place") % shown.applicant,
        lead=_("Applicant and manager have agreed. Your confirmation makes it final."),
        button=_("Confirm the place"),
    )
