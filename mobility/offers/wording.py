"""What an offer says in words: title, texts, names and addresses, without tags and without people."""

import hashlib
import re
from itertools import takewhile
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from mobility.offers.cleaning import is_active, plain, unescaped
from mobility.offers.contacts import has_contact, without_contacts
from mobility.offers.markdown import MOST_TAGS, heading_text, to_markdown, to_plain
from mobility.offers.row import Cells, Remarks, say, shown
from mobility.offers.sections import divided
from mobility.offers.words import is_broker as sounds_like_a_broker
from mobility.offers.words import words

LONGEST_TITLE = 120
LONGEST_SUMMARY = 300
LONGEST_ID = 200
LONGEST_ADDRESS = 500
LONGEST_NAME = 200
LONGEST_SKILL = 60
MOST_SKILLS = 10
LONGEST_TEXTS = {"tasks": 6000, "requirements": 3000, "benefits": 3000}
_SHORTEST_DESCRIPTION = 80
_SHORTEST_LEAD = 40

_SENTENCE_END = re.compile(r"(?<=[.!?])\s")
_BESIDE_A_PLACE = re.compile(r"^\d{4} ?[A-Z]{2}\b,? ?|,? ?\b(?:Nederland|The Netherlands|Netherlands|NL)$")
_SKILL_ENDS = re.compile(r"[;,|\n•]")


def title(cells: Cells, remarks: Remarks) -> str:
    """The title on one line. It is never cut: a title that is too long is for a person to shorten."""
    found = plain(cells.get("title", ""))
    if not found:
        remarks.refuse("title", "", _("There is no title."))
    elif len(found) > LONGEST_TITLE:
        message = _("The title has {length} characters; at most {most} fit.")
        remarks.refuse("title", found, say(message, length=len(found), most=LONGEST_TITLE))
    elif has_contact(found):
        remarks.refuse("title", "", _("The title holds a mail address or a telephone number."))
    return found


def text(cells: Cells, column: str, remarks: Remarks) -> str:
    """A long text as Markdown, without scripts and without contact persons."""
    source = cells.get(column, "")
    if is_active(unescaped(source)):
        remarks.note(_("Script in the text was removed."))
    try:
        markdown, removed = without_contacts(to_markdown(source))
    except ValueError:
        remarks.refuse(column, source, say(_("This text holds more than {most} HTML tags."), most=MOST_TAGS))
        return ""
    if removed:
        remarks.note(
            say(_("Contact details were removed from the text ({count} sentences or lines)."), count=removed)
        )
    if column == "tasks" and 0 < len(markdown) < _SHORTEST_DESCRIPTION:
        remarks.note(_("The description is very short."))
    return markdown


def texts(cells: Cells, remarks: Remarks) -> dict[str, str]:
    """The three long texts; a description that holds all of them is divided by its headings."""
    cells = {**cells, "tasks": cells.get("tasks") or cells.get("summary", "")}
    found = {column: text(cells, column, remarks) for column in LONGEST_TEXTS}
    if not (found["requirements"] or found["benefits"]):
        found = divided(found["tasks"]) if divided(found["tasks"])["tasks"] else found
    return {column: _fitting(column, whole, remarks) for column, whole in found.items()}


def _fitting(column: str, whole: str, remarks: Remarks) -> str:
    """The paragraphs that fit, with a note of what did not: the whole text stands at the source."""
    most = LONGEST_TEXTS[column]
    if len(whole) <= most:
        return whole
    remarks.note(say(_LONGER[column], length=len(whole), most=most))
    start = whole[: most + 1]
    return next((kept for end in _BREAKS if (kept := start.rpartition(end)[0])), start[:most])


_BREAKS = ("\n\n", "\n", ". ", " ")
_LONGER = {
    "tasks": _("The description has {length} characters; the first {most} were kept."),
    "requirements": _("What you bring has {length} characters; the first {most} were kept."),
    "benefits": _("What you get has {length} characters; the first {most} were kept."),
}


