"""The messages about an application: a function for each, whose docstring says to whom it goes and when.

What people typed cannot pass for the words of the portal: names and titles are put on one line, and what one
wrote to another is quoted. The letter and the private address of the applicant are in no mail.
"""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import translation

from bwob import history, mail
from bwob.people.models import Membership, User
from mobility import rules, signing
from mobility.models import Application, CoOwner, Exchange

State = Application.State


def submitted(application: Application) -> None:
    """To those who decide, when an application comes in, and to the applicant as a receipt."""
    tell_deciders("submitted", application)
    tell_applicant("received", application)


def invited(application: Application) -> None:
    """To the applicant, when the organisation wants to talk, with what it wrote."""
    tell_applicant("invited", application, message=written(application, State.CONVERSATION))


def offered(application: Application) -> None:
    """To the applicant, when there is an offer: what it says and until when it stands."""
    tell_applicant("offered", application, message=quoted(application.offer_note))


def taken(application: Application) -> None:
    """To the applicant's manager with the signed link, and to those who decide, when the offer was taken."""
    tell_manager("manager_asked", application)
    tell_deciders("taken", application)


def taken_alone(application: Application) -> None:
    """To those who decide, when a former colleague took the offer and no manager has to agree."""
    tell_deciders("taken_alone", application)


def manager_asked_again(application: Application) -> None:
    """To the manager with a fresh link, when the applicant corrected the address or asks again."""
    tell_manager("manager_asked", application)


def agreed(application: Application) -> None:
    """To those who decide, now that they can confirm, and to the applicant, when the manager agrees."""
    tell_deciders("agreed", application)
    tell_applicant("manager_agreed", application)


def talk_wanted(application: Application) -> None:
    """To the applicant, when the manager first wants to talk it over."""
    tell_applicant("talk_wanted", application)


def confirmed(application: Application) -> None:
    """To applicant, manager and those who decide, when the place is given."""
    tell_applicant("confirmed", application)
    if application.manager_email:
        tell_manager("confirmed_to_manager", application)
    tell_deciders("confirmed_to_deciders", application)


def declined(application: Application) -> None:
    """To the applicant, when the organisation says no, with the reason."""
    tell_applicant("declined", application, message=written(application, State.DECLINED))


def manager_declined(application: Application) -> None:
    """To the applicant and those who decide, when the manager cannot miss the applicant now."""
    tell_applicant("manager_declined", application)
    tell_deciders("manager_declined_to_deciders", application)


def withdrawn(application: Application) -> None:
    """To those who decide, when the applicant withdraws, with the reason if one was given."""
    tell_deciders("withdrawn", application, message=written(application, State.WITHDRAWN))


def enlisted(application: Application) -> None:
    """To the applicant, when the last place went to another: the number on the waiting list."""
    tell_applicant("enlisted", application, position=application.position)


def joined_list(application: Application) -> None:
    """To the applicant as a receipt, who joined the waiting list: the number on it."""
    tell_applicant("joined_list", application, position=application.position)


def offered_from_list(application: Application) -> None:
    """To the first on the waiting list, with the offer, and to those who decide, when a place came free."""
    tell_applicant("offered_from_list", application)
    tell_deciders("offered_from_list_to_deciders", application)


def place_free(application: Application) -> None:
    """The same where no period is known yet: those who decide are asked to make the offer."""
    tell_applicant("place_free", application)
    tell_deciders("place_free_to_deciders", application)


def place_given_back(application: Application) -> None:
    """To those who decide and to the manager, when a confirmed place is given back before it began."""
    tell_deciders("place_given_back", application, message=written(application, State.WITHDRAWN))
    if application.manager_email:
        tell_manager("place_given_back_to_manager", application)


def started(application: Application) -> None:
    """To the applicant and those who decide, on the first day."""
    tell_applicant("started", application)
    tell_deciders("started", application)


def completed(application: Application) -> None:
    """To the applicant and those who decide, after the last day: look back within three weeks."""
    tell_applicant("completed", application)
    tell_deciders("completed", application)


def end_proposed(application: Application) -> None:
    """To the side that has to answer, when the other proposes another last day."""
    if application.proposed_by == "person":
        tell_deciders("end_proposed", application)
    else:
        tell_applicant("end_proposed", application)


def end_moved(application: Application) -> None:
    """To applicant, those who decide and the manager, when both sides want another last day."""
    tell_applicant("end_moved", application)
    tell_deciders("end_moved", application)
    if application.manager_email:
        tell_manager("end_moved", application)


def end_stays(application: Application) -> None:
    """To applicant and those who decide, when the proposal was declined or not answered in time."""
    tell_applicant("end_stays", application)
    tell_deciders("end_stays", application)


def cancelled(application: Application) -> None:
    """To the applicant, when the organisation withdraws the whole exchange, with the reason."""
    tell_applicant("cancelled", application, message=written(application, State.DECLINED))


def lapsed(application: Application) -> None:
    """To applicant and those who decide, when a term passed in which somebody had to answer: who that was."""
    waited_in = state_before_lapsing(application)
    tell_applicant("lapsed", application, waited_in=waited_in)
    tell_deciders("lapsed_to_deciders", application, waited_in=waited_in)


