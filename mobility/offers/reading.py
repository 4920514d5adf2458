"""Reads a file of offers: finds out what it is, and every offer in it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import islice

from django.utils.translation import gettext_lazy as _

from mobility.offers.decoding import decode
from mobility.offers.headers import CONTACT
from mobility.offers.interpreting import interpret
from mobility.offers.jobposting import cells
from mobility.offers.linked_data import Node, Value, is_empty, parse, postings
from mobility.offers.page import Page, read_page
from mobility.offers.row import Cells, Offer, Problem, Reading, Remarks, Row, Sentence, Unreadable, say, shown
from mobility.offers.table import read_table

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 5_000

_NOT_A_PAGE = re.compile(r"<\?xml\b(?!.{0,2000}<html\b)", re.IGNORECASE | re.DOTALL)


def read(content: bytes, name: str, *, columns: Mapping[str, str] | None = None) -> Reading:
    """Read the offers in a file (JSON-LD, a saved web page or CSV) without storing or fetching anything.

    `name` is the file's name, of which the ending helps to tell JSON from a table. `columns` corrects what a
    table's headers were taken for: header → column of ours, "" to leave it out. Raises Unreadable, and
    nothing else, when the file as a whole cannot be used; what is wrong with one offer is its row's problem.
    """
    if len(content) > MAX_BYTES:
        raise Unreadable(say(_("This file is larger than {most} MB."), most=MAX_BYTES // 1024 // 1024))
    text, encoding = decode(content)
    text = text.replace("\0", "").removeprefix("\ufeff")
    if not text.strip():
        raise Unreadable(_("This file is empty."))
    reading = _reader(text.lstrip(), name)(text, columns or {})
    return replace(reading, rows=_without_repeats(reading.rows), encoding=encoding)


def _reader(text: str, name: str) -> Callable[[str, Mapping[str, str]], Reading]:
    """How to read this file: by how it begins, for people save pages and data under any name."""
    ending = name.lower().rpartition(".")[2]
    if text[0] == "<":
        return _read_page
    if ending in {"json", "jsonld"} or (text[0] in "{[" and ending not in {"csv", "tsv"}):
        return _read_json
    return _read_csv


def _read_json(text: str, columns: Mapping[str, str]) -> Reading:
    try:
        value = parse(text)
    except ValueError:
        raise Unreadable(_("This is no JSON that can be read. Is the file complete?")) from None
    found = postings(value)
    if not found and not is_empty(value):
        raise Unreadable(_("There is no schema.org JobPosting in this file."))
    return Reading(_posting_rows(found), "json")


def _read_page(text: str, columns: Mapping[str, str]) -> Reading:
    if _NOT_A_PAGE.match(text.lstrip()):
        raise Unreadable(_("This is XML. Send the offers as CSV, as JSON or as a saved web page."))
    page = read_page(text)
    values, broken = _blocks(page)
    found = postings(values) or postings(list(page.items))
    if not found:
        raise Unreadable(_BROKEN_PAGE if broken else _("There is no schema.org JobPosting in this page."))
    if len(found) == 1:
        found = [{"url": page.address, **found[0]}]
    return Reading(_posting_rows(found), "html", notes=(_BROKEN_BLOCK,) if broken else ())


_BROKEN_PAGE = _("The JSON-LD in this page is broken, and there is no other description of an offer in it.")
_BROKEN_BLOCK = _("Part of the JSON-LD in this page is broken and was left out.")


def _blocks(page: Page) -> tuple[list[Value], bool]:
    """The values of a page's JSON-LD blocks, and whether one of them could not be read."""
    values: list[Value] = []
    broken = False
    for block in page.blocks:
        try:
            values.append(parse(block))
        except ValueError:
            broken = broken or bool(block.strip())
    return values, broken


def _posting_rows(found: list[Node]) -> tuple[Row, ...]:
    _refuse_too_many(len(found))
    rows = []
    for number, posting in enumerate(found, 1):
        remarks = Remarks()
        rows.append(interpret(number, cells(posting, remarks), remarks))
    return tuple(rows)


def _read_csv(text: str, columns: Mapping[str, str]) -> Reading:
    table = read_table(text, columns)
    records = list(islice(table.records, MAX_ROWS + 1))
    _refuse_too_many(len(records))
    rows = []
    for number, values in records:
        remarks = Remarks()
        found = table.cells(values, remarks)
        rows.append(
            _misplaced(number, found, remarks) if remarks.problems else interpret(number, found, remarks)
        )
    notes = _left_out(header for header, column in table.columns.items() if column == CONTACT)
    return Reading(tuple(rows), "csv", delimiter=table.delimiter, columns=table.columns, notes=notes)


def _misplaced(number: int, found: Cells, remarks: Remarks) -> Row:
    """A row whose values stand in the wrong columns: what else seems wrong with it means nothing."""
    known_by, title = found.get("external_id", ""), shown(found.get("title", ""))
    return Row(number, None, tuple(remarks.problems), external_id=known_by, title=title)


def _refuse_too_many(count: int) -> None:
    if count > MAX_ROWS:
        raise Unreadable(say(_("This file holds more than {most} offers. Split it first."), most=MAX_ROWS))


def _left_out(headers: Iterable[str]) -> tuple[Sentence, ...]:
    message = _("The column “{header}” is about a contact person and was left out.")
    return tuple(say(message, header=shown(header)) for header in headers)


def _without_repeats(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """An id comes once: the same offer again is left out, a different one under the same id is a problem."""
    seen: dict[str, Offer] = {}
    kept = []
    for row in rows:
        offer = row.offer
        if offer is None or offer.external_id not in seen:
            kept.append(row)
        elif offer != seen[offer.external_id]:
            problem = Problem("external_id", shown(offer.external_id), _REPEATED)
            kept.append(replace(row, offer=None, problems=(problem,)))
        if offer is not None:
            seen.setdefault(offer.external_id, offer)
    return tuple(kept)


_REPEATED = _("This id stands in the file more than once, with different offers.")
