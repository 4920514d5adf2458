"""The methods a Doetank works with: cards of our own writing, in both languages, from `tools.toml`."""

import dataclasses
import functools
import tomllib
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

SOURCE = Path(__file__).parent / "tools.toml"


@dataclasses.dataclass(frozen=True)
class Tool:
    """One card, in the language of the reader; `phase` is the state in which it helps most."""

    slug: str
    phase: str
    minutes: int
    name: str
    what: str
    when: str
    steps: list[str]
    trap: str


@functools.cache
def _rows() -> list[dict[str, Any]]:
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))["tool"]


def tools(phase: str = "") -> list[Tool]:
    """All cards, or those of one phase, in the order in which a Doetank meets them."""
    language = "en" if get_language() == "en" else "nl"
    return [
        Tool(slug=row["slug"], phase=row["phase"], minutes=row["minutes"], **row[language])
        for row in _rows()
        if not phase or row["phase"] == phase
    ]


def tool(slug: str) -> Tool | None:
    return next((one for one in tools() if one.slug == slug), None)