def summary(cells: Cells, tasks: str, remarks: Remarks) -> str:
    """The summary given, or the first sentences of it, or else of the description."""
    given = to_plain(text({"summary": cells.get("summary", "")}, "summary", remarks))
    if len(given) > LONGEST_SUMMARY:
        message = _("The summary was longer than {most} characters; its first sentences were kept.")
        remarks.note(say(message, most=LONGEST_SUMMARY))
    return first_sentences(given or _lead(tasks))


def _lead(tasks: str) -> str:
    """What stands above the first list or heading, or the whole text when that is too little."""
    lines = [line for line in tasks.split("\n") if not line.endswith(("?", ":"))]
    lead = to_plain(
        "\n".join(takewhile(lambda line: not (line.startswith("- ") or heading_text(line)), lines))
    )
    return lead if len(lead) >= _SHORTEST_LEAD else to_plain("\n".join(lines)) or to_plain(tasks)


def first_sentences(plain_text: str) -> str:
    """As many whole sentences as a summary holds; of one longer sentence, its first words and an ellipsis."""
    if len(plain_text) <= LONGEST_SUMMARY:
        return plain_text
    start = plain_text[: LONGEST_SUMMARY + 1]
    ends = [match.start() for match in _SENTENCE_END.finditer(start)]
    if ends:
        return start[: ends[-1]]
    return start[: LONGEST_SUMMARY - 1].rpartition(" ")[0][: LONGEST_SUMMARY - 1] + "…"


def identifier(cells: Cells, title: str, name: str, remarks: Remarks) -> str:
    """By what the same offer is known again next time; made from its words when the source gives none."""
    found = plain(cells.get("external_id", "")) or plain(cells.get("url", ""))
    if len(found) > LONGEST_ID:
        remarks.refuse(
            "external_id", found, say(_("The id is longer than {most} characters."), most=LONGEST_ID)
        )
    if found:
        return found
    if title:
        remarks.note(
            _("There is no id or address; the offer is known again by its title, organisation and place.")
        )
    known_by = words(f"{title} {name} {cells.get('place_name', '')}")
    return "title-" + hashlib.sha256(known_by.encode()).hexdigest()[:16]


def address(cells: Cells, remarks: Remarks) -> str:
    """The web address of the offer at its source; anything that is no web address is left out."""
    found = plain(cells.get("url", ""))
    if not found:
        return ""
    if len(found) <= LONGEST_ADDRESS and _is_web_address(found):
        return found
    remarks.note(say(_("“{value}” is not a web address and is left out."), value=shown(found)))
    return ""


def _is_web_address(found: str) -> bool:
    try:
        parts = urlsplit(found)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not (parts.username or " " in found)


def organisation(cells: Cells, remarks: Remarks) -> tuple[str, bool]:
    """The hiring organisation's name, and whether it finds people for another one."""
    name = plain(cells.get("organisation_name", ""))
    if len(name) > LONGEST_NAME:
        message = say(_("The organisation's name is longer than {most} characters."), most=LONGEST_NAME)
        remarks.refuse("organisation_name", name, message)
    is_broker = bool(name) and (bool(cells.get("broker")) or sounds_like_a_broker(name))
    if is_broker:
        remarks.note(
            say(_("“{name}” looks like an intermediary, not like the organisation itself."), name=shown(name))
        )
    return name, is_broker


def place(cells: Cells, remarks: Remarks) -> str:
    """The name of the place of work, without postcode and country."""
    name = _BESIDE_A_PLACE.sub("", plain(cells.get("place_name", "")))
    if len(name) > LONGEST_NAME:
        remarks.refuse(
            "place_name", name, say(_("The place is longer than {most} characters."), most=LONGEST_NAME)
        )
    return name


def skills(cells: Cells, remarks: Remarks) -> tuple[str, ...]:
    """Separate skills, each once; sentences in that field are no skills."""
    found = [plain(part) for part in _SKILL_ENDS.split(plain(cells.get("skills", "")))]
    useful = tuple(
        dict.fromkeys(skill for skill in found if 0 < len(skill) <= LONGEST_SKILL and not has_contact(skill))
    )
    if len(useful) > MOST_SKILLS or any(len(skill) > LONGEST_SKILL for skill in found):
        remarks.note(say(_("Only short skills were kept, {most} at most."), most=MOST_SKILLS))
    return useful[:MOST_SKILLS]
