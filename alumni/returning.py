"""Coming back: places that welcome former colleagues are told once a week, and an alumnus applies as one.

The exchange market knows no alumni. It knows that former colleagues are welcome somewhere; this module says
who is one.
"""

from smtplib import SMTPRecipientsRefused

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alumni import emails, inviting, mailing
from alumni.models import AlumniNetwork, Alumnus, Purpose, Tip
from bwob import history
from bwob.people.models import User
from bwob.workflow import Refused
from mobility import applying, queueing, rules
from mobility.models import Application, Exchange, ExchangeQuerySet

KINDS = {
    Purpose.RETURN: [Exchange.Kind.VACANCY, Exchange.Kind.SECONDMENT],
    Purpose.GIG: [Exchange.Kind.GIG, Exchange.Kind.ASSIGNMENT],
}
"""Which kinds of place a consent covers: work to come back for, or a short job."""
MOST = 20


def places(network: AlumniNetwork) -> ExchangeQuerySet:
    """What the employer has open for its former colleagues, the newest first."""
    own = Exchange.objects.for_alumni().filter(organisation=network.organisation_id)
    return own.cards().order_by("-published_at", "-pk")


def on_page(network: AlumniNetwork) -> ExchangeQuerySet:
    """Also what is full while one can wait; what is open first."""
    own = Exchange.objects.filter(
        organisation=network.organisation_id, alumni_welcome=True, kind__in=Exchange.FOR_ALUMNI
    )
    in_time = Q(closes_on=None) | Q(closes_on__gte=timezone.localdate())
    found = own.open() | own.filter(in_time, state=Exchange.State.FILLED)
    return found.cards().order_by("-state", "-published_at", "-pk")


def listeners() -> list[int]:
    """Who may want to hear of a place, at employers that have one open."""
    offering = Exchange.objects.for_alumni().values("organisation")
    found = Alumnus.objects.open_to(Purpose.RETURN) | Alumnus.objects.open_to(Purpose.GIG)
    return list(found.filter(network__organisation__in=offering).values_list("pk", flat=True))


def tell(alumnus_id: int) -> int:
    """A mail for each purpose with something new; how many mails. Run again, it tells nothing twice."""
    return sum(tell_for(alumnus_id, purpose) for purpose in KINDS)


@transaction.atomic
def tell_for(alumnus_id: int, purpose: Purpose) -> bool:
    """Nothing when nothing is new, or when the consent was withdrawn a moment ago: the record is held until
    the mail has gone. An address that refuses gets nothing more.
    """
    everyone = Alumnus.objects.select_for_update(of=("self",)).filter(pk=alumnus_id)
    alumnus = everyone.select_related("network__organisation").first()
    if alumnus is None or not Alumnus.objects.open_to(purpose).filter(pk=alumnus_id).exists():
        return False
    told = alumnus.tips.values("exchange")
    fresh = list(places(alumnus.network).filter(kind__in=KINDS[purpose]).exclude(pk__in=told)[:MOST])
    if not fresh:
        return False
    Tip.objects.bulk_create([Tip(alumnus=alumnus, exchange=one) for one in fresh], ignore_conflicts=True)
    try:
        emails.tips(alumnus, purpose, fresh)
    except SMTPRecipientsRefused:
        mailing.come_back(alumnus, by=None)
        return False
    return True


def obstacle(alumnus: Alumnus, exchange: Exchange, user: User) -> str:
    """Why this account cannot apply as this alumnus; "" when nothing stands in the way."""
    if alumnus.user_id != user.pk and (alumnus.user_id or inviting.account_of(alumnus.email) != user):
        return _("This link belongs to another account. Sign in with the address at which you got it.")
    if not alumnus.is_member:
        return _("You are no member of this network (any more).")
    if exchange.has_waiting_list:
        return rules.personal_obstacle(user, exchange, is_returning=True)
    return rules.obstacle(user, exchange, is_returning=True)


def apply(alumnus: Alumnus, application: Application, *, waits: bool = False) -> None:
    """Send the letter as a former colleague, or go on the waiting list as one. It is kept when a place that
    was free a moment ago is gone (`applying.Full`).
    """
    write(alumnus, application)
    send = queueing.join if waits else applying.submit
    send(application)


@transaction.atomic
def write(alumnus: Alumnus, application: Application) -> None:
    """Keep the letter of who chooses, by this door, to be known as a former colleague.

    An account that proved the address of the record belongs to it from here on.
    """
    user = application.applicant
    if reason := obstacle(alumnus, application.exchange, user):
        raise Refused(reason, application.exchange)
    if alumnus.user_id is None:
        with history.because(by=user):
            Alumnus.objects.filter(pk=alumnus.pk, user=None).update(user=user)
    application.is_returning = True
    applying.save_draft(application)
