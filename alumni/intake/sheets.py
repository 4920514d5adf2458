"""From the bytes of a CSV or Excel file to rows of cells. Limits are checked before anything is parsed."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from itertools import islice

from django.conf import settings
from django.utils.translation import gettext as _

from alumni.intake import columns
from mobility.offers.decoding import decode
from mobility.offers.row import Unreadable as NoText

MOST_BYTES = 5_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 60
MOST_ENTRIES = 200
MOST_UNPACKED = 40_000_000
SECONDS = 30
MEMORY = 512_000_000
DELIMITERS = (";", ",", "\t", "|")


class Unreadable(Exception):
    """The file as a whole cannot be read; the text says why and what to do."""


def cells(content: bytes) -> list[list[str]]:
    """The rows that hold anything, the header first."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("This file is larger than 5 MB. Split it."))
    rows = workbook(content) if content.startswith(b"PK\x03\x04") else table(content)
    rows = [trimmed(row) for row in rows if any(cell.strip() for cell in row)]
    if len(rows) < 2:
        raise Unreadable(_("No rows were found below a header."))
    if len(rows) > MOST_ROWS + 1:
        raise Unreadable(_("This file has more than 5,000 rows. Split it."))
    if max(map(len, rows)) > MOST_COLUMNS:
        raise Unreadable(
            _("This table has more than 60 columns. Is the separator between the columns right?")
        )
    return rows


def trimmed(row: list[str]) -> list[str]:
    """Without the empty cells at the end, which some programs write up to the last column there is."""
    end = max(at for at, cell in enumerate(row, 1) if cell.strip())
    return row[:end]


def table(content: bytes) -> list[list[str]]:
    """CSV in any dialect and encoding; the separator is the one that yields the most known headers."""
    try:
        text, _encoding = decode(content)
    except NoText as problem:
        raise Unreadable(_("This is no CSV and no Excel file. Save it as one of those.")) from problem
    first, _end, rest = text.partition("\n")
    if first.lower().startswith("sep="):
        text = rest
    best = max(DELIMITERS, key=lambda sign: headers_known(text[:20_000], sign))
    return parsed(text, best)


def headers_known(sample: str, delimiter: str) -> tuple[int, int]:
    try:
        header = next(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return 0, 0
    return len(columns.guess(header)), len(header)


def parsed(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    try:
        return list(islice(reader, MOST_ROWS * 2))
    except csv.Error as problem:
        raise Unreadable(
            _("The table breaks off: a cell there never ends. Is a quotation mark missing?")
        ) from problem


def workbook(content: bytes) -> list[list[str]]:
    """The first sheet of an Excel file, read by a process of its own that may use little time and memory."""
    check_packing(content)
    command = [sys.executable, "-m", "alumni.workbook", str(MEMORY), str(SECONDS), str(MOST_ROWS + 2)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the file goes in as data
            command,
            input=content,
            capture_output=True,
            timeout=SECONDS + 5,
            cwd=settings.BASE_DIR,
            check=True,
        )
        found: list[list[str]] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as problem:
        raise Unreadable(_("This Excel file cannot be read. Save it as CSV and try again.")) from problem
    return found


def check_packing(content: bytes) -> None:
    """An Excel file is a ZIP: how much would come out of it is known before it is unpacked."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile as problem:
        raise Unreadable(_("This Excel file is damaged.")) from problem
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        raise Unreadable(_("This is a packed file (ZIP). Unpack it first and send the file in it."))
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unreadable(
            _("This Excel file unpacks to far more than it should. Save it as CSV and try again.")
        )
