"""From the cells of one offer, as any kind of file has them, to an offer with its problems and notes."""

import re
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from mobility.offers import values, wording, words
from mobility.offers.cleaning import plain, printable
from mobility.offers.pay import pay
from mobility.offers.row import Cells, Offer, Remarks, Row, Sentence, say, shown

LONGEST_TEXT = 100_000

_HOURS_IN_PROSE = re.compile(
    r"\b\d{1,2}(?: ?(?:-|–|tot|à|of) ?\d{1,2})? uur (?:per|in de) week\b", re.IGNORECASE
)
_SCALE_IN_PROSE = re.compile(
    r"\bschaal \d{1,2}[a-z]?\b(?: ?(?:-|–|/|of|tot|t/m) ?(?:schaal )?\d{1,2}[a-z]?\b)?", re.IGNORECASE
)
_HOURS_IN_TITLE = re.compile(r"\b\d{1,2}(?: ?(?:-|–|tot|à|of) ?\d{1,2})? (?:uur|uren)\b", re.IGNORECASE)
_DURATION_IN_PROSE = re.compile(
    r"\b\d{1,2}(?: ?(?:-|–|tot|à|of) ?\d{1,2})? (?:dagen|weken|maanden|jaar)\b"
    r"|\b(?:anderhalf|half|een) jaar\b|\béén dag\b",
    re.IGNORECASE,
)
_FOUND_IN_PROSE: dict[str, Sentence] = {
    "hours": _("The hours were found in the text: {value}."),
    "scale": _("The scale was found in the text: {value}."),
    "duration": _("The duration was found in the text: {value}."),
}


def interpret(number: int, cells: Cells, remarks: Remarks) -> Row:
    """Read one offer. A row with a problem has no offer; what was merely odd is told in its notes."""
    cells = _cleaned(cells, remarks)
    offer = _with_terms(_described(cells, remarks), cells, remarks)
    return Row(
        number,
        None if remarks.problems else offer,
        tuple(remarks.problems),
        tuple(remarks.notes),
        offer.external_id,
        shown(offer.title),
    )


def _cleaned(cells: Cells, remarks: Remarks) -> Cells:
    """The cells without invisible characters, and without those that are longer than any real text."""
    cleaned = {}
    for column, text in cells.items():
        if len(text) > LONGEST_TEXT:
            remarks.refuse(
                column, text, say(_("This text is longer than {most} characters."), most=LONGEST_TEXT)
            )
            continue
        cleaned[column] = printable(text).strip()
    if any("\ufffd" in text for text in cleaned.values()):
        remarks.note(_("Some characters could not be read. Look for “�” in the text."))
    return cleaned


def _described(cells: Cells, remarks: Remarks) -> Offer:
    """What the offer says in words."""
    title = wording.title(cells, remarks)
    name, is_broker = wording.organisation(cells, remarks)
    texts = wording.texts(cells, remarks)
    if not (texts["tasks"] or "tasks" in (problem.column for problem in remarks.problems)):
        remarks.refuse("tasks", "", _("There is no description of the work."))
    return Offer(
        external_id=wording.identifier(cells, title, name, remarks),
        title=title,
        url=wording.address(cells, remarks),
        summary=wording.summary(cells, texts["tasks"], remarks),
        tasks=texts["tasks"],
        requirements=texts["requirements"],
        benefits=texts["benefits"],
        skills=wording.skills(cells, remarks),
        organisation_name=name,
        is_broker=is_broker,
        place_name=wording.place(cells, remarks),
        kind=_kind(cells, title, remarks),
        field=_field(cells, title, texts["tasks"], remarks),
        language=_language(cells, texts["tasks"]),
    )


def _with_terms(offer: Offer, cells: Cells, remarks: Remarks) -> Offer:
    """The offer with its hours, scale, pay, dates and place of work."""
    prose = f"{offer.title}\n{offer.tasks}\n{offer.requirements}\n{offer.benefits}"
    hours_min, hours_max = values.hours(_with_guess("hours", cells, offer.title, prose, remarks), remarks)
    scale_min, scale_max = values.scale(_with_guess("scale", cells, offer.title, prose, remarks), remarks)
    starts_on = values.day(cells, "starts_on", remarks)
    duration, duration_unit = _duration(offer.kind, cells, starts_on, prose, remarks)
    pay_min, pay_max, pay_period = pay(cells, remarks)
    return replace(
        offer,
        hours_min=hours_min,
        hours_max=hours_max,
        scale_min=scale_min,
        scale_max=scale_max,
        starts_on=starts_on,
        duration=duration,
        duration_unit=duration_unit,
        closes_on=_closing_date(cells, remarks),
        pay_min=pay_min,
        pay_max=pay_max,
        pay_period=pay_period,
        remote=_remote(cells, remarks),
        places=values.places(cells, remarks),
    )


