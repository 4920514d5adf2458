from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from bwob.acting import Page, act, done
from bwob.forms import ReasonForm, fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.privacy import reading
from bwob.web import require
from bwob.workflow import Refused
from networks import calling, noticeboard, reacting, rules
from networks.call_forms import AnswerForm, CallFilterForm, CallForm, OutcomeForm, ReactionForm
from networks.models import PartnerCall, Reaction
from networks.views.proposals import require_proposer

PURPOSE = gettext_lazy("answering reactions to a call for partners")


def visible(request: HttpRequest, key: object) -> PartnerCall:
    return get_object_or_404(PartnerCall.objects.visible_to(request.user).with_names(), key=key)


def asked_by_us(request: SignedInRequest, key: object) -> PartnerCall:
    """A running call of the side that this person answers for."""
    shown = visible(request, key)
    require(rules.asks(request.user, shown))
    if not shown.is_running:
        raise Refused(_("This call has ended."), shown)
    return shown


@login_not_required
@require_GET
def calls(request: HttpRequest) -> HttpResponse:
    form = CallFilterForm(request.GET)
    form.is_valid()
    context = noticeboard.listed(form.cleaned_data) | {
        "form": form,
        "may_ask": rules.may_ask(request.user),
    }
    return render(request, "networks/calls.html", context)


@login_not_required
@require_GET
def call(request: HttpRequest, key: object) -> HttpResponse:
    shown = visible(request, key)
    context = noticeboard.context(shown, request.user)
    if context["asks"]:
        reading.record(request.user, context["reactions"], purpose=PURPOSE)
    return render(request, "networks/call.html", context)


@once
@require_http_methods(["GET", "POST"])
def ask(request: SignedInRequest) -> HttpResponse:
    """A new call."""
    sentence = _("You can ask for a network that you answer for, or as HR for your organisation.")
    require(rules.may_ask(request.user), sentence)
    form = fill(CallForm, request, instance=PartnerCall(), user=request.user)
    if form.is_valid():
        calling.ask(form.instance, area=form.cleaned_data["area"], by=request.user)
        return done(request, form.instance, _("Your call is on the site. Reactions come to you by mail."))
    back, lead = Page(_("Calls for partners"), "networks:calls"), _("Everybody can read it.")
    return act(request, form, back, title=_("Look for partners"), lead=lead, button=_("Put it on the site"))


@once
@require_http_methods(["GET", "POST"])
def change_call(request: SignedInRequest, key: object) -> HttpResponse:
    shown = asked_by_us(request, key)
    if not shown.is_open:
        raise Refused(_("This call takes no reactions any more."), shown)
    initial = {"area": [place.pk for place in shown.area.all()]}
    form = fill(CallForm, request, instance=shown, user=request.user, initial=initial)
    if form.is_valid():
        calling.change(form.instance, area=form.cleaned_data["area"], by=request.user)
        return done(request, form.instance, _("Your call has been changed."))
    return act(request, form, visible(request, key), title=_("Change the call"), button=_("Save"))


@once
@require_http_methods(["GET", "POST"])
def tell_outcome(request: SignedInRequest, key: object) -> HttpResponse:
    shown = asked_by_us(request, key)
    form = fill(OutcomeForm, request)
    if form.is_valid():
        calling.tell_outcome(
            shown, form.cleaned_data["state"], text=form.cleaned_data["outcome"], by=request.user
        )
        return done(request, shown, _("Thank you. The outcome stands under the call."))
    lead = _("The call ends with this. Whoever you have not answered yet hears the outcome by mail.")
    title, button = _("Tell what came of it"), _("End the call")
    return act(request, form, shown, title=title, lead=lead, button=button, is_final=True)


@once
@require_http_methods(["GET", "POST"])
def withdraw_call(request: SignedInRequest, key: object) -> HttpResponse:
    shown = visible(request, key)
    require(rules.may_withdraw_call(request.user, shown))
    if shown.state != PartnerCall.State.OPEN:
        raise Refused(_("This call has ended."), shown)
    form = fill(ReasonForm, request)
    if form.is_valid():
        calling.withdraw(shown, reason=form.cleaned_data["reason"], by=request.user)
        return done(request, shown, _("The call has been withdrawn."))
    lead = _("Say why. It stands under the call, and goes to whoever you have not answered yet.")
    title, button = _("Withdraw the call"), _("Withdraw")
    return act(request, form, shown, title=title, lead=lead, button=button, is_final=True)


@once
@require_http_methods(["GET", "POST"])
def react(request: SignedInRequest, key: object) -> HttpResponse:
    shown = visible(request, key)
    require_proposer(request)
    require(rules.may_react(request.user, shown), _("This is a call of your own."))
    form = fill(ReactionForm, request, instance=Reaction(call=shown, author=request.user), user=request.user)
    if form.is_valid():
        reacting.react(form.instance, by=request.user)
        return done(request, shown, _("Your reaction has been sent. Only %s sees it.") % shown.asker)
    lead = _("%s gets a mail, and answers before the call ends.") % shown.asker
    return act(request, form, shown, title=_("React to this call"), lead=lead, button=_("Send your reaction"))


def reaction(request: SignedInRequest, key: object) -> Reaction:
    return get_object_or_404(Reaction.objects.visible_to(request.user).with_names(), key=key)


def require_waiting(shown: Reaction) -> None:
    if shown.state != Reaction.State.SENT:
        raise Refused(_("This has changed in the meantime, so that is no longer possible."), shown)


@once
@require_http_methods(["GET", "POST"])
def answer_reaction(request: SignedInRequest, key: object) -> HttpResponse:
    shown = reaction(request, key)
    require(rules.may_answer(request.user, shown))
    reading.record(request.user, [shown], purpose=PURPOSE)
    require_waiting(shown)
    form = fill(AnswerForm, request)
    if form.is_valid():
        answer, message = form.cleaned_data["answer"], form.cleaned_data["message"]
        reacting.answer(shown, answer, message=message, by=request.user)
        return done(request, shown, _("Your answer has been sent."))
    title = _("Answer %s") % (shown.network or shown.organisation)
    return act(request, form, shown.call, title=title, lead=shown.text, button=_("Send the answer"))


@once
@require_http_methods(["GET", "POST"])
def withdraw_reaction(request: SignedInRequest, key: object) -> HttpResponse:
    shown = reaction(request, key)
    require(shown.author_id == request.user.pk)
    require_waiting(shown)
    form = fill(forms.Form, request)
    if form.is_valid():
        reacting.withdraw(shown, by=request.user)
        return done(request, shown, _("You have withdrawn your reaction."))
    title = _("Withdraw your reaction")
    return act(request, form, shown.call, title=title, button=_("Withdraw"), is_final=True)
