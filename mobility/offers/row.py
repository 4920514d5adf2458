"""What reading a file of offers yields: offers, what is wrong with them, and what was noticed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from django.utils.text import format_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

type Sentence = "StrPromise | str"
"""A translatable sentence for a person; it becomes text only when it is shown."""

type Cells = Mapping[str, str]
"""One offer as the file has it: our column name → the text found there."""

LONGEST_SHOWN = 80


class Unreadable(Exception):
    """The file as a whole cannot be used. Its text is a sentence for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One exchange as another system offers it, in the words and units of `mobility.models.Exchange`.

    `tasks`, `requirements` and `benefits` are Markdown without raw HTML; all other text is plain. Empty text
    and None mean: the file does not say. `closes_on` None is open-ended, `starts_on` None is by agreement,
    `duration` None is for good.
    """

    external_id: str
    title: str
    url: str = ""
    summary: str = ""
    tasks: str = ""
    requirements: str = ""
    benefits: str = ""
    skills: tuple[str, ...] = ()
    organisation_name: str = ""
    is_broker: bool = False
    place_name: str = ""
    kind: str = "vacancy"
    field: str | None = None
    hours_min: int | None = None
    hours_max: int | None = None
    starts_on: date | None = None
    duration: int | None = None
    duration_unit: str | None = None
    scale_min: int | None = None
    scale_max: int | None = None
    closes_on: date | None = None
    pay_min: Decimal | None = None
    pay_max: Decimal | None = None
    pay_period: str | None = None
    remote: str = "none"
    places: int = 1
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is not taken: at which column, with what value, said to a person."""

    column: str
    value: str
    message: Sentence


@dataclass(frozen=True, slots=True)
class Row:
    """One offer of the file; `number` is its row in the spreadsheet, or its place among the postings.

    A row in error keeps its id and title, for it is not missing from the file and a report must name it.
    """

    number: int
    offer: Offer | None
    problems: tuple[Problem, ...] = ()
    notes: tuple[Sentence, ...] = ()
    external_id: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read; `columns` tells what each header of a table was taken for ("" = left out)."""

    rows: tuple[Row, ...]
    kind: Literal["json", "html", "csv"]
    encoding: str = ""
    delimiter: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Sentence, ...] = ()

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The good rows' offers, in the order of the file."""
        return tuple(row.offer for row in self.rows if row.offer)


@dataclass(slots=True)
class Remarks:
    """What is noticed while one row is read."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[Sentence] = field(default_factory=list)

    def refuse(self, column: str, value: str, message: Sentence) -> None:
        """Keep a reason why this row cannot be taken."""
        self.problems.append(Problem(column, shown(value), message))

    def note(self, message: Sentence) -> None:
        """Keep something that a person should know; the row stays good."""
        self.notes.append(message)


def shown(value: str) -> str:
    """A value short enough to be quoted in a report, an ellipsis telling that there was more."""
    line = " ".join(value[: 4 * LONGEST_SHOWN].split())
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1] + "…"


def say(message: Sentence, **values: object) -> Sentence:
    """A sentence with values in it that is translated when shown, not when written."""
    return format_lazy(message, **values)
