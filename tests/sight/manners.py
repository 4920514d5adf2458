"""How every response must be, whoever asks: its headers, valid HTML that a screen reader can find its way
in, a title of its own, and a refused form that says so first.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
from django.http import HttpResponse
from html5lib.constants import E as MESSAGES

from tests.sight.pages import Page, body

CSP = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
IN_A_FRAME = {"X-Frame-Options": None, "Cross-Origin-Resource-Policy": "cross-origin"}
OPEN_DATA = {
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "public, max-age=60",
}
NEVER = ("Server", "X-Powered-By", "X-AspNet-Version", "Access-Control-Allow-Origin")
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)[^>]*>|<style\b|\son[a-z]+=\"|javascript:"
)
PLACED = re.compile(r"<[a-z][^>]*\sstyle=")
NAMED_BY = ("aria-label", "aria-labelledby", "title")
ADDED_BY_SCRIPT = (
    "_timezone_warning_helptext"  # Django's script for dates in the admin writes the text itself
)
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
WORDS = re.compile(r'>[^<]*<|\b(?!class|type|role|id|for|lang|alt|aria)[\w-]+="[^"]*"')
ONE_PAGE = [{"doetanks:invitation", "doetanks:join"}]
"""Two addresses of one page."""
FRAMED = "networks:embedded_map"
"""The one page that other sites may show in a frame."""
READ: set[int] = set()
"""The pages that were read in this process, without their words; the same build has the same faults."""


class Manners:
    """Listens to all that one role is answered."""

    def __init__(self) -> None:
        self.titles: dict[tuple[str, str], str] = {}

    def of(self, page: Page, response: HttpResponse) -> Iterator[str]:
        """What is wrong with this response."""
        yield from shortcomings(
            response, is_open_data=page.name.startswith("api"), is_framed=page.name == FRAMED
        )
        if not is_html(response):
            return
        text = body(response)
        title = re.search(r"<title>\s*(.*?)\s*</title>", text, re.DOTALL)
        if title and response.status_code == 200 and page.method == "GET":
            self.titles[page.name, page.record] = " ".join(title[1].split())
        if response.status_code == 422:
            yield from silence(text)
        build = hash(WORDS.sub("", text))
        if build not in READ:
            READ.add(build)
            yield from faults(text)

    def shared_titles(self) -> Iterator[str]:
        """Two pages of one title would be one page in a list of tabs."""
        for title in sorted(set(self.titles.values())):
            names = sorted({name for (name, _record), other in self.titles.items() if other == title})
            if len(names) > 1 and set(names) not in ONE_PAGE:
                yield f"{title}: {', '.join(names)}"


def silence(text: str) -> Iterator[str]:
    """A refused form begins its title with "Error:", and a summary says what is wrong (rule R7)."""
    if not re.search(r"<title>\s*Error:", text):
        yield "the title does not begin with Error:"
    if not re.search(r'error-summary|role="alert"|errornote', text):
        yield "no summary"


def shortcomings(
    response: HttpResponse, *, is_open_data: bool = False, is_framed: bool = False
) -> Iterator[str]:
    """What a response lacks, or tells too much. Open data may be read by other websites and kept a while."""
    wanted = ALWAYS | (OPEN_DATA if is_open_data else {}) | (IN_A_FRAME if is_framed else {})
    for name, value in wanted.items():
        if response.headers.get(name) != value:
            yield f"{name}: {response.headers.get(name)}"
    policy = {part.strip() for part in response.headers.get("Content-Security-Policy", "").split(";")}
    expected = CSP - {"frame-ancestors 'none'"} | {"frame-ancestors 'self' https:"} if is_framed else CSP
    if policy != expected:
        yield f"Content-Security-Policy: {policy ^ expected}"
    if not is_open_data and not {"private", "no-store"} <= set(
        response.headers.get("Cache-Control", "").split(", ")
    ):
        yield f"Cache-Control: {response.headers.get('Cache-Control')}"
    yield from (
        name for name in NEVER if name in response.headers and name not in (OPEN_DATA if is_open_data else ())
    )


def faults(text: str) -> Iterator[str]:
    """What is wrong with a page."""
    parser = html5lib.HTMLParser()
    root = parser.parse(text)
    for (line, _column), code, facts in parser.errors:
        yield f"line {line}: {MESSAGES.get(code, code) % facts} — {text.splitlines()[line - 1].strip()[:90]}"
    yield from structure(root)
    yield from names(root)
    yield from (f"inline: {part}" for part in [*INLINE.findall(text), *PLACED.findall(text)])


def all_of(root: Element, *tags: str) -> list[Element]:
    return [element for element in root.iter() if str(element.tag).rpartition("}")[2] in tags]


def structure(root: Element) -> Iterator[str]:
    """One first heading, one main part, headings in order, a language, a title, each id once."""
    counts = {tag: len(all_of(root, tag)) for tag in ("h1", "main")}
    counts["title"] = sum("svg" not in str(title.tag) for title in all_of(root, "title"))
    yield from (f"{count} × {tag}" for tag, count in counts.items() if count != 1)
    levels = [int(str(heading.tag)[-1]) for heading in all_of(root, "h1", "h2", "h3", "h4", "h5", "h6")]
    jumps = [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1]
    yield from (f"h{low} is followed by h{high}" for low, high in jumps)
    if root.get("lang") not in ("nl", "en"):
        yield f"lang is {root.get('lang')}"
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    yield from (f"id {name} stands {count} times" for name, count in ids.items() if count > 1)
    for element in root.iter():
        for reference in (element.get("aria-describedby") or "").split():
            if reference not in ids and not reference.endswith(ADDED_BY_SCRIPT):
                yield f"aria-describedby names {reference}, which is not there"


def names(root: Element) -> Iterator[str]:
    """Each field has a label, each button and link a text, each picture a text or none on purpose."""
    labelled = {label.get("for") for label in all_of(root, "label")}
    inside = {
        field for label in all_of(root, "label") for field in all_of(label, "input", "select", "textarea")
    }
    for field in all_of(root, "input", "select", "textarea"):
        is_named = field.get("id") in labelled or field in inside or any(map(field.get, NAMED_BY))
        if field.get("type") not in UNLABELLED and not is_named:
            yield f"no label for {field.get('name')}"
    for element in all_of(root, "a", "button"):
        pictures = "".join(picture.get("alt") or "" for picture in all_of(element, "img"))
        if not ("".join(element.itertext()).strip() or pictures or any(map(element.get, NAMED_BY))):
            yield f"no text in {element.tag.rpartition('}')[2]} {element.get('href') or element.get('class')}"
    yield from (f"no alt for {one.get('src')}" for one in all_of(root, "img") if one.get("alt") is None)


def is_html(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html") and bool(response.content)
