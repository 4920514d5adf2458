import datetime
from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from bwob import mail
from bwob.acting import act as show_act
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from pitch import audience, rules
from pitch.ballot_slips import FinalForm, OpeningForm, VoteForm
from pitch.models import AudienceCode, AudienceRound, Edition, Entry
from pitch.views.editions import visible
from pitch.views.office import kept, managed

CARDS_ON_A_SHEET = 24


def round_of(request: HttpRequest, shown: Edition) -> AudienceRound:
    """The vote of the audience of this edition; 404 where there is none."""
    rounds = AudienceRound.objects.visible_to(request.user)
    return get_object_or_404(rounds.select_related("edition__rules"), edition=shown)


@require_GET
def final(request: SignedInRequest, slug: str) -> HttpResponse:
    """The final, for who leads the edition: plans, cards, opening the vote. Never a tally."""
    shown = managed(request, slug)
    audience_round = AudienceRound.objects.visible_to(request.user).filter(edition=shown).first()
    context = {
        "edition": shown,
        "round": audience_round,
        "finalists": audience.on_stage(audience_round) if audience_round else [],
        "cards": audience_round.codes.count() if audience_round else 0,
        "votes": audience.turnout(audience_round) if audience_round else 0,
        "may_keep": rules.may_keep(request.user, shown),
        "may_prepare": audience.can_be_prepared(shown),
    }
    return render(request, "pitch/final.html", context)


@once
@require_http_methods(["GET", "POST"])
def prepare_final(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = kept(request, slug)
    plans = Entry.objects.visible_to(request.user).taking_part().filter(edition=shown)
    plans = plans.select_related("edition__rules", "blind").order_by("number")
    chosen = AudienceRound.objects.visible_to(request.user).filter(edition=shown).first()
    start: dict[str, Any] = {"codes": 100, "ticket": AudienceRound.Ticket.CARD}
    if chosen:
        facts = {"codes": chosen.codes.count(), "ticket": chosen.ticket}
        start = {"finalists": chosen.finalists.all(), **facts}
    form = fill(FinalForm, request, plans=plans, initial=start)
    if form.is_valid():
        audience.prepare(shown, **form.cleaned_data)
        messages.success(request, _("The final is ready. Open the vote when all plans were told."))
        return redirect("pitch:final", shown.slug)
    title, button = _("Prepare the vote of the audience"), _("Save")
    return show_act(request, form, shown, title=title, lead="", button=button)


@once
@require_http_methods(["GET", "POST"])
def open_vote(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = kept(request, slug)
    form = fill(OpeningForm, request)
    if form.is_valid():
        audience.open_for(shown, datetime.timedelta(minutes=form.cleaned_data["minutes"]))
        messages.success(request, _("The audience votes now."))
        return redirect("pitch:final", shown.slug)
    lead = _("Everybody in the hall and at home can vote from the moment you press the button.")
    title, button = _("Open the vote of the audience"), _("Open the vote now")
    return show_act(request, form, shown, title=title, lead=lead, button=button, is_final=True)


@require_GET
def vote_cards(request: SignedInRequest, slug: str) -> HttpResponse:
    """Cards to print and cut, a sheet at a time, each with a code and the same as a picture to scan."""
    audience_round = round_of(request, kept(request, slug))
    codes = AudienceCode.objects.visible_to(request.user).filter(round=audience_round)
    sheet = Paginator(codes, CARDS_ON_A_SHEET).get_page(request.GET.get("vel"))
    cards = [{"number": one.number, "code": audience.code_of(audience_round, one.number)} for one in sheet]
    context = {"edition": audience_round.edition, "sheet": sheet, "cards": cards, "address": address_text()}
    return render(request, "pitch/vote_cards.html", context)


@require_GET
def vote_card(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    audience_round = round_of(request, kept(request, slug))
    codes = AudienceCode.objects.visible_to(request.user)
    code = get_object_or_404(codes, round=audience_round, number=number)
    return picture(vote_address(audience.code_of(audience_round, code.number)))


@login_not_required
@require_GET
def vote_picture(request: HttpRequest) -> HttpResponse:
    """The address at which one votes, to scan from the screen in the hall."""
    return picture(vote_address())


def vote_address(code: str = "") -> str:
    query = f"?{urlencode({'code': code})}" if code else ""
    return mail.absolute(reverse("pitch:vote_here")) + query


def address_text() -> str:
    """The address as one reads it aloud, without the part that browsers add."""
    return vote_address().partition("://")[2]


def picture(text: str) -> HttpResponse:
    """A QR code as SVG without any style of its own."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(scale=8, border=2, omitsize=True)
    whole = drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return HttpResponse(whole, content_type="image/svg+xml")


@login_not_required
@require_GET
def vote_here(request: HttpRequest) -> HttpResponse:
    """The short address on cards and screens: to the vote that is on, with the code if there is one."""
    rounds = AudienceRound.objects.visible_to(request.user).running().select_related("edition")
    code = request.GET.get("code", "")
    chosen = audience.round_for(rounds, code)
    if chosen is None:
        messages.info(request, _("There is no vote of the audience now."))
        return redirect("pitch:editions")
    query = f"?{urlencode({'code': code})}" if code else ""
    return redirect(reverse("pitch:vote", args=[chosen.edition.slug]) + query)


@login_not_required
@require_http_methods(["GET", "POST"])
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """One vote for the prize of the audience: with the code on a card, or with an account."""
    shown = visible(request, slug)
    audience_round = round_of(request, shown)
    user: Any = request.user
    plans, needs_code = audience.choices_for(user, audience_round), audience_round.is_by_card
    start = {"code": request.GET.get("code", "")[:20]}
    form = fill(VoteForm, request, initial=start, plans=plans, needs_code=needs_code)
    if form.is_valid():
        audience.vote(audience_round, by=user, **form.cleaned_data)
        return redirect("pitch:voted", shown.slug)
    context = {
        "edition": shown,
        "round": audience_round,
        "form": form,
        "has_voted": audience.has_voted(user, audience_round),
        "may_vote": needs_code or audience.is_known(user),
        "favourites": audience.outcome(shown),
    }
    return render(request, "pitch/vote.html", context, status=422 if form.errors else 200)


@login_not_required
@require_GET
def voted(request: HttpRequest, slug: str) -> HttpResponse:
    """Thanks, and what happens next. The page tells nothing about the vote, so anybody may see it."""
    shown = visible(request, slug)
    audience_round = round_of(request, shown)
    if audience_round.opens_at is None:
        raise Http404
    return render(request, "pitch/voted.html", {"edition": shown, "round": audience_round})
