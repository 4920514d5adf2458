"""Hours, scales, dates and durations as other systems write them.

Each function takes the cells of one offer and its remarks. A value that is wrong (hours the wrong way round,
a date that does not exist) is a problem and costs the row; one that says nothing usable ("fulltime" for
hours) is left out with a note.
"""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

from bwob.dutch import fold, read_date
from mobility.offers.row import Cells, Remarks, Sentence, say, shown
from mobility.offers.words import words

HIGHEST_SCALE = 18
FULL_WEEK = 36
"""Hours of a full week in the agreements of State, municipalities, provinces and water authorities."""

MOST_HOURS = 40
MOST_PLACES = 200
_SENSIBLE_YEARS = range(2000, 2101)

_TO = r"\s?(?:-|–|—|/|tot en met|tot|t/m|à|a|of|en|to|until)\s?"
_NUMBER = r"\d{1,6}(?:[.,]\d{1,3})?"
_RANGE = re.compile(
    rf"({_NUMBER})[a-z]?"
    rf"(?:\s?(?:uur|uren|u|dag|dagen|week|weken|maand|maanden|jaar)?{_TO}(?:schaal )?({_NUMBER})[a-z]?)?",
    re.ASCII,
)
_FULL_TIME = re.compile(r"\bfull[ _-]?time\b|\bvoltijd", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}:\d{2}", re.ASCII)
_SILENT = {
    *(
        "",
        "-",
        "x",
        "n.v.t.",
        "nvt",
        "n.t.b.",
        "ntb",
        "nader te bepalen",
        "nog te bepalen",
        "onbekend",
        "geen",
    ),
    *(
        "in overleg",
        "overeen te komen",
        "n/a",
        "none",
        "null",
        "nan",
        "unknown",
        "to be determined",
        "tbd",
        "by agreement",
    ),
    *("0000-00-00", "0000-00-00 00:00:00"),
}
_SOON = {
    *(
        "per direct",
        "direct",
        "z.s.m.",
        "zsm",
        "zo spoedig mogelijk",
        "zo snel mogelijk",
        "per heden",
        "asap",
    ),
    *("immediately", "doorlopend", "open", "doorlopende werving", "tot nader bericht"),
}
_BEFORE_A_DATE = re.compile(
    r"(?:t/m|tot en met|tot|v[oó][oó]r|uiterlijk|per|vanaf|from|until|by)\s+", re.IGNORECASE
)

_BEFORE_SCALE = re.compile(r"^.{0,100}?(?:schaal|scale)\s*(?=\S)", re.IGNORECASE)
_UNITS = {"day": "dag day", "week": "week weken wk", "month": "maand month mnd", "year": "jaar jr year"}
_FOR_GOOD = {
    "onbepaalde tijd",
    "onbepaald",
    "vast",
    "vaste aanstelling",
    "permanent",
    "blijvend",
    "voor onbepaalde tijd",
}
_SPOKEN_LENGTHS = {
    "anderhalf": "1.5",
    "half": "0.5",
    "halve": "0.5",
    "een": "1",
    "one": "1",
    "twee": "2",
    "drie": "3",
    "zes": "6",
}
_LONGEST = {"day": 120, "week": 120, "month": 120}

type Day = date | None
type Duration = tuple[int | None, str | None]
type Range = tuple[int | None, int | None]


def is_silent(text: str) -> bool:
    """Whether the cell says no more than that there is nothing to say ("n.v.t.", "in overleg")."""
    return " ".join(fold(text).split()) in _SILENT


def hours(cells: Cells, remarks: Remarks) -> Range:
    """Hours per week. Words without a number ("fulltime") are a note, for schema.org allows any text here."""
    text = cells.get("hours", "")
    if _FULL_TIME.search(text) and not _RANGE.search(text):
        remarks.note(
            say(_("“{value}” was taken as {hours} hours per week."), value=shown(text), hours=FULL_WEEK)
        )
        return FULL_WEEK, FULL_WEEK
    if " fte " in words(text):  # how long a full week is, differs per agreement
        return _not_found(text, "hours", remarks)
    low, high = _both(cells, "hours", remarks)
    return _checked(low, high, range(1, MOST_HOURS + 1), "hours", remarks)


def scale(cells: Cells, remarks: Remarks) -> Range:
    """Salary scale; the letter of a municipal half scale (10A) is left out."""
    low, high = _both({**cells, "scale": _BEFORE_SCALE.sub("", cells.get("scale", ""))}, "scale", remarks)
    return _checked(low, high, range(1, HIGHEST_SCALE + 1), "scale", remarks)


def _both(cells: Cells, column: str, remarks: Remarks) -> tuple[Decimal | None, Decimal | None]:
    """The range written in one cell, or over a cell for its lower and one for its upper end."""
    low, high = _range(cells.get(column, ""), column, remarks)
    low_cell, high_cell = (
        _range(cells.get(f"{column}_{end}", ""), column, remarks) for end in ("min", "max")
    )
    low = low_cell[0] if low_cell[0] is not None else low
    high = high_cell[1] if high_cell[1] is not None else high
    return (low if low is not None else high), (high if high is not None else low)


def _range(text: str, column: str, remarks: Remarks) -> tuple[Decimal | None, Decimal | None]:
    folded = _CLOCK.sub(" ", " ".join(fold(text[:200]).split()))
    if match := _RANGE.search(folded):
        low, high = (Decimal(part.replace(",", ".")) if part else None for part in match.groups())
        return low, (high if high is not None else low)
    return _not_found(text, column, remarks)


