"""A description, HTML or plain text, as Markdown of headings, paragraphs and lists and nothing else."""

import re
from itertools import pairwise

from lxml import etree

from mobility.offers.cleaning import has_tags, printable, sanitised, unescaped

MOST_TAGS = 2000
"""More than this is no description any more; nested, it would also cost the sanitiser much time."""

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_ENDS_A_LINE = "p div ul ol table section article dl br tr dt dd li"
_BREAKING = {*_ENDS_A_LINE.split(), *_HEADINGS}
_BLOCK = re.compile(rf"<(?:{'|'.join(_BREAKING)})\b", re.IGNORECASE)
_LONGEST_HEADING = 100

_BULLET = re.compile(r"^(?:[•·▪●◦∙‣*+–—➢►✓✔-]|o(?= {2}))[ \t]+")
_INLINE_BULLET = re.compile(r" ?[•▪●◦‣➢►] ?")
_RULE = re.compile(r"[-=_*~ ]{3,}")
_OPENS_BLOCK = re.compile(r"[#>|]|```|~~~|\d{1,9}\)(?= )")
_OPENS_HTML = re.compile(r"<(?=[a-zA-Z/!?])")


def to_markdown(text: str) -> str:
    """The description as Markdown. ValueError when it holds so many tags that it cannot be a description."""
    text = printable(unescaped(text))
    if text.count("<") > MOST_TAGS:
        raise ValueError("too many tags")
    if not has_tags(text) and "&" not in text:
        return join_blocks(_with_inline_bullets([_line(line) for line in _real_line_ends(text).split("\n")]))
    if not _BLOCK.search(text):
        text = _real_line_ends(text).replace("\n", "<br>")
    return join_blocks(_with_inline_bullets(_read(sanitised(text))))


def to_plain(markdown: str) -> str:
    """One line of plain text made of the Markdown that `to_markdown` writes, its headings left out."""
    lines = [line for line in markdown.split("\n") if line and not heading_text(line)]
    return " ".join(" ".join(line.removeprefix("- ") for line in lines).replace("\\", "").split())


def heading_text(line: str) -> str:
    """The text of a line that stands as a heading, which is bold as a whole; "" for any other line."""
    return line[2:-2] if len(line) > 4 and line.startswith("**") and line.endswith("**") else ""


def _real_line_ends(text: str) -> str:
    """Some exports write a line end as a backslash and an n."""
    return text.replace("\\r\\n", "\n").replace("\\n", "\n") if "\n" not in text else text


def _line(text: str, *, heading: bool = False, item: bool = False) -> str:
    """One line of text as one line of Markdown: what would start a block by accident is escaped."""
    text = " ".join(text.split())
    if not text or _RULE.fullmatch(text):
        return ""
    if bullet := _BULLET.match(text):
        text, item = text[bullet.end() :], True
    text = _OPENS_HTML.sub(r"\\<", text.replace("\\", "").replace("](", "]\\("))
    if _OPENS_BLOCK.match(text):
        text = "\\" + text
    return f"- {text}" if item else f"**{text.replace('*', '')}**" if heading and text.strip("*") else text


def join_blocks(lines: list[str]) -> str:
    """Each line a block of its own, so that it stays a line when shown; list items stay together."""
    blocks = [line for line in lines if line]
    parts = [("\n" if a.startswith("- ") and b.startswith("- ") else "\n\n") + b for a, b in pairwise(blocks)]
    return "".join(blocks[:1] + parts)


def _with_inline_bullets(lines: list[str]) -> list[str]:
    """A one-line description may hold its list as "taken: • een • twee"."""
    split: list[str] = []
    for line in lines:
        head, *items = _INLINE_BULLET.split(line)
        split += [head, *(f"- {item.strip()}" for item in items if item.strip())] if items else [line]
    return split


def _read(clean_html: str) -> list[str]:
    parser = etree.HTMLParser(target=_Lines())
    try:
        parser.feed(clean_html)
        lines: list[str] = parser.close()
    except etree.LxmlError:
        return []
    return lines


class _Lines:
    """Takes the parser's events and writes lines; a line that is bold as a whole is a heading."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.text: list[str] = []
        self.bold = 0
        self.has_light_text = False
        self.in_heading = False
        self.in_item = False
        self.address = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _BREAKING:
            self._end_line()
        self.in_item = self.in_item or tag == "li"
        self.in_heading = self.in_heading or tag in _HEADINGS
        self.bold += tag in {"b", "strong"}
        if tag == "a":
            self.address = attributes.get("href", "")

    def end(self, tag: str) -> None:
        if tag in _BREAKING:
            self._end_line()
        self.in_item = self.in_item and tag != "li"
        self.in_heading = self.in_heading and tag not in _HEADINGS
        self.bold -= tag in {"b", "strong"}
        if tag == "a":
            self.data(_spelled_out(self.address))
        if tag in {"td", "th"}:
            self.text.append(" ")

    def data(self, data: str) -> None:
        self.text.append(data)
        self.has_light_text = self.has_light_text or (not self.bold and bool(data.strip()))

    def close(self) -> list[str]:
        self._end_line()
        return self.lines

    def _end_line(self) -> None:
        text = "".join(self.text)
        is_short = len(text) <= _LONGEST_HEADING
        heading = is_short and not self.in_item and (self.in_heading or not self.has_light_text)
        if text.strip():
            self.lines.append(_line(text, heading=heading, item=self.in_item))
            self.in_item = False
        self.text, self.has_light_text = [], False


def _spelled_out(address: str) -> str:
    """The address behind a mail or telephone link, so that it is seen, and removed, as contact data."""
    kind, _, rest = address.partition(":")
    return f" {rest.partition('?')[0]} " if kind.lower() in {"mailto", "tel"} else ""
