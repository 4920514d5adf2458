"""What goes of exchanges and applications by itself."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.privacy import erasing, retention
from mobility import applying, ringing
from mobility.models import (
    Agreement,
    Application,
    Consent,
    ContactRequest,
    DayFeedback,
    Evaluation,
    OfferFile,
    RingPlace,
    Signup,
    SwapRing,
    SwapWish,
)


def applications_past_their_term(moment: datetime.datetime) -> models.QuerySet:
    """The last day is set when the procedure ends, from the term of the offering organisation."""
    return Application.objects.filter(keep_until__lt=timezone.localdate(moment))


def contacts_past_their_term(moment: datetime.datetime) -> models.QuerySet:
    """The last day is set when a request ends, from the term of the asking organisation."""
    return ContactRequest.objects.filter(keep_until__lt=timezone.localdate(moment))


retention.register(retention.Rule(_("Requests for contact"), contacts_past_their_term, "keep_until"))


def agreements_past_their_term(moment: datetime.datetime) -> models.QuerySet:
    """They go with the application they belong to."""
    return Agreement.objects.filter(application__keep_until__lt=timezone.localdate(moment))


def consents_past_their_term(moment: datetime.datetime) -> models.QuerySet:
    return Consent.objects.filter(agreement__in=agreements_past_their_term(moment))


def evaluations_past_their_term(moment: datetime.datetime) -> models.QuerySet:
    return Evaluation.objects.filter(application__keep_until__lt=timezone.localdate(moment))


def ring_places_past_their_term(moment: datetime.datetime) -> models.QuerySet:
    return RingPlace.objects.filter(ring__keep_until__lt=timezone.localdate(moment))


def rings_past_their_term(moment: datetime.datetime) -> models.QuerySet:
    return SwapRing.objects.filter(keep_until__lt=timezone.localdate(moment))


def wishes_past_their_term(moment: datetime.datetime) -> models.QuerySet:
    """Not before the rings they were in."""
    return SwapWish.objects.filter(keep_until__lt=timezone.localdate(moment), places=None)


retention.register(
    retention.Rule(
        _("Consents to agreements"),
        consents_past_their_term,
        "agreement__application__keep_until",
    )
)
retention.register(retention.Rule(_("Evaluations"), evaluations_past_their_term, "application__keep_until"))
retention.register(retention.Rule(_("Agreements"), agreements_past_their_term, "application__keep_until"))
retention.register(retention.Rule(_("Applications"), applications_past_their_term, "keep_until"))


retention.register(
    retention.Rule(_("Files of offers that nobody confirmed"), OfferFile.objects.forgotten, "uploaded_at")
)
retention.register(retention.Rule(_("Places in swap rings"), ring_places_past_their_term, "ring__keep_until"))
retention.register(retention.Rule(_("Swap rings"), rings_past_their_term, "keep_until"))
retention.register(retention.Rule(_("Swap wishes"), wishes_past_their_term, "keep_until"))


def signups_past_their_term(moment: datetime.datetime) -> models.QuerySet:
    """The last day is counted from the career day, or from the day of signing off."""
    return Signup.objects.filter(keep_until__lt=timezone.localdate(moment))


def feedback_past_its_term(moment: datetime.datetime) -> models.QuerySet:
    return DayFeedback.objects.filter(keep_until__lt=timezone.localdate(moment))


retention.register(retention.Rule(_("Sign-ups for career days"), signups_past_their_term, "keep_until"))
retention.register(
    retention.Rule(
        _("Feedback on career days"), feedback_past_its_term, "keep_until", remove=retention.delete
    )
)
erasing.before_erasure(ringing.leave_all)
erasing.before_erasure(applying.withdraw_all)
erasing.STAYS.insert(
    1,
    (
        _("Career days that you organised, and what you thought of one"),
        _("The days belong to the organisation. What you thought was kept without your name."),
    ),
)
