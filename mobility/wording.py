"""How the facts of an exchange are put into words, once, for pages, mails and feeds alike (active
language).
"""

import datetime
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from bwob import dutch

SOON = datetime.timedelta(days=7)


def span(low: int | None, high: int | None) -> str:
    """ "24–32", "24", or "" when neither is known."""
    ends = sorted({end for end in (low, high) if end is not None})
    return "–".join(str(end) for end in ends)


def hours(low: int | None, high: int | None) -> str:
    known = span(low, high)
    return _("%s hours a week") % known if known else _("Hours by agreement")


def duration(amount: int | None, unit: str) -> str:
    if not amount:
        return _("For good")
    words = {
        "day": ngettext("%d day", "%d days", amount),
        "week": ngettext("%d week", "%d weeks", amount),
        "month": ngettext("%d month", "%d months", amount),
    }
    return words[unit] % amount


def period(starts_on: datetime.date | None, amount: int | None, unit: str) -> str:
    start = _("from %s") % short_date(starts_on) if starts_on else _("start by agreement")
    return f"{duration(amount, unit)}, {start}"


def place(name: str, remote: str) -> str:
    return {
        "none": name,
        "partly": _("%s, partly from home") % name,
        "fully": _("%s, or from anywhere") % name,
    }[remote]


def scale(low: int | None, high: int | None) -> str:
    known = span(low, high)
    return _("Scale %s") % known if known else _("Any scale")


def places(count: int) -> str:
    return ngettext("%d place", "%d places", count) % count


def deadline(closes_on: datetime.date | None) -> str:
    return _("Apply by %s") % date_format(closes_on, "j F") if closes_on else _("Open until filled")


def closes_soon(closes_on: datetime.date | None) -> bool:
    return closes_on is not None and closes_on - timezone.localdate() < SOON


def on_card(exchange: Any) -> tuple[Any, ...]:
    """All that the card of an exchange shows, but for what it says to one person alone, and the language."""
    one = exchange
    words = (one.slug, one.title, one.summary, one.organisation.name, str(one.place), one.distance_text)
    spans = (one.hours_min, one.hours_max, one.duration, one.duration_unit, one.scale_min, one.scale_max)
    rest = (one.kind, one.remote, one.places, one.closes_on, one.closes_soon, one.is_new)
    return (get_language(), *words, *spans, *rest)


def pay(low: Decimal | None, high: Decimal | None, period: str) -> str:
    """ "€ 3.496–4.671 per month", or "" when no pay is known. The period is kept as it was given."""
    if low is None and high is None:
        return ""
    units = {
        "hour": _("per hour"),
        "four_weeks": _("per four weeks"),
        "month": _("per month"),
        "year": _("per year"),
    }
    amounts = "–".join(money(end) for end in sorted({end for end in (low, high) if end is not None}))
    return f"€ {amounts} {units.get(period, '')}".strip()


def money(amount: Decimal) -> str:
    decimals = 0 if amount == amount.to_integral_value() else 2
    return number_format(amount, decimal_pos=decimals, use_l10n=True, force_grouping=True)


def from_until(starts_on: datetime.date | None, ends_on: datetime.date | None) -> str:
    """ "from 1 March 2030 until 31 August 2030"; without a last day only from when."""
    if starts_on is None:
        return ""
    start = _("from %s") % dutch.date_text(starts_on)
    return (
        _("%(start)s until %(end)s") % {"start": start, "end": dutch.date_text(ends_on)} if ends_on else start
    )


def short_date(day: datetime.date) -> str:
    return date_format(day, "j N Y")


def last_day(starts_on: datetime.date | None, amount: int | None, unit: str) -> datetime.date | None:
    """The last day of a period that begins on this day; None when either is open."""
    if not starts_on or not amount:
        return None
    if unit == "month":
        return starts_on + relativedelta(months=amount) - datetime.timedelta(days=1)
    return starts_on + datetime.timedelta(days=amount * (7 if unit == "week" else 1) - 1)


def weeks_before(weeks: int) -> str:
    if weeks == 0:
        return _("In the week itself")
    if weeks < 0:
        return ngettext("%d week after", "%d weeks after", -weeks) % -weeks
    return ngettext("%d week before", "%d weeks before", weeks) % weeks
