"""Divides one long description over what you will do, bring and get, by its own headings."""

import re

from mobility.offers.markdown import heading_text, join_blocks

_BRING = re.compile(
    r"(?:wat )?(?:wij |we )?vragen(?: wij| we)?(?: van jou)?|wij vragen.{0,20}|functie-? ?eisen|eisen"
    r"|(?:jouw |jou |gewenst )?profiel|(?:dit|wie) (?:ben jij|ben je|breng je mee)"
    r"|(?:wat|wie) zoeken (?:we|wij)"
    r"|wat (?:breng|neem) (?:je|jij) mee|your profile|requirements|who you are|what you bring",
    re.IGNORECASE,
)
_GET = re.compile(
    r"wat bieden (?:wij|we)(?: jou| je)?|(?:wat )?(?:wij|we) bieden(?: jou| je)?"
    r"|(?:dit|wat) bieden we(?: jou| je)?"
    r"|ons aanbod|(?:salaris en )?arbeidsvoorwaarden|(?:wat|dit) krijg je(?: van ons)?"
    r"|dit kun je (?:van ons )?verwachten|what we offer|our offer|benefits",
    re.IGNORECASE,
)


def divided(tasks: str) -> dict[str, str]:
    """The text per column: everything stays under `tasks` until a heading says that something else begins."""
    parts: dict[str, list[str]] = {"tasks": [], "requirements": [], "benefits": []}
    column = "tasks"
    for line in tasks.split("\n"):
        if title := heading_text(line):
            column = _column(title)
        if not (title and column != "tasks"):
            parts[column].append(line)
    return {name: join_blocks(lines) for name, lines in parts.items()}


def _column(title: str) -> str:
    bare = title.strip(" ?!:.")
    return "requirements" if _BRING.fullmatch(bare) else "benefits" if _GET.fullmatch(bare) else "tasks"
