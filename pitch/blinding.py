"""Names of the team and its organisation in the text of a plan, so that the secretary can take them out."""

import re
from dataclasses import dataclass

from bwob import dutch
from pitch.models import BlindVersion, Entry
from pitch.models.entries import TEXTS

KINDS_OF_BODY = {
    "gemeente",
    "provincie",
    "waterschap",
    "ministerie",
    "politie",
    "van",
    "de",
    "het",
    "der",
    "en",
}
SHORTEST = 3


@dataclass(frozen=True)
class Piece:
    """A stretch of text, and whether it is a name."""

    text: str
    is_name: bool


def names_of(entry: Entry) -> list[str]:
    """What could give the team away: names of people, of their employers, and mail domains; longest first."""
    names: set[str] = set()
    for member in entry.team.select_related("user__work_address__organisation"):
        names.add(member.email.partition("@")[2])
        if member.user:
            names |= {member.user.full_name, member.user.given_name, member.user.family_name}
            names |= names_of_body(str(member.user.employer or ""))
    names |= names_of_body(str(entry.organisation or ""))
    return sorted((name for name in names if len(name) >= SHORTEST), key=len, reverse=True)


def names_of_body(name: str) -> set[str]:
    """ "Gemeente Utrecht" is also known as "Utrecht"."""
    words = [word for word in name.split() if dutch.fold(word) not in KINDS_OF_BODY]
    return {name, " ".join(words)} if words else set()


def pieces(text: str, names: list[str]) -> list[Piece]:
    """The text cut at these names, whole words only, whatever their capitals and accents."""
    if not names:
        return [Piece(text, False)]
    folded = "".join(dutch.fold(sign)[:1] or sign for sign in text)
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(dutch.fold(name))}(?!\w)" for name in names))
    cut, start = [], 0
    for match in pattern.finditer(folded):
        cut += [Piece(text[start : match.start()], False), Piece(text[match.start() : match.end()], True)]
        start = match.end()
    return [piece for piece in [*cut, Piece(text[start:], False)] if piece.text]


def found(version: BlindVersion | Entry, names: list[str]) -> list[str]:
    """The names that still stand in a version, in the order of its texts, each once."""
    texts = (getattr(version, field) for field in TEXTS)
    return list(dict.fromkeys(piece.text for text in texts for piece in pieces(text, names) if piece.is_name))


def suggestion(entry: Entry) -> dict[str, str]:
    """The texts with a mark where each name stood."""
    names = names_of(entry)
    return {
        field: "".join(
            "[…]" if piece.is_name else piece.text for piece in pieces(getattr(entry, field), names)
        )
        for field in TEXTS
    }
