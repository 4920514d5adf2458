"""Who may do what in exchanges. Each rule is about one person and one record; sight is another matter."""

import datetime
from typing import Any

from django.utils.translation import gettext as _

from bwob import dutch
from bwob.organisations.models import Organisation
from bwob.people.models import Role
from mobility.models import Agreement, Application, Consent, Exchange


def may_write(user: Any) -> bool:
    """HR, and managers who offer workplaces, may write an exchange for their organisation."""
    return user.is_authenticated and user.has_role(Role.HR, Role.MANAGER)


def may_manage(user: Any, exchange: Exchange) -> bool:
    """HR of the organisation, or a manager there who is its contact or a co-owner."""
    if not user.is_authenticated:
        return False
    if exchange.organisation in user.organisations(Role.HR):
        return True
    return exchange.organisation in user.organisations(Role.MANAGER) and is_owner(user, exchange)


def is_owner(user: Any, exchange: Exchange) -> bool:
    is_contact = exchange.contact_id == user.pk
    return is_contact or user.exchanges_as_owner.filter(exchange=exchange).exists()


def can_change(exchange: Exchange) -> bool:
    """What is filled or withdrawn stays as it was."""
    return exchange.state in (Exchange.State.DRAFT, Exchange.State.PUBLISHED)


def may_edit(user: Any, exchange: Exchange) -> bool:
    return may_manage(user, exchange) and can_change(exchange)


def may_apply(user: Any, exchange: Exchange) -> bool:
    return not obstacle(user, exchange)


def obstacle(user: Any, exchange: Exchange, *, is_returning: bool = False) -> str:
    """Why this person cannot apply, in a sentence with what to do; "" when nothing stands in the way.

    `is_returning`: the line that knows former colleagues vouches that this is one.
    """
    if not exchange.is_open:
        return closed_because(exchange)
    return personal_obstacle(user, exchange, is_returning=is_returning)


def may_join_list(user: Any, exchange: Exchange, *, is_returning: bool = False) -> bool:
    """Wait for a place to come free, where one could apply if places were left."""
    return exchange.has_waiting_list and not personal_obstacle(user, exchange, is_returning=is_returning)


def personal_obstacle(user: Any, exchange: Exchange, *, is_returning: bool = False) -> str:
    """What stands in the way of this person, whether or not places are left.

    Former colleagues need no work address where they are welcome.
    """
    unproven = workplace_obstacle(user)
    if unproven and not (is_returning and exchange.alumni_welcome):
        return unproven
    if user.employer == exchange.organisation and not exchange.own_staff_welcome:
        return _("This is for people of other employers. You work at %s yourself.") % exchange.organisation
    return clash(user, exchange.kind, exchange.starts_on, exchange.ends_on)


def workplace_obstacle(user: Any) -> str:
    """Has this person shown where he or she works, and not too long ago? "" when so."""
    if user.work is None or not user.employer:
        return _("First show where you work: verify your work address in your profile.")
    if not user.work.is_current:
        return _("You verified your work address more than 180 days ago. Verify it again first.")
    return ""


def clash(user: Any, kind: str, starts_on: datetime.date | None, ends_on: datetime.date | None) -> str:
    """The confirmed place of this person that stands in the way of one of this kind in this period, in a
    sentence for the person; "" without one.
    """
    confirmed = Application.objects.filter(applicant=user).confirmed().with_names()
    there = confirmed.in_the_way_of(kind, starts_on, ends_on).first()
    if there is None:
        return ""
    facts = {"period": there.period_text, "organisation": there.exchange.organisation}
    return _("You already have a confirmed place %(period)s, at %(organisation)s.") % facts


def closed_because(exchange: Exchange) -> str:
    if exchange.state == Exchange.State.PUBLISHED and exchange.closes_on:
        return _("One could apply until %s.") % dutch.date_text(exchange.closes_on)
    return {
        Exchange.State.DRAFT: _("This has not been published yet."),
        Exchange.State.FILLED: _("All places have been given."),
        Exchange.State.WITHDRAWN: _("The organisation has withdrawn this."),
        Exchange.State.ARRANGED: _("This place is swapped in a ring. One cannot apply for it."),
    }[Exchange.State(exchange.state)]


def may_decide(user: Any, application: Application) -> bool:
    """Decide for the offering organisation: those who manage the exchange, but never on their own
    application.
    """
    return may_manage(user, application.exchange) and application.applicant_id != user.pk


def is_applicant(user: Any, application: Application) -> bool:
    return application.applicant_id == user.pk


def may_import(user: Any) -> bool:
    """Files of offers are the work of HR."""
    return user.is_authenticated and user.has_role(Role.HR)


def may_write_texts(user: Any, organisation: Organisation | None = None) -> bool:
    """The texts with which answers begin are the work of HR; without an organisation: of any at all."""
    own = user.organisations(Role.HR)
    return organisation in own if organisation else bool(own)


def may_see_figures(user: Any) -> bool:
    """Of the own organisation; which one, sight says."""
    return user.is_authenticated and user.has_role(Role.HR)


def needs_agreement(application: Application) -> bool:
    """Somebody works for another employer for a time: then lender, borrower and person put it in writing."""
    employer, exchange = application.employer, application.exchange
    is_lent = employer is not None and employer != exchange.organisation
    return is_lent and exchange.kind in Agreement.KINDS and application.has_a_place


def may_write_agreement(user: Any, application: Application) -> bool:
    """The borrower writes the text, for a place that is given."""
    return may_decide(user, application) and needs_agreement(application)


def parties_of(user: Any, application: Application) -> list[str]:
    """For which parties somebody may speak: oneself, or the employer where one is HR."""
    if is_applicant(user, application):
        return [Consent.Party.PERSON]
    found: list[str] = []
    if may_manage(user, application.exchange):
        found.append(Consent.Party.BORROWER)
    if application.employer in user.organisations(Role.HR):
        found.append(Consent.Party.LENDER)
    return found
