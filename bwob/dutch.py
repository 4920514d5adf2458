"""Dutch ways with text, names, dates, amounts and days: folding, name order (rule R11), working days."""

import datetime
import functools
import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format

if TYPE_CHECKING:
    from holidays import HolidayBase


def fold(text: str) -> str:
    """Lower case without accents, for comparing and sorting: "Çelik" → "celik", "IJssel" → "ijssel"."""
    if text.isascii():
        return text.casefold().strip()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold().strip()


def sort_key(family_name: str, given_name: str, name_prefix: str) -> str:
    """Dutch order: by family name without its prefix, so "van der Berg" stands under B; a mononym under
    itself.
    """
    parts = (family_name, given_name, name_prefix) if family_name else (given_name, name_prefix)
    return " ".join(fold(part) for part in parts if part)[:600]


def date_text(day: datetime.date) -> str:
    """ "18 december 2026" or "18 December 2026", in the active language."""
    return date_format(day, "j F Y")


def working_days_after(moment: datetime.datetime, days: int) -> datetime.datetime:
    """The end of the n-th working day after this moment (Dutch public holidays and weekends do not count)."""
    day = timezone.localtime(moment).date()
    while days:
        day += datetime.timedelta(days=1)
        days -= day.weekday() < 5 and day not in public_holidays()
    return end_of_day(timezone.make_aware(datetime.datetime.combine(day, datetime.time())))


def end_of_day(moment: datetime.datetime) -> datetime.datetime:
    """23:59 of that day, Dutch time."""
    return timezone.localtime(moment).replace(hour=23, minute=59, second=0, microsecond=0)


@functools.cache
def public_holidays() -> "HolidayBase":
    """Dutch public holidays; the library fills in a year when it is first asked for."""
    from holidays.countries import NL

    return NL()


_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_DUTCH = "januari februari maart april mei juni juli augustus september oktober november december"
_ENGLISH = "january february march april may june july august september october november december"
_MONTHS = {
    **{name: number for names in (_DUTCH, _ENGLISH) for number, name in enumerate(names.split(), 1)},
    **{name[:3]: number for names in (_DUTCH, _ENGLISH) for number, name in enumerate(names.split(), 1)},
    "mrt": 3,
    "sept": 9,
}

_TIME = r"(?:[ t,]+(?:om )?\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?uur)?)?"
_BIG_FIRST = re.compile(r"(\d{4})(?:[-/](\d{1,2})[-/](\d{1,2})|(\d{2})(\d{2}))" + _TIME, re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})" + _TIME, re.ASCII)
_WITH_ZONE = re.compile(r"\d{4}-\d{2}-\d{2}[t ][\d:.]{5,20}(?:z|[+-]\d{2}:?\d{2})", re.ASCII)
_NAMED = re.compile(
    r"(?:[a-z]{2,9}\.?,? )?(\d{1,2})(?:e|ste|de|th|st|nd|rd)? ([a-z]{3,9})\.?,? (\d{4})" + _TIME, re.ASCII
)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:th|st|nd|rd)?,? (\d{4})", re.ASCII)

_CURRENCY = re.compile(r"€|\beur(?:o|os)?\b", re.IGNORECASE)
_NO_CENTS = re.compile(r"[.,] ?[-–—=]+$")
_DUTCH_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,2})?", re.ASCII)
_ENGLISH_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d{1,2})?", re.ASCII)
_PLAIN_NUMBER = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)
_SPACED_THOUSANDS = re.compile(r"(?<=\d)[ ']+(?=\d{3}(?!\d))", re.ASCII)


def read_date(text: str) -> datetime.date:
    """The day that a Dutch (or ISO, or English) date names; ValueError when it names none.

    A moment with a time zone is the day that it is in the Netherlands. A year of two figures is refused,
    because "25-08-26" can be read in two ways.
    """
    folded = " ".join(fold(text[:60]).split())
    if _WITH_ZONE.fullmatch(folded):
        return _moment(folded).astimezone(_AMSTERDAM).date()
    if match := _BIG_FIRST.fullmatch(folded):
        year, month, day = (int(part) for part in match.groups() if part)
        return datetime.date(year, month, day)
    if match := _DAY_FIRST.fullmatch(folded):
        return datetime.date(int(match[4]), int(match[3]), int(match[1]))
    return _named_date(folded)


def _moment(folded: str) -> datetime.datetime:
    moment = datetime.datetime.fromisoformat(folded.upper())
    if not 2 <= moment.year <= 9998:
        return moment.replace(tzinfo=_AMSTERDAM)  # a placeholder year has no room to move to another zone
    return moment


def _named_date(folded: str) -> datetime.date:
    if match := _NAMED.fullmatch(folded):
        day, name, year = match.groups()
    elif match := _MONTH_FIRST.fullmatch(folded):
        name, day, year = match.groups()
    else:
        raise ValueError(f"not a date: {folded!r}")
    if name not in _MONTHS:
        raise ValueError(f"not a month: {name!r}")
    return datetime.date(int(year), _MONTHS[name], int(day))


def read_amount(text: str) -> Decimal:
    """The number in an amount of money: "€ 3.496,-", "1.239" = 1239, "3,496.50"; ValueError when it is none.

    One point or comma with three figures behind it parts thousands, as nobody pays tenths of a cent.
    """
    bare = " ".join(_CURRENCY.sub(" ", text[:60]).split())
    bare = _SPACED_THOUSANDS.sub("", _NO_CENTS.sub("", bare).strip())
    if _DUTCH_THOUSANDS.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    if _ENGLISH_THOUSANDS.fullmatch(bare):
        return Decimal(bare.replace(",", ""))
    if _PLAIN_NUMBER.fullmatch(bare):
        return Decimal(bare.replace(",", "."))
    raise ValueError(f"not an amount: {bare!r}")
