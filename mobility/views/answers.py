from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.web import require
from mobility import bulk, comparing, deciding, rules, sentences
from mobility import inbox as inboxes
from mobility.answer_forms import AnswerForm, DeclineForm
from mobility.models import AnswerText, Application, Exchange
from mobility.views.exchanges import visible

Act = AnswerText.Act


def ticked(request: SignedInRequest, slug: str) -> tuple[Exchange, list[Application]]:
    """The exchange, and the applications that were ticked in its inbox; 404 or 403 as the inbox itself."""
    shown = visible(request, slug)
    require(rules.may_manage(request.user, shown))
    asked = request.POST if request.method == "POST" else request.GET
    return shown, inboxes.chosen(shown, request.user, asked.getlist("who"))


@require_GET
def compare(request: SignedInRequest, slug: str) -> HttpResponse:
    shown, applications = ticked(request, slug)
    if not comparing.FEWEST <= len(applications) <= comparing.MOST:
        messages.warning(request, _("Tick two, three or four people to see them side by side."))
        return redirect("mobility:inbox", shown.slug)
    context = {
        "exchange": shown,
        "applications": applications,
        "decidable": [one.pk for one in applications if one.is_live and rules.may_decide(request.user, one)],
        "rows": comparing.rows(applications),
    }
    return render(request, "mobility/compare.html", context)


@once
@require_http_methods(["GET", "POST"])
def invite_many(request: SignedInRequest, slug: str) -> HttpResponse:
    def invite(application: Application, form: Any) -> None:
        deciding.invite(application, by=request.user, reason=form.text_for(application))

    words = {
        "title": _("Invite several people"),
        "lead": _("Write when and where you would like to talk, and with whom."),
    }
    return _answer(request, slug, AnswerForm, Act.INVITE, invite, words)


@once
@require_http_methods(["GET", "POST"])
def decline_many(request: SignedInRequest, slug: str) -> HttpResponse:
    def decline(application: Application, form: Any) -> None:
        code = form.cleaned_data["code"]
        deciding.decline(application, by=request.user, code=code, reason=form.text_for(application))

    words = {
        "title": _("Decline several people"),
        "lead": _("The applicants read the reason and your message."),
    }
    return _answer(request, slug, DeclineForm, Act.DECLINE, decline, words)


def _answer(
    request: SignedInRequest,
    slug: str,
    form_class: type[AnswerForm],
    kind: Act,
    act: Callable[[Application, Any], None],
    words: dict[str, str],
) -> HttpResponse:
    """Write one message, see each mail, and only then send them. Showing them stores nothing."""
    shown, applications = ticked(request, slug)
    if not applications:
        messages.warning(request, _("Tick the people first whom you want to answer."))
        return redirect("mobility:inbox", shown.slug)
    key = request.GET.get("text", "")
    text = sentences.chosen(request.user, applications[0], kind, key)
    initial = {"reason": text} if text else {}
    form = fill(form_class, request, about=applications, by=request.user, initial=initial)
    is_good = form.is_valid()
    if is_good and "send" in request.POST:
        return _tell(request, shown, bulk.answer(applications, lambda one: act(one, form), by=request.user))
    left_out = [one for one in applications if not bulk.can_get(one, kind, by=request.user)]
    context = {
        "exchange": shown,
        "applications": applications,
        "left_out": left_out,
        "reached": len(applications) - len(left_out),
        "form": form,
        "mails": _mails(form, applications, kind) if is_good and "change" not in request.POST else [],
        "texts": sentences.choices(request.user, applications[0], kind),
        "words": ", ".join(sentences.words()),
        "who": urlencode({"who": [one.key for one in applications]}, doseq=True) + "&",
        "chosen_text": key,
        "is_final": kind == Act.DECLINE,
    }
    status = 422 if form.errors else 200
    return render(request, "mobility/answer_many.html", context | words, status=status)


def _mails(form: AnswerForm, applications: list[Application], kind: Act) -> list[bulk.Mail]:
    """What each of them would read, for whom the answer would go through."""
    code = form.cleaned_data.get("code", "")
    reached = [one for one in applications if bulk.can_get(one, kind, by=form.by)]
    return [bulk.mail_for(one, kind, words=form.text_for(one), code=code) for one in reached]


def _tell(request: SignedInRequest, shown: Exchange, result: bulk.Result) -> HttpResponse:
    if count := len(result.done):
        sentence = ngettext(
            "%d person gets your answer by mail.", "%d people get your answer by mail.", count
        )
        messages.success(request, sentence % count)
    for application, reason in result.refused:
        facts = {"name": application.applicant, "reason": reason}
        messages.warning(request, _("%(name)s got no answer. %(reason)s") % facts)
    return redirect("mobility:inbox", shown.slug)
