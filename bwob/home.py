"""Composition: the front page, *Mijn overzicht*, and what stands around every page."""

import dataclasses
import functools
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.db.models import Exists
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from alumni import front as alumni_front
from alumni import turns as alumni_turns
from bwob import dutch
from bwob.demo import accounts
from bwob.people.models import User
from bwob.privacy.models import AccessLog
from doetanks import front as doetanks_front
from doetanks import turns as doetanks_turns
from mobility import asked_turns, day_turns, front, rules, turns
from networks import front as networks_front
from networks import turns as networks_turns
from pitch import front as pitch_front
from pitch import turns as pitch_turns


@dataclasses.dataclass(frozen=True)
class Line:
    """A programme line in the header."""

    label: str
    url: str
    is_current: bool


@functools.cache
def lines(language: str, current: str) -> list[Line]:
    """The programme lines in the active language, of which somebody is in one, or in none ("")."""
    return [
        Line(_("Exchanges"), reverse("mobility:exchanges"), current == "mobility"),
        Line(_("Alumni"), reverse("alumni:networks"), current == "alumni"),
        Line(_("PITCH"), reverse("pitch:editions"), current == "pitch"),
        Line(_("Networks"), reverse("networks:networks"), current == "networks"),
        Line("Doetanks", reverse("doetanks:board"), current == "doetanks"),
    ]


def chrome(request: HttpRequest) -> dict[str, Any]:
    """What the base template shows around every page. One query for whoever is signed in: the roles."""
    match = request.resolver_match
    line = match.app_names[0] if match and match.app_names else ""
    other = "en" if get_language() == "nl" else "nl"
    return {
        "line": line,
        "lines": lines(get_language(), line),
        "demo": settings.DEMO,
        **(sign_in_help() if settings.DEMO and match and match.view_name == "account_login" else {}),
        "may_write": hasattr(request, "user") and rules.may_write(request.user),
        "other_language": {
            "code": other,
            "label": dict(settings.LANGUAGES)[other],
            "url": translate_url(request.get_full_path(), other),
        },
    }


def sign_in_help() -> dict[str, Any]:
    """The accounts that the sign-in page of a demo lists."""
    return {"demo_accounts": accounts.ACCOUNTS, "demo_password": accounts.PASSWORD}


class PortalSitemap(Sitemap):
    """The pages of the portal itself that search engines may show, in both languages."""

    i18n = True
    alternates = True

    def items(self) -> list[str]:
        return ["home", "mobility:exchanges", "mobility:career_days", "accessibility", "privacy", "contact"]

    def location(self, item: str) -> str:
        return reverse(item)


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    facts = front.facts() | networks_front.facts() | doetanks_front.facts() | pitch_front.facts()
    facts |= alumni_front.entrance()
    return render(request, "home.html", facts)


@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    context = overview(request.user) | {
        "seen": last_views(request.user),
        "work_address": workplace(request.user),
    }
    return render(request, "dashboard.html", context)


TURNS = {
    "asked": asked_turns,
    "days": day_turns,
    "alumni": alumni_turns,
    "pitch": pitch_turns,
    "networks": networks_turns,
    "doetanks": doetanks_turns,
}


def overview(user: Any) -> dict[str, Any]:
    """The turns of every line together; of exchanges and alumni also what only they have."""
    there, context = touched(user), turns.of(user)
    own = len(context["yours"])
    for line in (line for name, line in TURNS.items() if name in there):
        for name, rows in line.of(user).items():
            context[name] = [*context[name], *rows]
    context["alumni"] = alumni_turns.memberships(user) if "alumni" in there else []
    asked = len(context["yours"]) - own
    context["lead"] = turns.lead(context["applications"], context["managed"], asked=asked)
    return context


def touched(user: Any) -> set[str]:
    """The lines in which there is something of this person: one of the sets that they name has rows. One
    statement for all, so that the overview asks nothing more of a line in which somebody takes no part.
    """
    asked = {
        f"{name}_{number}": Exists(rows)
        for name, line in TURNS.items()
        for number, rows in enumerate(line.concerns(user))
    }
    known = User.objects.visible_to(user).filter(pk=user.pk).values(**asked).get()
    return {name.partition("_")[0] for name, has_rows in known.items() if has_rows}


def last_views(user: Any) -> list[dict[str, str]]:
    """The three newest views of this person's data by others."""
    return [
        {
            "who": f"{view.viewer_name}, {view.employer}",
            "what": view.purpose_text,
            "when": date_format(timezone.localtime(view.seen_at), "j N"),
        }
        for view in AccessLog.objects.visible_to(user).filter(subject=user).newest_first()[:3]
    ]


def workplace(user: Any) -> dict[str, Any] | None:
    """Where this person works, and whether that still counts; None when it was never shown."""
    if not user.employer:
        return None
    if not user.work.is_current:
        return {"text": _("%s. Verify it again before you apply.") % user.employer, "is_good": False}
    until = dutch.date_text(timezone.localtime(user.work.expires_at).date())
    return {
        "text": _("%(employer)s, verified until %(day)s") % {"employer": user.employer, "day": until},
        "is_good": True,
    }


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "accessibility.html")


@login_not_required
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy.html")


@login_not_required
@require_GET
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "contact.html", {"contact_email": settings.CONTACT})
