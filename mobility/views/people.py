"""People who want to be found: searching them, one person's page, asking for contact, and the answer."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bwob.acting import done
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.privacy import reading
from bwob.web import require
from bwob.workflow import Refused
from mobility import answering, contacting, describing, finding, rules, sentences
from mobility.models import AnswerText, ContactRequest, Profile
from mobility.people_forms import AskForm, PeopleForm


def may_search(request: SignedInRequest) -> None:
    require(rules.may_write(request.user), _("Only HR and managers of an organisation look for people."))


@require_GET
def people(request: SignedInRequest) -> HttpResponse:
    may_search(request)
    form = PeopleForm(request.GET)
    return render(request, "mobility/people.html", {"form": form, **finding.of(request.user, form.asked)})


def visible(request: HttpRequest, key: object) -> Any:
    rows: Any = Profile.objects.visible_to(request.user).with_opened(request.user)
    return get_object_or_404(rows, key=key)


@login_not_required
@require_GET
def person(request: HttpRequest, key: object) -> HttpResponse:
    """What this reader may see of somebody; to oneself, who else sees which part."""
    profile = visible(request, key)
    if request.user.is_authenticated:
        reading.record(request.user, [profile], purpose=finding.PURPOSE)
    is_own = profile.user_id == request.user.pk
    may_ask = rules.may_write(request.user) and not is_own
    context = {"found": finding.shown(profile), "is_own": is_own, "may_ask": may_ask}
    return render(request, "mobility/person.html", context)


@once
@require_http_methods(["GET", "POST"])
def ask_contact(request: SignedInRequest, key: object) -> HttpResponse:
    profile = visible(request, key)
    may_search(request)
    require(profile.user_id != request.user.pk)
    form = fill(AskForm, request, user=request.user, initial=begun(request))
    if request.method == "POST" and not form.own:
        raise Refused(_("A request is always about an exchange, so that the other knows what it is for."))
    if form.is_valid():
        contacting.ask(form.instance, about=profile, by=request.user)
        told = _("Asked. You get a mail when there is an answer, within two weeks.")
        return done(request, "mobility:contact_requests", told)
    reading.record(request.user, [profile], purpose=finding.PURPOSE)
    context = {
        "form": form,
        "found": finding.shown(profile),
        "texts": sentences.choices(request.user, None, AnswerText.Act.CONTACT),
        "chosen_text": request.GET.get("text", ""),
    }
    return render(request, "mobility/ask_contact.html", context, status=422 if form.errors else 200)


def begun(request: SignedInRequest) -> dict[str, str]:
    """The message begins with the text that was chosen; it is filled in when the exchange is known."""
    text = sentences.chosen(request.user, None, AnswerText.Act.CONTACT, request.GET.get("text", ""))
    return {"message": text} if text else {}


@require_GET
def contact_requests(request: SignedInRequest) -> HttpResponse:
    """What the own organisation asked, or the exchanges of which one is the contact."""
    may_search(request)
    return render(request, "mobility/contact_requests.html", {"requests": answering.asked_by(request.user)})


def seen(request: SignedInRequest, key: object) -> ContactRequest:
    rows = ContactRequest.objects.visible_to(request.user).with_names()
    return get_object_or_404(rows, key=key)


@require_GET
def contact_request(request: SignedInRequest, key: object) -> HttpResponse:
    asked = seen(request, key)
    return render(request, "mobility/contact_request.html", answering.page_of(asked, request.user))


@require_POST
def answer_contact(request: SignedInRequest, key: object) -> HttpResponse:
    asked = seen(request, key)
    require(asked.person_id == request.user.pk)
    answer(asked, says_yes="yes" in request.POST)
    return redirect(asked)


def answer(asked: ContactRequest, *, says_yes: bool) -> None:
    act = contacting.agree if says_yes else contacting.refuse
    act(asked)


@require_POST
def end_contact(request: SignedInRequest, key: object) -> HttpResponse:
    asked = seen(request, key)
    require(asked.person_id == request.user.pk)
    contacting.end(asked)
    return done(request, asked, _("They no longer see your profile."))


@require_POST
def withdraw_contact(request: SignedInRequest, key: object) -> HttpResponse:
    asked = seen(request, key)
    require(rules.may_manage(request.user, asked.exchange) and asked.person_id != request.user.pk)
    contacting.withdraw(asked, by=request.user)
    return done(request, "mobility:contact_requests", _("Your question is taken back."))


@login_not_required
@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def contact_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in the mail. Opening it answers nothing; after the answer it says so."""
    asked = answering.request_of(token)
    if asked is None:
        return render(request, "mobility/no_address.html", status=404)
    if request.method == "POST" and asked.waits_for_person:
        answer(asked, says_yes="yes" in request.POST)
        return redirect("mobility:contact_link", token)
    context = {"asked": asked, "exchange": asked.exchange, "closed_because": answering.closed_because(asked)}
    return render(request, "mobility/contact_link.html", context)


@login_not_required
@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def still_right(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the yearly mail: only its button confirms, since mail scanners open every link."""
    profile = answering.profile_of(token)
    if profile is None:
        return render(request, "mobility/no_address.html", status=404)
    if request.method == "POST":
        describing.confirm(profile.user)
        return render(request, "mobility/still_right.html", {"done": True})
    return render(request, "mobility/still_right.html", {"done": False})
