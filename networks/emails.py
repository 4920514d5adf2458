"""The messages about networks: a function for each, whose docstring says to whom it goes and when."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation

from bwob import history, mail
from bwob.acting import Page
from bwob.organisations.models import Region
from bwob.people.models import Membership, Role, User
from networks import signing
from networks.models import Coordinator, Message, Network, Partnership, Proposal


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


def proposed(proposal: Proposal) -> None:
    """To whoever decides there, when something was proposed."""
    _about_proposal("proposed", proposal, deciders(proposal))


def passed_on(proposal: Proposal) -> None:
    """To the programme office, when no coordinator decided within three weeks."""
    _about_proposal("passed_on", proposal, office())


def accepted(proposal: Proposal) -> None:
    """To the proposer, when it was accepted, perhaps with changes; with the page of the network."""
    _about_proposal("accepted", proposal, [proposal.proposer])


def rejected(proposal: Proposal) -> None:
    """To the proposer, with the reason."""
    _about_proposal("rejected", proposal, [proposal.proposer])


def lapsed(proposal: Proposal) -> None:
    """To the proposer, when nobody decided at all."""
    _about_proposal("lapsed", proposal, [proposal.proposer])


PROPOSALS: dict[str, Callable[[Proposal], None]] = {
    message.__name__: message for message in (proposed, passed_on, accepted, rejected, lapsed)
}


def network_unconfirmed(network: Network) -> None:
    """To whoever answers for the network, once a year: is this still so? With the link that confirms."""
    for person in keepers(network):
        with translation.override(person.language):
            link = mail.absolute(reverse("networks:confirm", args=[signing.token(network)]))
        _about_network("unconfirmed", network, person, link=link)


def network_stale(network: Network) -> None:
    """To those who decide in the region, when nobody confirmed: the list hides it now."""
    for person in deciders(network):
        _about_network("stale", network, person)


def contact_asked(network: Network) -> None:
    """To somebody who is asked to be the contact; only a yes makes it so."""
    if network.invited:
        with translation.override(network.invited.language):
            link = mail.absolute(reverse("networks:be_contact", args=[network.slug]))
        facts = {"network": one_line(network), "link": link, "days": Network.ANSWER_WITHIN.days}
        send(
            "contact_asked",
            network.invited,
            network,
            about=f"network {network.pk} {network.invited_at}",
            **facts,
        )


def contact_left(network: Network) -> None:
    """To those who decide in the region, when the contact of a network has gone."""
    for person in deciders(network):
        about = f"network {network.pk} left {timezone.localdate()}"
        send("contact_left", person, network, about=about, network=one_line(network))


NETWORKS: dict[str, Callable[[Network], None]] = {
    message.__name__: message for message in (network_unconfirmed, network_stale, contact_asked, contact_left)
}


def coordinator_left(region: Region) -> None:
    """To the other coordinators of a region or province, or else the programme office, when one has gone."""
    inside = Q(place__region=region) | Q(place__province=region)
    facts = {
        "region": one_line(region),
        "networks": Network.objects.existing().filter(inside).count(),
        "proposals": Proposal.objects.open().filter(inside).count(),
    }
    others = Coordinator.objects.filter(region=region, user__is_active=True).select_related("user")
    for person in [one.user for one in others] or office():
        page = Page("", "networks:proposals")
        send("coordinator_left", person, page, about=f"region {region.pk} {timezone.now():%Y-%m-%d}", **facts)


def message(written: Message) -> None:
    """To whoever answers for the network, when somebody wrote to it through the form."""
    sender = written.sender
    facts = {
        "network": one_line(written.network),
        "name": one_line(sender),
        "employer": one_line(sender.employer or ""),
        "address": sender.work.email if sender.work else sender.email,
        "text": quoted(written.text),
    }
    for person in keepers(written.network):
        send("message", person, written.network, about=f"message {written.pk}", **facts)


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


def deciders(thing: Network | Proposal) -> list[User]:
    """The coordinators of region and province; the programme office where there are none (any more)."""
    found = {one.user_id: one.user for one in Coordinator.objects.of(thing.place)}
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


def _about_proposal(template: str, proposal: Proposal, people: list[User]) -> None:
    facts = {
        "title": one_line(proposal.title),
        "reason": quoted(history.last_change(proposal).reason),
        "until": proposal.due_at,
    }
    about = f"proposal {proposal.pk} {proposal.moved_at}"
    for person in people:
        send(template, person, proposal, about=about, **facts)


def _about_network(template: str, network: Network, person: User, **more: Any) -> None:
    about = f"network {network.pk} {network.moved_at}"
    facts = {"network": one_line(network), "until": network.due_at} | more
    send(template, person, network, about=about, **facts)


def quoted(text: str) -> str:
    """What one wrote to another, marked as mail programs mark a quotation; "" when nothing was written."""
    return "\n".join(f"> {one_line(line)}".strip() for line in text.strip().splitlines())


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
