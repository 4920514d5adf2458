import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bwob import onward
from bwob.acting import act, done
from bwob.forms import fill
from bwob.forms import visible as visible_text
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.web import require
from bwob.workflow import Refused
from mobility import borrowing, own_list, personal, posting, rules, running, sentences, writing
from mobility import inbox as inboxes
from mobility.answer_forms import AnswerForm
from mobility.forms import ExchangeForm
from mobility.models import AnswerText, Exchange


def visible(request: HttpRequest, slug: str, widen: Any = None) -> Exchange:
    """The exchange, if this person may see it; 404 otherwise. `widen` adds to what the query brings along."""
    rows = Exchange.objects.visible_to(request.user).with_names().select_related("contact")
    return get_object_or_404(widen(rows) if widen else rows, slug=slug)


@login_not_required
@require_GET
def exchange(request: HttpRequest, slug: str) -> HttpResponse:
    shown: Any = visible(request, slug, running.with_looking_back)
    context = {
        "exchange": shown,
        "may_manage": rules.may_manage(request.user, shown),
        "may_edit": rules.may_edit(request.user, shown),
        "similar": Exchange.objects.like(shown)[:3],
        "brought": running.brought_text(shown.brought),
        "words": running.words_text(shown.words),
        "ways": onward.ways_into(shown),
        "posting": posting.script(shown) if shown.is_open else "",
        **_apply_state(request.user, shown),
    }
    return render(request, "mobility/exchange.html", context)


def _apply_state(user: Any, shown: Exchange) -> dict[str, Any]:
    """What the apply box says: the own application, or why one cannot apply, or the button."""
    if not user.is_authenticated:
        return {"own": None, "obstacle": "" if shown.is_open else rules.closed_because(shown)}
    viewpoint = personal.of(user)
    viewpoint.mark([shown])
    own = shown.applications.filter(applicant=user).running().first()
    return {"own": own, "obstacle": "" if own else rules.obstacle(user, shown), "fit": viewpoint.fit(shown)}


@once
@require_http_methods(["GET", "POST"])
def write(request: SignedInRequest) -> HttpResponse:
    require(rules.may_write(request.user), _("Only HR and managers of an organisation offer workplaces."))
    form = fill(ExchangeForm, request, user=request.user)
    if form.is_valid():
        form.instance.contact = request.user
        written = form.save()
        return done(request, written, _("Saved as a draft. Look it over, and publish it when it is right."))
    return render(request, "mobility/write.html", {"form": form}, status=422 if form.errors else 200)


@once
@require_POST
def from_role(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """A role that a Doetank looks for becomes a draft; a second time it leads to the same one."""
    role = borrowing.role_for(key, request.user)
    if role is None:
        raise Http404
    require(
        borrowing.may_offer(request.user, role), _("HR of the organisation that asked offers this place.")
    )
    written = borrowing.draft(role, by=request.user)
    return done(request, written, _("Saved as a draft. Look it over, and publish it when it is right."))


@once
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    written = visible(request, slug)
    require(rules.may_manage(request.user, written))
    if not rules.can_change(written):
        raise Refused(rules.closed_because(written), written)
    form = fill(ExchangeForm, request, instance=written, user=request.user)
    if form.is_valid():
        writing.change(written, by=request.user, seen=form.cleaned_data["seen"])
        return done(request, written, _("Your changes have been saved."))
    context = {"form": form, "exchange": written}
    return render(request, "mobility/write.html", context, status=422 if form.errors else 200)


@once
@require_POST
def publish(request: SignedInRequest, slug: str) -> HttpResponse:
    written = visible(request, slug)
    require(rules.may_manage(request.user, written))
    writing.publish(written, by=request.user)
    return done(request, written, _("It is public now: everybody can find it."))


@once
@require_POST
def close(request: SignedInRequest, slug: str) -> HttpResponse:
    published = visible(request, slug)
    require(rules.may_manage(request.user, published))
    writing.close(published, by=request.user)
    return done(request, published, _("Closed: nobody can apply any more. You can still answer who did."))


@once
@require_POST
def duplicate(request: SignedInRequest, slug: str) -> HttpResponse:
    original = visible(request, slug)
    require(rules.may_manage(request.user, original))
    copy = writing.duplicate(original, by=request.user)
    messages.success(request, _("This is the copy. Change what is different, then publish it."))
    return redirect("mobility:edit", copy.slug)


@once
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, slug: str) -> HttpResponse:
    published = visible(request, slug)
    require(rules.may_manage(request.user, published))
    key = request.GET.get("text", "")
    text = sentences.begun(request.user, published, AnswerText.Act.WITHDRAW, key)
    initial = {"reason": text} if text else {}
    form = fill(AnswerForm, request, about=[published], by=request.user, initial=initial)
    if form.is_valid():
        writing.withdraw(published, by=request.user, reason=form.text_for(published))
        return done(request, published, _("Withdrawn. Everybody who had applied gets a mail."))
    lead = _("It disappears from the search. Everybody whose application runs gets a mail with your message.")
    words: dict[str, Any] = {
        "title": _("Withdraw this exchange"),
        "lead": lead,
        "button": _("Withdraw"),
        "texts": sentences.choices(request.user, published, AnswerText.Act.WITHDRAW),
        "chosen_text": key,
    }
    return act(request, form, published, template="mobility/begin_act.html", is_final=True, **words)


@once
@require_http_methods(["GET", "POST"])
def throw_away(request: SignedInRequest, slug: str) -> HttpResponse:
    """A draft that was never published goes for good; what was public is withdrawn instead."""
    draft = visible(request, slug)
    require(rules.may_manage(request.user, draft))
    form = fill(Form, request)
    if form.is_valid():
        writing.throw_away(draft)
        return done(request, "mobility:own_exchanges", _("The draft has been thrown away."))
    lead = _("The draft goes for good, with everything that you wrote in it. Nobody gets a mail.")
    words = {"title": _("Throw this draft away"), "lead": lead, "button": _("Throw away")}
    return act(request, form, draft, is_final=True, **words)


@require_GET
def inbox(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = visible(request, slug)
    require(rules.may_manage(request.user, shown))
    page = inboxes.of(shown, request.user, request.GET.get("na", ""))
    context = {"exchange": shown, "inbox": page, "next_url": f"?na={page.after}" if page.after else ""}
    return render(request, "mobility/inbox.html", context)


@require_GET
def own_exchanges(request: SignedInRequest) -> HttpResponse:
    require(rules.may_write(request.user), _("Only HR and managers of an organisation offer workplaces."))
    typed = visible_text(request.GET.get("q", ""))[:200]
    archive = request.GET.get("deel") == "archief"
    own = own_list.of(request.user, typed=typed, archive=archive, cursor=request.GET.get("na", ""))
    query = {"q": typed} if typed else {}
    half = query | ({"deel": "archief"} if archive else {})
    context = {
        "own": own,
        "may_see_figures": rules.may_see_figures(request.user),
        "q": typed,
        "archive": archive,
        "active_url": f"?{urlencode(query)}",
        "archive_url": f"?{urlencode(query | {'deel': 'archief'})}",
        "next_url": f"?{urlencode(half | {'na': own.after})}" if own.after else "",
        "first_url": "" if own.is_first else f"?{urlencode(half)}",
    }
    return render(request, "mobility/own_exchanges.html", context)
