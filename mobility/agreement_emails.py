"""The messages about an agreement: to the person, the borrower and the lender; to whom and when each says.

Where nobody of the lender has an account, the person's manager gets a signed link instead.
"""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import translation

from bwob import history, mail
from bwob.people.models import Membership
from mobility import signing
from mobility.emails import deciders, one_line, quoted
from mobility.models import Agreement, Consent

Party = Consent.Party


def agreement_asked(agreement: Agreement) -> None:
    """To all three parties, when the text stands: read it and agree, or not."""
    tell_all("agreement_asked", agreement)


def agreement_reminded(agreement: Agreement) -> None:
    """To the parties that have not agreed, a week before the term ends."""
    given = set(agreement.consents.values_list("party", flat=True))
    tell_all("agreement_reminded", agreement, parties=[party for party in Party if party not in given])


def agreement_sealed(agreement: Agreement) -> None:
    """To all three parties, when the last has agreed."""
    tell_all("agreement_sealed", agreement)


def agreement_refused(agreement: Agreement) -> None:
    """To all three parties, when one did not agree, with its reason."""
    reason = history.timeline(agreement)[-1].reason
    tell_all("agreement_refused", agreement, message=quoted(reason))


def agreement_lapsed(agreement: Agreement) -> None:
    """To all three parties, when not all agreed in time."""
    tell_all("agreement_lapsed", agreement)


MESSAGES: dict[str, Callable[[Agreement], None]] = {
    message.__name__: message
    for message in (
        agreement_asked,
        agreement_reminded,
        agreement_sealed,
        agreement_refused,
        agreement_lapsed,
    )
}


def tell_all(template: str, agreement: Agreement, *, parties: Any = tuple(Party), **more: Any) -> None:
    """Everybody who may speak for one of these parties."""
    application = agreement.application
    page = agreement.get_absolute_url
    people = {Party.PERSON: [application.applicant]}
    people[Party.BORROWER] = deciders(application.exchange, but=application.applicant)
    people[Party.LENDER] = lenders(agreement)
    for person in dict.fromkeys(person for party in parties for person in people[party]):
        with translation.override(person.language):
            where = mail.absolute(page())
        _send(
            template,
            agreement,
            to=person.email,
            language=person.language,
            hello=person.short_name,
            page=where,
            **more,
        )
    if Party.LENDER in parties and not people[Party.LENDER] and application.manager_email:
        tell_by_link(template, agreement, **more)


def lenders(agreement: Agreement) -> list[Any]:
    """HR of the employer that lends, never the person."""
    employer = agreement.application.employer
    members = Membership.objects.hr_of(employer) if employer else ()
    return sorted(
        {member.user for member in members} - {agreement.application.applicant}, key=lambda user: user.pk
    )


def tell_by_link(template: str, agreement: Agreement, **more: Any) -> None:
    application = agreement.application
    with translation.override(agreement.language):
        page = mail.absolute(reverse("mobility:lender", args=[signing.agreement_token(agreement)]))
    to, hello = application.manager_email, application.manager_name
    _send(template, agreement, to=to, language=agreement.language, hello=hello, page=page, **more)


def _send(
    template: str, agreement: Agreement, *, to: str, language: str, hello: str, page: str, **more: Any
) -> None:
    application = agreement.application
    facts = {
        "agreement": agreement,
        "application": application,
        "exchange": application.exchange,
        "page": page,
        "hello": one_line(hello),
        "name": one_line(application.applicant),
        "employer": application.employer,
        "organisation": application.exchange.organisation,
        "title": one_line(application.exchange.title),
    }
    about = f"agreement {agreement.pk} {agreement.moved_at.isoformat()} {agreement.reminded_at}"
    mail.send(f"mobility/email/{template}.txt", to=to, language=language, about=about, context=facts | more)
