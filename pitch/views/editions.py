from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from pitch import closing, rulebook, rules, showing, wording
from pitch.models import Edition, Entry, Rules


def visible(request: HttpRequest, slug: str) -> Edition:
    """The edition with its rules, if this person may see it; 404 otherwise."""
    return get_object_or_404(
        Edition.objects.visible_to(request.user).select_related("rules", "audience"), slug=slug
    )


@login_not_required
@require_GET
def editions(request: HttpRequest) -> HttpResponse:
    """The editions that run, and those of before."""
    seen = Edition.objects.visible_to(request.user)
    context = {"running": seen.running(), "past": past(request), "drafts": drafts(request)}
    return render(request, "pitch/editions.html", context)


def drafts(request: HttpRequest) -> Any:
    """What is in preparation, for who may know of it."""
    return Edition.objects.managed_by(request.user).filter(state=Edition.State.DRAFT)


def past(request: HttpRequest) -> list[dict[str, Any]]:
    ended = list(Edition.objects.visible_to(request.user).past())
    winners = showing.winners_of(ended)
    return [{"edition": one, "winner": winners.get(one.pk)} for one in ended]


@login_not_required
@require_GET
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    shown = visible(request, slug)
    given_rules = getattr(shown, "rules", None)
    entries = showing.drawn(public_plans(request, shown))
    context = {
        "edition": shown,
        "rules": given_rules,
        "phases": wording.phases(shown) if given_rules else [],
        "prizes": wording.prizes(shown),
        "sayings": wording.sayings(given_rules) if given_rules else [],
        "cards": showing.cards(entries[:6]),
        "count": len(entries),
        "turnout": closing.turnout(shown) if shown.state == Edition.State.JUDGING else None,
        "days_left": wording.days_left(shown.judging_closes_at),
        "winner": showing.winner_of(shown),
        "past": past(request),
        **doors(request, shown),
    }
    return render(request, "pitch/edition.html", context)


def public_plans(request: HttpRequest, shown: Edition) -> list[Entry]:
    """Each knows the edition that was looked up already, with its rules."""
    plans = list(
        Entry.objects.visible_to(request.user).public().filter(edition=shown).select_related("blind")
    )
    for plan in plans:
        plan.edition = shown
    return plans


def doors(request: HttpRequest, shown: Edition) -> dict[str, bool]:
    """Which other pages of the edition this person may enter."""
    user = request.user
    return {
        "may_manage": rules.may_manage(user, shown),
        "may_judge": rules.is_juror(user, shown),
        "may_hold": rules.may_hold(user, shown),
        "takes_entries": shown.takes_entries,
    }


@login_not_required
@require_GET
def entries(request: HttpRequest, slug: str) -> HttpResponse:
    shown = visible(request, slug)
    plans = showing.drawn(public_plans(request, shown))
    return render(request, "pitch/entries.html", {"edition": shown, "cards": showing.cards(plans)})


def rules_of(request: HttpRequest, slug: str) -> Rules:
    rows = Rules.objects.visible_to(request.user).select_related("edition").prefetch_related("criteria")
    return get_object_or_404(rows, edition__slug=slug)


@login_not_required
@require_GET
def rules_text(request: HttpRequest, slug: str) -> HttpResponse:
    given = rules_of(request, slug)
    context = {
        "edition": given.edition,
        "rules": given,
        "sayings": wording.sayings(given),
        "counting": wording.counting_sayings(given),
        "limits": wording.limits(given),
    }
    return render(request, "pitch/rules_text.html", context)


@login_not_required
@require_GET
def rules_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The bytes of which the hash on the page is the SHA-256."""
    given = rules_of(request, slug)
    if not given.sha256:
        raise Http404
    return HttpResponse(rulebook.canonical(given), content_type="application/json")
