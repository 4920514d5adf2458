"""Dutch ways with text, names, dates and days: folding, the order of names (rule R11), working days."""

import datetime
import functools
import unicodedata
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format

if TYPE_CHECKING:
    from holidays import HolidayBase


def fold(text: str) -> str:
    """Lower case without accents, for comparing and sorting: "Çelik" → "celik", "IJssel" → "ijssel"."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold().strip()


def sort_key(family_name: str, given_name: str, name_prefix: str) -> str:
    """Dutch order: by family name without its prefix, so "van der Berg" stands under B; a mononym under itself."""
    return " ".join(fold(part) for part in (family_name or given_name, given_name, name_prefix) if part)[:600]


def date_text(day: datetime.date) -> str:
    """ "18 december 2026" or "18 December 2026", in the active language."""
    return date_format(day, "j F Y")


def working_days_after(moment: datetime.datetime, days: int) -> datetime.datetime:
    """The end of the n-th working day after this moment (Dutch public holidays and weekends do not count)."""
    day = timezone.localtime(moment).date()
    while days:
        day += datetime.timedelta(days=1)
        days -= day.weekday() < 5 and day not in public_holidays()
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(23, 59)))


@functools.cache
def public_holidays() -> "HolidayBase":
    """Dutch public holidays; the library fills in a year when it is first asked for."""
    from holidays.countries import NL

    return NL()
