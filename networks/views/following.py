from typing import Any

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from bwob.acting import Page, act, done
from bwob.forms import fill
from networks import atom, following
from networks.filters import understood
from networks.forms import FollowForm

OFTEN: dict[str, Any] = {"app": "networks", "action": "follow", "config": {"follow": "10/h/ip"}}


@login_not_required
@require_GET
def feed(request: HttpRequest) -> HttpResponse:
    made = atom.feed(understood(request.GET))
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@login_not_required
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Follow what the keys in the address select. The answer is the same whatever address is typed."""
    selection = understood(request.GET).changed(month="", stale=False)
    form = fill(FollowForm, request)
    back = Page(_("Networks"), "networks:networks")
    if form.is_valid():
        if refused := ratelimit.consume_or_429(request, **OFTEN):
            return refused
        following.ask(form.cleaned_data["email"], selection, language=get_language() or "nl")
        return done(request, back, _("Look in your mailbox: one more click, and you follow this area."))
    lead = _("At most one mail a week, and none when nothing changed. Each mail has a link to stop.")
    return act(request, form, back, title=_("Follow these networks by mail"), lead=lead, button=_("Follow"))


@login_not_required
@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def confirm_following(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link confirms nothing: mail scanners open links too."""
    found = following.of(token)
    if found and request.method == "POST":
        following.confirm(found)
        return done(request, Page("", "networks:networks"), _("You follow this area. Until the first news!"))
    status = 200 if found else 404
    return render(request, "networks/confirm_following.html", {"subscription": found}, status=status)


@csrf_exempt
@login_not_required
@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def stop_following(request: HttpRequest, token: str) -> HttpResponse:
    """Mail programs post here (RFC 8058). What was stopped before reads as stopped."""
    found = following.of(token)
    if found and request.method == "POST":
        following.stop(found)
    is_done = found is None or request.method == "POST"
    return render(request, "networks/stop_following.html", {"is_done": is_done})
