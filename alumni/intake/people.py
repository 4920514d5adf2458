"""From the cells of a row to a person, with a sentence for each thing that is wrong."""

import dataclasses
import datetime
import re
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from alumni import rules
from alumni.models import Purpose
from bwob.dutch import fold, read_date
from bwob.forms import visible

_COMMON = ("van", "der", "den", "de", "het", "'t", "’t", "‘t", "ten", "ter", "te", "in", "op", "aan", "bij")
PREFIXES = frozenset((*_COMMON, "el", "al", "la", "le", "du", "von", "vd", "v.d."))
LONGEST = {"name_prefix": 40, "department": 120, "email": 254, "consent_source": 200}
WORDS = {
    Purpose.RETURN: ("terugkeer", "return", "coming back"),
    Purpose.GIG: ("klus", "gig"),
    Purpose.MENTOR: ("mentor",),
    Purpose.QUESTION: ("kennisvraag", "vraag", "question"),
    Purpose.MEETING: ("bijeenkomst", "bijeenkomsten", "meeting"),
    Purpose.NEWS: ("nieuws", "nieuwsbrief", "news"),
}


@dataclasses.dataclass
class Row:
    """One row as it was understood. `problems` are pairs of a field and a sentence."""

    number: int
    given_name: str = ""
    name_prefix: str = ""
    family_name: str = ""
    email: str = ""
    department: str = ""
    expertise: list[str] = dataclasses.field(default_factory=list)
    left_on: datetime.date | None = None
    consent_on: datetime.date | None = None
    consent_source: str = ""
    purposes: list[str] = dataclasses.field(default_factory=list)
    raw: dict[str, str] = dataclasses.field(default_factory=dict)
    problems: list[tuple[str, str]] = dataclasses.field(default_factory=list)

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.given_name, self.name_prefix, self.family_name) if part)

    @property
    def has_proof(self) -> bool:
        """Consent counts with a day, a source and a purpose; anything less is only a reason to invite."""
        return bool(self.consent_on and self.consent_source and self.purposes)


def read_rows(rows: Sequence[Sequence[str]], columns: Mapping[str, int]) -> list[Row]:
    """All rows below the header, numbered as a spreadsheet does; the same address twice is a problem."""
    seen: dict[str, int] = {}
    domains: dict[str, str] = {}
    found = []
    for number, cells in enumerate(rows, 2):
        row = read_row(number, cells, columns, domains)
        first = seen.setdefault(row.email.casefold(), number) if row.email else number
        if first != number:
            row.problems.append(("email", _("This is the same person as in row %d.") % first))
        found.append(row)
    return found


def read_row(number: int, cells: Sequence[str], columns: Mapping[str, int], domains: dict[str, str]) -> Row:
    raw = {field: visible(cells[place]) for field, place in columns.items() if place < len(cells)}
    row = Row(number, raw=raw)
    _names(row)
    _address(row, domains)
    row.department = raw.get("department", "")
    row.expertise = [part for part in map(visible, re.split(r"[,;/]", raw.get("expertise", ""))) if part][:10]
    row.left_on = _day(row, "left_on")
    row.consent_on = _day(row, "consent_on", may_come=False)
    row.consent_source = raw.get("consent_source", "")
    row.purposes = _purposes(raw.get("consent_for", ""))
    _lengths(row)
    return row


def _names(row: Row) -> None:
    whole = row.raw.get("name", "")
    row.given_name, row.name_prefix, row.family_name = (
        row.raw.get(field, "") for field in ("given_name", "name_prefix", "family_name")
    )
    if whole and not row.family_name:
        row.given_name, row.name_prefix, row.family_name = split_name(whole)
    elif row.family_name and not row.name_prefix:
        row.name_prefix, row.family_name = split_prefix(row.family_name)
    if not row.given_name:  # one name only is a whole name
        row.given_name, row.family_name = row.family_name, ""
    if not row.given_name:
        row.problems.append(("name", _("The name is missing.")))
    elif row.full_name[0] in "=+@":
        row.problems.append(("name", _("This is a formula, not a name.")))


def split_name(whole: str) -> tuple[str, str, str]:
    """ "Berg, J.W. van der" and "J.W. van der Berg" → ("J.W.", "van der", "Berg"); a mononym is given."""
    family, comma, rest = whole.partition(",")
    if comma:
        words = rest.split()
        start = next((at for at, word in enumerate(words) if word.casefold() in PREFIXES), len(words))
        prefix, name = split_prefix(family.strip())
        return " ".join(words[:start]), " ".join(words[start:]) or prefix, name
    words = whole.split()
    start = next((at for at, word in enumerate(words) if at and word.casefold() in PREFIXES), 1)
    prefix, name = split_prefix(" ".join(words[start:]))
    return " ".join(words[:start]), prefix, name


def split_prefix(family: str) -> tuple[str, str]:
    """ "van der Berg" → ("van der", "Berg"); a name that is nothing but prefixes stays whole."""
    words = family.split()
    end = next((at for at, word in enumerate(words) if word.casefold() not in PREFIXES), 0)
    return " ".join(words[:end]), " ".join(words[end:])


def _address(row: Row, domains: dict[str, str]) -> None:
    """Work domains are looked up once for each domain in the file."""
    row.email = row.raw.get("email", "")
    if not row.email:
        row.problems.append(("email", _("The e-mail address is missing, so we cannot invite.")))
        return
    try:
        validate_email(row.email)
    except ValidationError:
        row.problems.append(("email", _("This address is not complete.")))
        return
    domain = row.email.rpartition("@")[2].casefold()
    if domain not in domains:
        known = rules.work_domain(row.email)
        domains[domain] = str(known.organisation) if known else ""
    if domains[domain]:
        sentence = _("This is a work address of %s. Fill in a private address.") % domains[domain]
        row.problems.append(("email", sentence))


def _day(row: Row, field: str, *, may_come: bool = True) -> datetime.date | None:
    text = row.raw.get(field, "")
    if not text:
        return None
    try:
        day = _serial(text) or read_date(text)
    except (ValueError, OverflowError):
        row.problems.append((field, _("This is no day that exists.")))
        return None
    if day > timezone.localdate() and not may_come:
        row.problems.append((field, _("This day is still to come.")))
    return day


def _serial(text: str) -> datetime.date | None:
    """A day as Excel counts it: 45292 is 1 January 2024."""
    if not re.fullmatch(r"[2-6]\d{4}", text):
        return None
    return datetime.date(1899, 12, 30) + datetime.timedelta(days=int(text))


def _purposes(text: str) -> list[str]:
    said = {fold(part) for part in re.split(r"[,;/+]|\ben\b", text)}
    return [purpose.value for purpose, words in WORDS.items() if said & set(words)]


def _lengths(row: Row) -> None:
    limits = LONGEST | {"given_name": 197, "family_name": 197}
    for field, most in limits.items():
        if len(getattr(row, field)) > most:
            row.problems.append((field, _("This is longer than %d characters.") % most))
    if any(len(word) > 60 for word in row.expertise):
        row.problems.append(("expertise", _("This is longer than %d characters.") % 60))
