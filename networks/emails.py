"""The messages about networks: a function for each, whose docstring says to whom it goes and when."""

from collections.abc import Callable
from typing import Any

from django.utils import translation

from bwob import mail
from bwob.people.models import Membership, Role, User
from networks.models import Coordinator, Network, Partnership


def tie_asked(partnership: Partnership) -> None:
    """To whoever answers for the side that has not confirmed a new tie yet."""
    _about_tie("tie_asked", partnership, answerers(partnership))


def tie_confirmed(partnership: Partnership) -> None:
    """To both sides, when both have confirmed the tie."""
    _about_tie("tie_confirmed", partnership, everybody(partnership))


def tie_ended(partnership: Partnership) -> None:
    """To both sides, when one has ended the tie."""
    _about_tie("tie_ended", partnership, everybody(partnership))


TIES: dict[str, Callable[[Partnership], None]] = {
    message.__name__: message for message in (tie_asked, tie_confirmed, tie_ended)
}


def answerers(partnership: Partnership) -> list[User]:
    """Who can say yes for the side that did not say it yet."""
    if partnership.confirmed_by_network_at is None:
        return keepers(partnership.network)
    return partners(partnership)


def partners(partnership: Partnership) -> list[User]:
    if partnership.other:
        return keepers(partnership.other)
    assert partnership.organisation is not None  # noqa: S101 - a constraint holds it
    return [member.user for member in Membership.objects.hr_of(partnership.organisation)]


def everybody(partnership: Partnership) -> list[User]:
    people = {person.pk: person for person in [*keepers(partnership.network), *partners(partnership)]}
    return [people[pk] for pk in sorted(people)]


def keepers(network: Network) -> list[User]:
    """Who answers for a network: its contact, or else who coordinates there, or else the programme office."""
    if network.contact and network.contact.is_active:
        return [network.contact]
    return deciders(network)


def deciders(network: Network) -> list[User]:
    """The coordinators of region and province; the programme office where there are none (any more)."""
    found = {one.user_id: one.user for one in Coordinator.objects.of(network.place)}
    return list(found.values()) or office()


def office() -> list[User]:
    members = Membership.objects.filter(role=Role.PROGRAMME, user__is_active=True).select_related("user")
    return [member.user for member in members.order_by("user_id")]


def one_line(words: object) -> str:
    return " ".join(str(words).split())


def _about_tie(template: str, partnership: Partnership, people: list[User]) -> None:
    facts = {
        "network": one_line(partnership.network),
        "partner": one_line(partnership.partner),
        "patience": Partnership.PATIENCE.days,
    }
    moment = f"{partnership.confirmed_by_network_at} {partnership.confirmed_by_partner_at}"
    about = f"partnership {partnership.pk} {moment} {partnership.ends_on}"
    for person in people:
        send(template, person, partnership.network, about=about, **facts)


def send(template: str, person: User, page_of: Any, *, about: str, **facts: Any) -> None:
    """One message to one person, in the own language, with the address of the page that it is about."""
    with translation.override(person.language):
        page = mail.absolute(page_of.get_absolute_url())
    mail.send(
        f"networks/email/{template}.txt",
        to=person.email,
        language=person.language,
        about=about,
        context={"hello": one_line(person.short_name), "page": page} | facts,
    )