def _not_found(text: str, column: str, remarks: Remarks) -> tuple[None, None]:
    if not is_silent(text):
        remarks.note(say(_NOT_FOUND[column.partition("_")[0]], value=shown(text)))
    return None, None


def _checked(
    low: Decimal | None, high: Decimal | None, allowed: range, column: str, remarks: Remarks
) -> Range:
    if low is None or high is None:
        return None, None
    value = f"{low:f}" if low == high else f"{low:f}-{high:f}"
    if not (allowed[0] <= low <= allowed[-1] and allowed[0] <= high <= allowed[-1]):
        message = say(_OUTSIDE[column], lowest=allowed[0], highest=allowed[-1])
        remarks.refuse(column, value, message)
        return None, None
    if low > high:
        remarks.refuse(column, value, _REVERSED[column])
        return None, None
    if low % 1 or high % 1:
        remarks.note(say(_("“{value}” was rounded to whole numbers."), value=value))
    return _rounded(low), _rounded(high)


_OUTSIDE: dict[str, Sentence] = {
    "hours": _("The hours per week must lie between {lowest} and {highest}."),
    "scale": _("The salary scale must lie between {lowest} and {highest}."),
}
_NOT_FOUND: dict[str, Sentence] = {
    "hours": _("No number of hours was found in “{value}”; it is left open."),
    "scale": _("No scale was found in “{value}”; it is left open."),
}
_REVERSED: dict[str, Sentence] = {
    "hours": _("The lowest number of hours is higher than the highest."),
    "scale": _("The lowest scale is higher than the highest."),
}


def _rounded(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def places(cells: Cells, remarks: Remarks) -> int:
    """How many people are wanted: one, unless the file says otherwise."""
    text = cells.get("places", "")
    if is_silent(text):
        return 1
    match = re.fullmatch(r"(\d{1,4})(?:[.,]0+)?", text, re.ASCII)
    if match and 1 <= int(match[1]) <= MOST_PLACES:
        return int(match[1])
    remarks.refuse(
        "places", text, say(_("The number of places must lie between 1 and {most}."), most=MOST_PLACES)
    )
    return 1


def day(cells: Cells, column: str, remarks: Remarks) -> Day:
    """The date in a cell; None for an empty cell, words such as "per direct", and years that mean "none"."""
    text = cells.get(column, "")
    if is_silent(text) or " ".join(fold(text).split()) in _SOON:
        return None
    try:
        found = read_date(_BEFORE_A_DATE.sub("", text.strip(), count=1) if text[:1].isalpha() else text)
    except ValueError:
        remarks.refuse(column, text, _("This is not a date that we can read. Write it like 25-08-2026."))
        return None
    if found.year not in _SENSIBLE_YEARS:
        remarks.note(
            say(_("The date {value} stands there to fill a field and is left out."), value=shown(text))
        )
        return None
    return found


def duration(cells: Cells, starts_on: Day, remarks: Remarks) -> Duration:
    """How long it lasts, from its own cell or from the end date; (None, None) is for good."""
    ends_on = day(cells, "ends_on", remarks)
    if ends_on and starts_on and ends_on < starts_on:
        remarks.refuse("ends_on", cells["ends_on"], _("The end lies before the start."))
        return None, None
    text = cells.get("duration", "")
    if not is_silent(text) and " ".join(fold(text).split()) not in _FOR_GOOD:
        return _written_duration(text, cells.get("duration_unit", ""), remarks)
    return _between(starts_on, ends_on) if starts_on and ends_on else (None, None)


def _written_duration(text: str, unit_text: str, remarks: Remarks) -> Duration:
    number, unit = _length(text), unit_named(text) or unit_named(unit_text)
    if number is None or unit is None:
        remarks.note(say(_("The duration “{value}” was not understood and is left open."), value=shown(text)))
        return None, None
    if unit == "year":
        number, unit = number * 12, "month"
    if number % 1:
        remarks.note(say(_("“{value}” was rounded to whole numbers."), value=shown(text)))
    if not 1 <= _rounded(number) <= _LONGEST[unit]:
        remarks.refuse("duration", text, _("This duration is too short or too long for an exchange."))
        return None, None
    return _rounded(number), unit


def _length(text: str) -> Decimal | None:
    """The longest length named, since "6 tot 12 maanden" asks to be free for twelve."""
    folded = " ".join(fold(text[:200]).split())
    if match := _RANGE.search(folded):
        return Decimal((match[2] or match[1]).replace(",", "."))
    spoken = words(folded)
    return next((Decimal(number) for word, number in _SPOKEN_LENGTHS.items() if f" {word} " in spoken), None)


def unit_named(text: str) -> str | None:
    """The unit of time that the text names: day, week, month or year."""
    found = words(text)
    return next(
        (unit for unit, stems in _UNITS.items() if any(f" {stem}" in found for stem in stems.split())), None
    )


def _between(start: date, end: date) -> tuple[int, str]:
    """The time from the first to the last day, in months from four weeks on."""
    days = (end - start).days + 1
    if days >= 28:
        return round(days / 30.44), "month"
    return (round(days / 7), "week") if days >= 7 and days % 7 in {0, 5} else (days, "day")
