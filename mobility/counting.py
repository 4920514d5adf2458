"""Counting what happens, without whom: an organisation has figures when the applications have gone."""

import datetime

from django.utils import timezone

from mobility.models import Application, MonthFigure

Measure = MonthFigure.Measure


def count_applied(application: Application) -> None:
    _note(application, Measure.APPLIED)


def count_answer(application: Application) -> None:
    """The first answer to an application, with the days it took; to be called before the move."""
    if application.state == Application.State.SUBMITTED and application.submitted_at:
        took = timezone.localdate() - timezone.localdate(application.submitted_at)
        _note(application, Measure.ANSWERED, days=max(took.days, 0))


def count_unanswered(application: Application) -> None:
    """Lapsed while it waited for its first answer; to be called before the move."""
    if application.state == Application.State.SUBMITTED:
        _note(application, Measure.UNANSWERED)


def count_place(application: Application, *, number: int = 1) -> None:
    """Somebody of one employer gets a place at another; -1 when it is given back, before that move.

    It is counted in the month of the confirmation, for both sides.
    """
    lender, borrower = application.employer, application.exchange.organisation
    if lender is None or lender == borrower:
        return
    on = timezone.localdate(application.moved_at)
    MonthFigure.objects.bulk_create(
        MonthFigure(
            organisation=side,
            month=on.replace(day=1),
            measure=measure,
            kind=application.exchange.kind,
            tier=other.tier,
            number=number,
        )
        for side, other, measure in ((borrower, lender, Measure.CAME), (lender, borrower, Measure.WENT))
    )


def _note(application: Application, measure: str, *, days: int = 0) -> None:
    """At the offering organisation, today."""
    today: datetime.date = timezone.localdate()
    MonthFigure.objects.create(
        organisation=application.exchange.organisation,
        month=today.replace(day=1),
        measure=measure,
        kind=application.exchange.kind,
        tier=application.employer.tier if application.employer else "",
        days=days,
    )
