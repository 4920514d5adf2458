"""JSON-LD as websites really write it, and where in it the job postings are."""

import html
import json
import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from mobility.offers.row import Unreadable

type Node = dict[str, "Value"]
type Value = Node | list[Value] | str | bool | None

DEEPEST = 100
"""Levels of nesting; a real posting has about six."""

_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?'
_NOISE = re.compile(
    rf"({_STRING})|//[^\n]*+|/\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/)?|<!--|-->|<!\[CDATA\[|\]\]>", re.DOTALL
)
_TRAILING_COMMA = re.compile(rf"({_STRING})|,(?=\s*+[}}\]])", re.DOTALL)
_PREFIX = re.compile(r"^(?:https?://schema\.org/|schema:)", re.IGNORECASE)
_TOO_DEEP = _("The JSON in this file is nested too deeply to be a list of offers.")


def parse(text: str) -> Value:
    """The JSON in the text, numbers as the text they were written in; ValueError when it is not JSON.

    What editors and website builders leave behind is forgiven: comments, CDATA and HTML comment marks, a
    comma or semicolon too many, line ends inside strings, and a whole block that was escaped as HTML.
    """
    try:
        return _loaded(text)
    except ValueError:
        return _loaded(_repaired(text))


def _loaded(text: str) -> Value:
    try:
        value: Value = json.loads(text, strict=False, parse_float=str, parse_int=str, parse_constant=str)
    except RecursionError:
        raise Unreadable(_TOO_DEEP) from None
    return value


def _repaired(text: str) -> str:
    if "{&quot;" in "".join(text[:500].split()):
        text = html.unescape(text)
    without_noise = _NOISE.sub(lambda match: match[1] or "", text)
    return (
        _TRAILING_COMMA.sub(lambda match: match[1] or "", without_noise).strip().rstrip(";").lstrip("\ufeff")
    )


def nodes(value: Value) -> Iterator[Node]:
    """Every object in the value, in the order of the file; Unreadable when it is nested too deeply."""
    waiting = [(value, 0)]
    while waiting:
        here, depth = waiting.pop()
        if depth > DEEPEST:
            raise Unreadable(_TOO_DEEP)
        if isinstance(here, dict):
            yield here
            waiting += [(inner, depth + 1) for inner in reversed(here.values())]
        elif isinstance(here, list):
            waiting += [(inner, depth + 1) for inner in reversed(here)]


def postings(value: Value) -> list[Node]:
    """The job postings in the value, wherever they stand, the references inside them followed one step."""
    found = [
        {_PREFIX.sub("", key): inner for key, inner in node.items()}
        for node in nodes(value)
        if is_posting(node)
    ]
    named = {node["@id"]: node for node in nodes(value) if len(node) > 1 and isinstance(node.get("@id"), str)}
    return [{key: _followed(inner, named) for key, inner in posting.items()} for posting in found]


def is_posting(node: Node) -> bool:
    """Whether the object is a schema.org JobPosting, by its type or one of its types."""
    types = node.get("@type")
    return any(
        isinstance(name, str) and _PREFIX.sub("", name).casefold() == "jobposting"
        for name in (types if isinstance(types, list) else [types])
    )


def is_empty(value: Value) -> bool:
    """Whether this is a list of offers that has none today, rather than something else altogether."""
    return value == [] or (isinstance(value, dict) and any(inner == [] for inner in value.values()))


def _followed(value: Value, named: dict[Value, Node]) -> Value:
    if isinstance(value, list):
        return [_followed(inner, named) for inner in value[:20]]
    if isinstance(value, dict) and set(value) == {"@id"}:
        return named.get(value["@id"], value) if isinstance(value["@id"], str) else value
    return value
