"""Takes people out of a description: no contact person of another system is ever published.

Whole sentences go, since the name stands in the same sentence as the number. That is on purpose a little too
much rather than a little too little: who applies here meets a contact of the portal, not one of the source.
"""

import re
from itertools import pairwise

from mobility.offers.markdown import heading_text, join_blocks

_MAIL = r"(?<![\w.+-])[\w.+'-]{1,64}(?:@|\s?[\[(](?:at|apenstaartje)[\])]\s?)[\w-][\w.-]{1,250}"
_DIGITS = r"[\s().\-/]{0,3}\d"
_DATE = r"(?!\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d\d)"
_PHONE = rf"(?<!\d)(?<!\d[.,/-]){_DATE}(?:(?:\+|00)31\s?(?:\(0\)\s?)?|\(?0)[1-9](?:{_DIGITS}){{8}}(?!\d)"
_FOREIGN_PHONE = rf"(?<![\w])\+[1-9](?:{_DIGITS}){{7,14}}(?!\d)"
_PROFILE = r"linkedin\.com/(?:in|pub)/|\bwa\.me/|\bt\.me/"
_REACHABLE = re.compile("|".join([_MAIL, _PHONE, _FOREIGN_PHONE, _PROFILE]), re.IGNORECASE)

_CAPITAL = r"(?<![\w])[A-ZÀ-ÖØ-Þ]"
_PREFIXES = r"(?:van|de|der|den|het|ter|te|ten|in|op|'t|’t|von|el|al|bin)"
_SURNAME = rf"(?:\s(?:{_PREFIXES}\s){{0,3}}[A-ZÀ-ÖØ-Þ][\w'’-]{{1,40}})"
_INITIALS = rf"{_CAPITAL}\.\s?(?:[A-Z]\.\s?){{0,4}}(?:{_PREFIXES}\s){{0,3}}[A-ZÀ-ÖØ-Þ][\w'’-]{{1,40}}"
_FULL_NAME = re.compile(rf"{_CAPITAL}[\w'’-]{{1,40}}{_SURNAME}|{_INITIALS}")
_ANY_NAME = re.compile(rf"{_CAPITAL}(?:[\w'’-]{{1,40}}|\.)")
_HONORIFIC = re.compile(
    r"\b(?i:dhr|mw|mevr|mevrouw|meneer|de heer)\b\.?(?:\s?/\s?(?i:mevrouw|mevr\.?|mw\.?))?"
    r"\s(?:[a-z']{2,4}\s){0,3}[A-ZÀ-ÖØ-Þ]"
)

# Words that ask the reader to speak with somebody; a name behind them is a contact person.
_ASKS_TO_CALL = re.compile(
    r"\bneem\b.{0,40}?\bcontact\b|\bcontact op(?:nemen|te nemen)?\b"
    r"|(?:^|\b(?:of|en) )(?:bel|mail|app|whatsapp)\b(?! je)"
    r"|\b(?:kun je|kunt u|je kunt|u kunt|mag je)\b.{0,60}?\b(?:bellen|mailen|appen|terecht bij|contact)\b"
    r"|\bcontactperso(?:on|nen) (?:is|zijn|voor deze)\b|\bter attentie van\b|\bt\.a\.v\."
    r"|^(?:please )?(?:contact|call|e-?mail)\b|\bget in touch with\b|\breach out to\b|\bplease contact\b",
    re.IGNORECASE,
)
_ASKS_TO_INQUIRE = re.compile(
    r"^(?:voor|heb je|hebt u|heeft u|wil je|wilt u|meer|nadere|vragen|for)\b (?:[\w/]{1,30} ){0,3}"
    r"(?:informatie|inlichtingen|vragen|weten|information|questions|details)\b",
    re.IGNORECASE,
)
_NAMED_ROLE = re.compile(
    rf"\b(?i:recruiter|contactpersoon|vacaturehouder)[:,]? (?:is )?(?:{_FULL_NAME.pattern})"
)
_LABEL = re.compile(
    r"^(?:contact(?:persoon|personen)?|recruiter|vacaturehouder|inlichtingen)\s?:\s?\S", re.IGNORECASE
)
_CONTACT_HEADING = re.compile(
    r"(?:je |onze |de )?contact(?:persoon|personen|gegevens|informatie|opnemen)?"
    r"|contact (?:details|us|person)|neem contact op|wie kun je bellen",
    re.IGNORECASE,
)
_INQUIRY_HEADING = re.compile(
    r"(?:heb je |nog )?(?:nog )?vragen|(?:wil je )?meer (?:weten|informatie)|(?:nadere |meer )?informatie"
    r"|interesse|ge(?:ï|i)nteresseerd|(?:ben je )?enthousiast(?: geworden)?"
    r"|solliciteren|reageren|questions|interested",
    re.IGNORECASE,
)

# A point ends no sentence behind initials and behind the short forms that stand before names and numbers.
_SHORT_FORMS = "dhr mw mevr tel mob drs dr ir ing mr nr bijv"
_SENTENCE_END = re.compile(
    r"[.!?](?<![\s.(][A-Za-z].)(?<!^[A-Z].)"
    + "".join(rf"(?<!\b(?i:{short}).)" for short in _SHORT_FORMS.split())
    + r"[)\"”']?\s+(?=[\"“'(]?[A-ZÀ-Þ0-9+])"
)

