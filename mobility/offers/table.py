"""A CSV file, in whatever dialect a spreadsheet or system wrote it, as the cells of each offer."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from django.utils.translation import gettext_lazy as _

from mobility.offers.headers import CONTACT, LEFT_OUT, assigned, recognised
from mobility.offers.pay import period_named
from mobility.offers.row import Cells, Remarks, Unreadable, say
from mobility.offers.values import unit_named

_DELIMITERS = (";", ",", "\t", "|")
_LAST_HEADER_ROW = 10
_SAMPLE = 20_000
_MOST_COLUMNS = 200
_ESCAPED_QUOTE = re.compile(r"""\\"[^;,\t|\r\n"]""")

type Record = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of which the header was found: what each header means, and the numbered records below it."""

    delimiter: str
    headers: tuple[str, ...]
    columns: Mapping[str, str]
    records: Iterator[Record]

    def cells(self, values: list[str], remarks: Remarks) -> Cells:
        """One record's values per column of ours; a value outside every column is a problem."""
        surplus = [value for value in values[len(self.headers) :] if value.strip()]
        if surplus:
            remarks.refuse("", surplus[0], say(_SURPLUS, found=len(values), expected=len(self.headers)))
        found: dict[str, str] = {}
        units: dict[str, str] = {}
        for header, value in zip(self.headers, values, strict=False):
            column = self.columns[header]
            if column not in {LEFT_OUT, CONTACT}:
                found.setdefault(column, value)
                units |= _unit_in(header, column)
        return {**units, **{column: value for column, value in found.items() if value.strip()}}


def _unit_in(header: str, column: str) -> dict[str, str]:
    """The unit that the header itself names: "Salaris per maand", "Duur (in maanden)"."""
    if column == "duration" and unit_named(header):
        return {"duration_unit": header}
    return {"pay_period": header} if column in {"pay", "pay_min", "pay_max"} and period_named(header) else {}


_SURPLUS = _("This row has {found} cells, but the header has {expected}. Is a quotation mark missing?")


def read_table(text: str, corrections: Mapping[str, str]) -> Table:
    """Find delimiter and header; Unreadable when this is no table with a row of headers."""
    text, delimiter = _delimiter(text)
    records = _records(text, delimiter)
    start = list(islice(records, _LAST_HEADER_ROW))
    position = _header_position(start, corrections)
    headers = tuple(header.strip() for header in start[position][1])
    if len(headers) > _MOST_COLUMNS:
        raise Unreadable(say(_TOO_WIDE, most=_MOST_COLUMNS))
    return Table(delimiter, headers, assigned(headers, corrections), chain(start[position + 1 :], records))


_TOO_WIDE = _("This table has more than {most} columns. Is the separator between the columns right?")


def _records(text: str, delimiter: str) -> Iterator[Record]:
    """The records that hold anything, numbered as a spreadsheet numbers its rows."""
    number = 0
    try:
        for number, values in enumerate(_reader(text, delimiter), 1):
            if any(value.strip() for value in values):
                yield number, values
    except csv.Error:
        raise Unreadable(say(_BROKEN, row=number + 1)) from None


_BROKEN = _("The table breaks off at row {row}: a cell there never ends. Is a quotation mark missing?")


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    """Quotation marks inside a cell are doubled by spreadsheets and escaped by some databases."""
    escapechar = "\\" if _ESCAPED_QUOTE.search(text[:_SAMPLE]) else None
    return csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, escapechar=escapechar, skipinitialspace=True
    )


def _delimiter(text: str) -> tuple[str, str]:
    """The delimiter that Excel named in a first line "sep=;", or that yields the most known headers."""
    first, _end, rest = text.partition("\n")
    named = first.strip().lower().removeprefix("sep=")
    if first.lower().startswith("sep=") and named in _DELIMITERS:
        return rest, named
    sample = text[:_SAMPLE]
    return text, max(_DELIMITERS, key=lambda delimiter: _headers_known(sample, delimiter))


def _headers_known(sample: str, delimiter: str) -> tuple[int, int]:
    """How many headers of the best row are known, and how many cells that row has."""
    try:
        start = [values for _n, values in islice(_records(sample, delimiter), _LAST_HEADER_ROW)]
    except Unreadable:
        return 0, 0
    return max(
        ((sum(bool(recognised(value)) for value in values), len(values)) for values in start), default=(0, 0)
    )


def _header_position(start: list[Record], corrections: Mapping[str, str]) -> int:
    """Which of the first records is the header; above it some exports print a title and a date."""
    known = [
        sum(bool(recognised(value) or value.strip() in corrections) for value in values)
        for _n, values in start
    ]
    widest = max((len(values) for _n, values in start), default=0)
    as_wide = [position for position, (_n, values) in enumerate(start) if len(values) == widest]
    if widest < 2 or (max(known) == 0 and len(as_wide) < 2):
        raise Unreadable(_NO_TABLE)
    return known.index(max(known)) if max(known) else as_wide[0]


_NO_TABLE = _("No table was found in this file. Save it as CSV with a header above each column.")