def reminded(application: Application) -> None:
    """To whoever has to answer, two days before the term ends."""
    if application.waits_for_manager:
        tell_manager("manager_reminded", application)
    elif application.waits_for_hr:
        tell_deciders("deciders_reminded", application)
    elif application.is_queued:
        tell_applicant("list_reminded", application, position=application.position)
    else:
        tell_applicant("applicant_reminded", application)


def applicant_left(exchange: Exchange, application_id: int) -> None:
    """To those who decide, when an applicant closed the account; the application and its name are gone."""
    for person in deciders(exchange):
        with translation.override(person.language):
            page = mail.absolute(reverse("mobility:inbox", args=[exchange.slug]))
        mail.send(
            "mobility/email/applicant_left.txt",
            to=person.email,
            language=person.language,
            about=f"application {application_id} gone",
            context={
                "page": page,
                "hello": one_line(person.short_name),
                "organisation": exchange.organisation,
                "title": one_line(exchange.title),
            },
        )


def owner_added(owner: CoOwner) -> None:
    """To whoever was made co-owner of an exchange."""
    person, exchange = owner.person, owner.exchange
    with translation.override(person.language):
        page = mail.absolute(exchange.get_absolute_url())
    facts = {"hello": one_line(person.short_name), "title": one_line(exchange.title), "page": page}
    mail.send(
        "mobility/email/owner_added.txt",
        to=person.email,
        language=person.language,
        about=f"owner {owner.pk} added",
        context=facts | {"organisation": exchange.organisation},
    )


MESSAGES: dict[str, Callable[[Application], None]] = {
    message.__name__: message
    for message in (
        submitted,
        invited,
        offered,
        taken,
        taken_alone,
        manager_asked_again,
        agreed,
        talk_wanted,
        confirmed,
        declined,
        manager_declined,
        withdrawn,
        enlisted,
        joined_list,
        offered_from_list,
        place_free,
        place_given_back,
        started,
        completed,
        end_proposed,
        end_moved,
        end_stays,
        cancelled,
        lapsed,
        reminded,
    )
}


def tell_applicant(template: str, application: Application, **more: Any) -> None:
    person = application.applicant
    _send(template, application, to=person.email, language=person.language, hello=person.short_name, **more)


def tell_deciders(template: str, application: Application, **more: Any) -> None:
    for person in deciders(application.exchange, but=application.applicant):
        _send(
            template, application, to=person.email, language=person.language, hello=person.short_name, **more
        )


def tell_manager(template: str, application: Application) -> None:
    """The manager has no account: the link in the mail is the key, and the language is the applicant's."""
    language = application.applicant.language
    with translation.override(language):
        link = mail.absolute(reverse("mobility:manager", args=[signing.manager_token(application)]))
    to, hello = application.manager_email, application.manager_name
    _send(template, application, to=to, language=language, hello=hello, link=link)


def deciders(exchange: Exchange, but: User | None = None) -> list[User]:
    """The contact and the co-owners, each while managing the exchange; without co-owners the contact and HR.

    Each once, and never the applicant. Where only the applicant would be left, HR gets it.
    """
    people = {owner.person for owner in exchange.co_owners.in_force().select_related("person")} - {but}
    if not people:
        people = {member.user for member in Membership.objects.hr_of(exchange.organisation)}
    contact = exchange.contact
    if contact and contact.is_active and rules.may_manage(contact, exchange):
        people.add(contact)
    return sorted(people - {but}, key=lambda person: person.pk)


def one_line(words: object) -> str:
    return " ".join(str(words).split())


def quoted(text: str) -> str:
    """What one wrote to another, marked as mail programs mark a quotation; "" when nothing was written."""
    return "\n".join(f"> {one_line(line)}".strip() for line in text.strip().splitlines())


def written(application: Application, state: str) -> str:
    """What was written, for the other side, with the last move into this state. Two queries."""
    reasons = [moment.reason for moment in history.timeline(application) if moment.state == state]
    return quoted(reasons[-1]) if reasons else ""


def state_before_lapsing(application: Application) -> str:
    """The state in which the term passed: it tells who did not answer. Two queries."""
    states = [moment.state for moment in history.timeline(application)]
    return states[-2] if len(states) > 1 else ""


def preview(message: str, application: Application, *, words: str) -> tuple[str, str]:
    """Subject and body of a message to the applicant as it would be sent now, with these words in it."""
    person = application.applicant
    context = facts_of(application, language=person.language, hello=person.short_name)
    return mail.rendered(
        f"mobility/email/{message}.txt",
        language=person.language,
        context=context | {"message": quoted(words)},
    )


def facts_of(application: Application, *, language: str, hello: str) -> dict[str, Any]:
    """What every message about an application may name."""
    with translation.override(language):
        page = mail.absolute(application.get_absolute_url())
    return {
        "application": application,
        "exchange": application.exchange,
        "page": page,
        "hello": one_line(hello),
        "name": one_line(application.applicant),
        "employer": application.employer,
        "manager": one_line(application.manager_name),
        "organisation": application.exchange.organisation,
        "title": one_line(application.exchange.title),
    }


def _send(
    template: str, application: Application, *, to: str, language: str, hello: str, **more: Any
) -> None:
    about = f"application {application.pk} {application.moved_at.isoformat()} {application.asked_manager_at}"
    if application.is_under_way:
        about += f" {application.ends_on} {application.proposed_ends_on}"
    facts = facts_of(application, language=language, hello=hello)
    mail.send(f"mobility/email/{template}.txt", to=to, language=language, about=about, context=facts | more)
