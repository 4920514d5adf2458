"""The messages of alumni networks: a function for each, whose docstring says to whom it goes and when."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import translation

from alumni import links
from alumni.models import Alumnus, Consent
from bwob import mail
from bwob.people.models import Membership


def invited(alumnus: Alumnus) -> None:
    """To the private address, when HR invites or accepts a request: what the network is, and the link."""
    to_alumnus("invited", alumnus)


def asked(alumnus: Alumnus) -> None:
    """To HR of the employer, when somebody asks on the site to join."""
    for member in Membership.objects.hr_of(alumnus.network.organisation):
        with translation.override(member.user.language):
            page = mail.absolute(reverse("admin:alumni_alumnus_change", args=[alumnus.pk]))
        _send("asked", alumnus, to=member.user.email, language=member.user.language, page=page)


def welcomed(alumnus: Alumnus) -> None:
    """To the alumnus, when he or she became a member: what was agreed, with its proof, as a receipt."""
    consents = Consent.objects.in_force().filter(alumnus=alumnus).select_related("wording")
    to_alumnus("welcomed", alumnus, consents=list(consents.order_by("purpose")))


def link_asked(alumnus: Alumnus) -> None:
    """To the alumnus, when a new link was asked for."""
    to_alumnus("link_asked", alumnus)


def reminded(alumnus: Alumnus) -> None:
    """To the alumnus, two weeks before a term ends, with what happens then."""
    to_alumnus("reminded", alumnus)


def dormant(alumnus: Alumnus) -> None:
    """To the alumnus, after a year without a confirmation: nothing is sent any more, until one click."""
    to_alumnus("dormant", alumnus)


def merged(alumnus: Alumnus) -> None:
    """To the alumnus, when HR put two records together: which consents count now."""
    consents = Consent.objects.in_force().filter(alumnus=alumnus).select_related("wording")
    to_alumnus("merged", alumnus, consents=list(consents.order_by("purpose")))


MESSAGES: dict[str, Callable[[Alumnus], None]] = {
    act.__name__: act for act in (invited, asked, welcomed, link_asked, reminded, dormant, merged)
}


def to_alumnus(template: str, alumnus: Alumnus, **more: Any) -> None:
    with translation.override(alumnus.language):
        page = mail.absolute(reverse("alumni:membership", args=[links.entrance(alumnus)]))
    _send(template, alumnus, to=alumnus.email, language=alumnus.language, page=page, **more)


def _send(template: str, alumnus: Alumnus, *, to: str, language: str, **more: Any) -> None:
    about = f"alumnus {alumnus.pk} {alumnus.moved_at.isoformat()} {alumnus.link_stamp.hex}"
    facts = {
        "alumnus": alumnus,
        "name": one_line(alumnus),
        "hello": one_line(alumnus.given_name),
        "organisation": alumnus.network.organisation,
    }
    mail.send(f"alumni/email/{template}.txt", to=to, language=language, about=about, context=facts | more)


def one_line(words: object) -> str:
    return " ".join(str(words).split())