# A line with none of these leads to nobody, and most lines have none: they need no closer look.
_HINT_WORDS = (
    "@,[at,(at,[apen,(apen,linkedin,wa.me,t.me,dhr,mw,mevr,meneer,de heer,contact,bel ,bel:,bellen,mail,app "
    ",app:,appen,recruiter,vacaturehouder,inlichtingen,informatie,vragen,weten,t.a.v,attentie,terecht,call,touch"
    ",reach out,information,questions,details"
)
_HINTS = _HINT_WORDS.split(",")
_MANY_DIGITS = re.compile(r"\d(?:[\s().\-/]{0,3}\d){7}")

_LONGEST_LOOSE_SECTION = 6
"""How many lines belong to a contact section that opens without a real heading, and so has no visible end."""


def has_contact(text: str) -> bool:
    """Whether a mail address, telephone number or personal profile stands in the text."""
    return bool(_REACHABLE.search(text))


def without_contacts(markdown: str) -> tuple[str, int]:
    """The Markdown without sentences that lead to a person, and how many sentences and lines went."""
    lines = [line for line in markdown.split("\n") if line]
    kept = _kept_lines(lines)
    removed = sum(_count(old, new) for old, new in zip(lines, kept, strict=True))
    if not removed:
        return markdown, 0
    return _reassembled(kept), removed


def _count(old: str, new: str) -> int:
    return 0 if old == new else max(1, len(_sentences(old)) - len(_sentences(new)))


def _kept_lines(lines: list[str]) -> list[str]:
    """Line by line what may stay; "" for a line that goes."""
    kept: list[str] = []
    section, ends_at = "", 0
    for number, line in enumerate(lines):
        if number >= ends_at or heading_text(line) or line.endswith("?"):
            section = ""
        if opened := _opened_section(line):
            section = opened
            ends_at = number + (len(lines) if heading_text(line) else _LONGEST_LOOSE_SECTION)
        kept.append("" if section == "contact" else _kept_sentences(line, strict=section == "inquiry"))
    return _without_names_nearby(lines, kept)


def _opened_section(line: str) -> str:
    """Which kind of section a heading, or a line that looks like one, opens."""
    title = (heading_text(line) or line).strip(" :?!.")
    if _CONTACT_HEADING.fullmatch(title):
        return "contact"
    return "inquiry" if _INQUIRY_HEADING.fullmatch(title) else ""


def _kept_sentences(line: str, *, strict: bool) -> str:
    """The line without sentences that lead to a person, and without the "Vragen?" that led up to them."""
    if not (strict or _needs_a_look(line)):
        return line
    marker = "- " if line.startswith("- ") else ""
    sentences = _sentences(line.removeprefix("- "))
    goes = [_leads_to_a_person(sentence, strict=strict) for sentence in sentences]
    kept = [
        sentence
        for sentence, (is_private, then_private) in zip(sentences, pairwise([*goes, False]), strict=True)
        if not (is_private or (then_private and _INQUIRY_HEADING.fullmatch(sentence.strip(" :?!."))))
    ]
    return line if len(kept) == len(sentences) else (marker + " ".join(kept) if kept else "")


def _needs_a_look(line: str) -> bool:
    lowered = line.casefold()
    return any(hint in lowered for hint in _HINTS) or bool(_MANY_DIGITS.search(line))


def _sentences(line: str) -> list[str]:
    ends = [match.end() for match in _SENTENCE_END.finditer(line)]
    parts = [line[start:end].strip() for start, end in zip([0, *ends], [*ends, len(line)], strict=True)]
    return [part for part in parts if part]


def _leads_to_a_person(sentence: str, *, strict: bool) -> bool:
    if (
        has_contact(sentence)
        or _HONORIFIC.search(sentence)
        or _LABEL.match(sentence)
        or _NAMED_ROLE.search(sentence)
    ):
        return True
    if match := _ASKS_TO_CALL.search(sentence):
        return bool(_ANY_NAME.search(sentence, match.end()))
    return bool((strict or _ASKS_TO_INQUIRE.search(sentence)) and _FULL_NAME.search(sentence))


def _without_names_nearby(lines: list[str], kept: list[str]) -> list[str]:
    """A name often stands on a line of its own, right above or below the number."""
    nearby = {n + step for n, line in enumerate(kept) if not line for step in (-2, -1, 1)}
    return [
        "" if number in nearby and _is_a_name(lines[number]) else line for number, line in enumerate(kept)
    ]


def _is_a_name(line: str) -> bool:
    bare = (heading_text(line) or line).removeprefix("- ")
    return len(bare.split()) <= 8 and bool(_FULL_NAME.match(bare)) and not bare.endswith((".", "?", "!"))


def _reassembled(kept: list[str]) -> str:
    """The lines that stayed, without headings under which nothing is left."""
    lines = [line for line in kept if line]
    useful = [
        line
        for line, following in pairwise([*lines, ""])
        if not heading_text(line) or (following and not heading_text(following))
    ]
    return join_blocks(useful)
