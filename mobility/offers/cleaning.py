"""Characters and tags that have no place in an offer."""

import html
import re

import nh3

# Controls, lone surrogates, bidirectional overrides, zero-width and non-characters; tab and line ends stay.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")

# Text that was escaped once too often: "&amp;eacute;" or "&lt;p&gt;" in what should be HTML already.
_ESCAPED_TWICE = re.compile(r"&amp;#?\w{1,10};|&lt;(?:[a-z]|/[a-z]|br)", re.IGNORECASE)
_TAG = re.compile(r"<(?:/?[a-z][^<>]{0,2000}|!--)", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]{0,2000}>?")
_MOST_TAGS_IN_A_LINE = 100
_ACTIVE = re.compile(
    r"<\s?(?:script|iframe|object|embed)\b|\bon[a-z]{3,20}\s?=\s?[\"']|javascript:", re.IGNORECASE
)

_KEPT = "a b strong p div br ul ol li h1 h2 h3 h4 h5 h6 table tr td th section article dl dt dd"
_KEPT_TAGS = set(_KEPT.split())
_DROPPED = "script style template noscript iframe object svg math textarea select title head"
_DROPPED_WITH_CONTENT = set(_DROPPED.split())


def printable(text: str) -> str:
    """The text without invisible and direction-turning characters, with one kind of line end and of space."""
    return _SPACES.sub(" ", _LINE_ENDS.sub("\n", _UNPRINTABLE.sub("", text.replace("\u00ad", ""))))


def unescaped(text: str) -> str:
    """HTML that was escaped once too often (or twice) as the HTML it was meant to be."""
    for _ in range(3):
        if not _ESCAPED_TWICE.search(text):
            break
        text = html.unescape(text)
    return text


def has_tags(text: str) -> bool:
    """Whether this is HTML rather than text in which a "<" happens to stand."""
    return bool(_TAG.search(text))


def is_active(text: str) -> bool:
    """Whether the HTML tries to do something (script, frame, event attribute) instead of saying something."""
    return bool(_ACTIVE.search(text))


def sanitised(text: str) -> str:
    """The HTML with the tags that carry meaning alone; scripts and styles go with their content."""
    return nh3.clean(
        text,
        tags=_KEPT_TAGS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def plain(text: str) -> str:
    """One line of text without tags, entities or double spaces: for titles, names and other short fields."""
    text = unescaped(text)
    if text.count("<") > _MOST_TAGS_IN_A_LINE:
        text = _ANY_TAG.sub(" ", text)
    elif has_tags(text):
        text = nh3.clean(text, tags=set(), clean_content_tags=_DROPPED_WITH_CONTENT)
    return " ".join(printable(html.unescape(text)).split())
