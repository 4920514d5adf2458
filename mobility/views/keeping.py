"""Keeping exchanges and searches: lists, acts, feeds, the calendar, and the way out of the mails."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bwob.acting import done
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.web import require
from bwob.workflow import Refused
from mobility import addresses, calendars, feeds, keeping, keeplist
from mobility.keeping_forms import SavedSearchForm
from mobility.models import Exchange, SavedSearch
from mobility.news import Asked
from mobility.views.exchanges import visible


@require_GET
def kept(request: SignedInRequest) -> HttpResponse:
    return render(request, "mobility/kept.html", keeplist.of(request.user))


@require_http_methods(["GET", "POST"])
def keep(request: SignedInRequest, slug: str) -> HttpResponse:
    """The button on a card or page. A GET comes from the sign-in in between, and shows the exchange."""
    shown = visible(request, slug)
    if request.method == "GET":
        return redirect(shown)
    require(shown.published_at is not None)
    keeping.keep(shown, by=request.user)
    messages.success(request, _("Kept. You find it under “Kept for later”."))
    return back(request, shown)


@require_POST
def let_go(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = visible(request, slug)
    keeping.let_go(shown.pk, by=request.user)
    messages.success(request, _("No longer kept."))
    return back(request, shown)


@require_POST
def tidy_kept(request: SignedInRequest) -> HttpResponse:
    """Let go of all that one can no longer see or apply for."""
    keeplist.tidy(request.user)
    return done(request, "mobility:kept", _("What is over is no longer kept."))


def back(request: HttpRequest, shown: Exchange) -> HttpResponse:
    """To the page of the button, which it names, at this exchange; only to a page of our own."""
    target = request.POST.get("next", "")
    is_ours = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return redirect(f"{target}#{shown.slug}" if is_ours else shown)


@once
@require_http_methods(["GET", "POST"])
def save_search(request: SignedInRequest) -> HttpResponse:
    """Save the search whose keys stand in the address of this page."""
    asked = Asked(request.GET.urlencode())
    if asked.is_empty:
        messages.warning(request, _("Choose or type something first: a search for everything has no news."))
        return redirect("mobility:exchanges")
    search = SavedSearch(user=request.user, query=asked.query)
    form = fill(SavedSearchForm, request, instance=search, initial={"name": ", ".join(asked.labels)[:80]})
    if form.is_valid():
        keeping.save(search, by=request.user)
        return done(request, "mobility:kept", _("Your search is saved."))
    context = {"form": form, "asked": asked}
    return render(request, "mobility/save_search.html", context, status=422 if form.errors else 200)


def own(request: SignedInRequest, key: object) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.visible_to(request.user), key=key)


@once
@require_http_methods(["GET", "POST"])
def saved_search(request: SignedInRequest, key: object) -> HttpResponse:
    search = own(request, key)
    form = fill(SavedSearchForm, request, instance=search)
    if form.is_valid():
        keeping.change(form.instance, by=request.user)
        return done(request, "mobility:kept", _("Your search is saved."))
    stored = own(request, key)
    context = {"form": form, "search": stored, "asked": Asked(stored.query), "feed": addresses.feed(stored)}
    return render(request, "mobility/saved_search.html", context, status=422 if form.errors else 200)


@require_POST
def mend_search(request: SignedInRequest, key: object) -> HttpResponse:
    search = own(request, key)
    asked = Asked(search.query)
    if asked.is_empty:
        raise Refused(_("Nothing is left of this search. Delete it, or make a new one."))
    keeping.mend(search, asked.query, by=request.user)
    return done(request, search, _("Your search goes on without what no longer exists."))


@require_POST
def remove_search(request: SignedInRequest, key: object) -> HttpResponse:
    keeping.remove(own(request, key), by=request.user)
    return done(request, "mobility:kept", _("Your search is deleted."))


@require_POST
def search_address(request: SignedInRequest, key: object) -> HttpResponse:
    """Open an address for the feed of a saved search (anew), or close it."""
    search = own(request, key)
    act = keeping.close_feed if "close" in request.POST else keeping.open_feed
    act(search, by=request.user)
    say_address(request)
    return redirect(search)


@require_POST
def calendar_address(request: SignedInRequest) -> HttpResponse:
    act = keeping.close_calendar if "close" in request.POST else keeping.open_calendar
    act(by=request.user)
    say_address(request)
    return redirect("mobility:kept")


def say_address(request: HttpRequest) -> None:
    closed, opened = _("The address is closed."), _("Here is your address. An earlier one no longer works.")
    messages.success(request, closed if "close" in request.POST else opened)


@login_not_required
@require_GET
def feed(request: HttpRequest) -> HttpResponse:
    """A search as a feed, for everybody, by the same keys as its page."""
    address = addresses.of_feed(request.GET.urlencode()[:2000])
    return feeds.answer(request, feeds.of_query(request.GET, address))


@login_not_required
@sensitive_variables("token")
@require_GET
def search_feed(request: HttpRequest, token: str) -> HttpResponse:
    search = keeplist.search_of(token)
    if not isinstance(search, SavedSearch):
        return no_address(request, status=search)
    return feeds.answer(request, feeds.of_search(search, addresses.feed(search)))


@login_not_required
@sensitive_variables("token")
@require_GET
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    reader = keeplist.reader_of(token)
    if isinstance(reader, int):
        return no_address(request, status=reader)
    return HttpResponse(calendars.of(reader), content_type="text/calendar; charset=utf-8")


@csrf_exempt
@login_not_required
@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails with news, without signing in. Mail programs post here (RFC 8058); opening changes
    nothing.
    """
    found = addresses.read("unsubscribe", token)
    if found is None:
        return no_address(request, status=404)
    if request.method == "POST":
        keeping.stop_mail(found[0])
    return render(request, "mobility/unsubscribe.html", {"done": request.method == "POST"})


def no_address(request: HttpRequest, status: int) -> HttpResponse:
    """One page for a guessed address (404) and one that its owner closed (410)."""
    return render(request, "mobility/no_address.html", status=status)