def _with_guess(column: str, cells: Cells, title: str, prose: str, remarks: Remarks) -> Cells:
    """The cells with what the description says where the column itself is empty.

    A guess that cannot be right is not made: what stands in prose is never a problem of the row.
    """
    if any(cells.get(name) for name in (column, f"{column}_min", f"{column}_max")):
        return cells
    match = next(
        (found for pattern, text in _guesses(column, title, prose) if (found := pattern.search(text))), None
    )
    guessed = Remarks()
    if match is None or _READERS[column]({column: match[0]}, guessed) == (None, None):
        return cells
    remarks.note(say(_FOUND_IN_PROSE[column], value=match[0]))
    return {**cells, column: match[0]}


_READERS = {"hours": values.hours, "scale": values.scale}


def _guesses(column: str, title: str, prose: str) -> list[tuple[re.Pattern[str], str]]:
    if column == "scale":
        return [(_SCALE_IN_PROSE, prose)]
    return [(_HOURS_IN_TITLE, title), (_HOURS_IN_PROSE, prose)]


def _duration(
    kind: str, cells: Cells, starts_on: values.Day, prose: str, remarks: Remarks
) -> values.Duration:
    """A vacancy is for good unless the file says otherwise; of the rest the description is asked as well."""
    found = values.duration(cells, starts_on, remarks)
    if found != (None, None) or kind == "vacancy":
        return found
    if kind == "shadowing":
        remarks.note(_("The file does not say how long it takes; a shadowing day was taken as one day."))
        return 1, "day"
    match, guessed = _DURATION_IN_PROSE.search(prose), Remarks()
    if match and (found := values.duration({"duration": match[0]}, None, guessed)) != (None, None):
        remarks.note(say(_FOUND_IN_PROSE["duration"], value=match[0]))
    return found


def _field(cells: Cells, title: str, tasks: str, remarks: Remarks) -> str | None:
    """The field of work, from its own column, from the title, or else from the words of the description."""
    if field := words.field_named(plain(cells.get("field", ""))) or words.field_named(title):
        return field
    if field := words.field_of_text(tasks):
        remarks.note(_("The field of work was guessed from the description; check it."))
    return field


def _closing_date(cells: Cells, remarks: Remarks) -> values.Day:
    closes_on = values.day(cells, "closes_on", remarks)
    if closes_on is None and not remarks.problems:
        remarks.note(_("There is no closing date; the offer stays open until it is closed by hand."))
    return closes_on


def _kind(cells: Cells, title: str, remarks: Remarks) -> str:
    """The kind the file names, or the one a word of the title tells; a vacancy when nothing does."""
    named = plain(cells.get("kind", ""))
    if kind := words.kind_named(named):
        return kind
    if kind := words.kind_named(title):
        remarks.note(say(_KINDS_GUESSED[kind], title=shown(title)))
        return kind
    if not values.is_silent(named) and not words.is_employment(named):
        remarks.note(
            say(_("The kind “{value}” is not known here; it was taken as a vacancy."), value=shown(named))
        )
    return "vacancy"


_KINDS_GUESSED: dict[str, Sentence] = {
    "shadowing": _("Taken as a shadowing day, because of the title “{title}”."),
    "swap": _("Taken as a workplace swap, because of the title “{title}”."),
    "gig": _("Taken as a gig beside the job, because of the title “{title}”."),
    "secondment": _("Taken as a secondment, because of the title “{title}”."),
    "assignment": _("Taken as an assignment, because of the title “{title}”."),
}


def _remote(cells: Cells, remarks: Remarks) -> str:
    text = cells.get("remote", "")
    remote = words.remote_named(text)
    if remote is None and not values.is_silent(text):
        remarks.note(say(_("“{value}” does not tell how much can be done from home."), value=shown(text)))
    return remote or "none"


def _language(cells: Cells, tasks: str) -> str:
    """The text tells its own language better than the page, where the setting is that of the site."""
    named = words.words(cells.get("language", "")).strip()[:2]
    return named if named == "en" and not tasks else words.language_of(tasks)
