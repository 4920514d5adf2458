"""Every page of every role is valid HTML that a screen reader can find its way in."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.http import HttpResponse
from html5lib.constants import E as MESSAGES

from tests.sight.matrix import tell, undone
from tests.sight.pages import Page, ask, table
from tests.sight.world import World, standing

pytestmark = pytest.mark.django_db
ROLES_ASKED = ["visitor", "participant", "applicant", "manager", "hr_own", "programme", "officer"]
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)[^>]*>|<style\b|\son[a-z]+=\"|javascript:"
)
PLACED = re.compile(r"<[a-z][^>]*\sstyle=")
NAMED_BY = ("aria-label", "aria-labelledby", "title")
ADDED_BY_SCRIPT = (
    "_timezone_warning_helptext"  # Django's script for dates in the admin writes the text itself
)
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with standing(django_db_blocker) as world:
        yield world


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
    titles = [
        title for title in all_of(root, "title") if "svg" not in str(title.tag)
    ]  # a drawing may have its own
    counts["title"] = len(titles)
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


def shown(world: World, role: str, page: Page) -> HttpResponse:
    with undone():
        return ask(world.client(role), page, page.address(world))


@pytest.mark.parametrize("role", ROLES_ASKED)
def test_every_page_is_valid(world, role):
    """Refused forms and error pages included; the same body is read once."""
    found, read = [], set()
    for page in table():
        response = shown(world, role, page)
        if is_html(response) and response.content not in read:
            read.add(response.content)
            found += [f"{page}: {fault}" for fault in faults(response.content.decode())]

    tell(found)


@pytest.mark.parametrize("role", ["visitor", "applicant", "hr_own"])
def test_every_page_has_a_title_of_its_own(world, role):
    """Two pages of one name, about the same record, would be one page in a list of tabs."""
    titles: dict[tuple[str, str], str] = {}
    for page in table():
        if page.method == "GET" and page.expected.get(role) == "200":
            response = shown(world, role, page)
            title = re.search(r"<title>\s*(.*?)\s*</title>", response.content.decode(), re.DOTALL)
            if is_html(response) and title:
                titles[page.name, page.record] = " ".join(title[1].split())

    pages = {
        title: sorted({name for (name, _record), other in titles.items() if other == title})
        for title in set(titles.values())
    }
    tell(sorted(f"{title}: {', '.join(names)}" for title, names in pages.items() if len(names) > 1))


@pytest.mark.parametrize("role", ["applicant", "hr_own"])
def test_a_refused_form_says_so_first(world, role):
    """The title begins with "Error:", and a summary says what is wrong (rule R7)."""
    found = []
    for page in table():
        if page.expected.get(role) == "422":
            text = shown(world, role, page).content.decode()
            if not re.search(r"<title>\s*Error:", text):
                found.append(f"{page}: the title does not begin with Error:")
            if "error-summary" not in text and 'role="alert"' not in text:
                found.append(f"{page}: no summary")

    tell(found)


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ("<p><div></p>", "line 1"),
        ('<b id="x"></b><i id="x"></i>', "id x stands 2 times"),
        ("<h1>One</h1><h1>Two</h1>", "3 × h1"),
        ("<h3>Deep</h3>", "h1 is followed by h3"),
        ('<input name="q">', "no label for q"),
        ('<a href="/x"><img src="/x.svg" alt=""></a>', "no text in a /x"),
        ('<img src="/x.svg">', "no alt for /x.svg"),
        ('<p style="color: red">', "inline: <p style="),
        ("<script>alert(1)</script>", "inline: <script>"),
        ('<p aria-describedby="none">', "aria-describedby names none"),
    ],
)
def test_a_fault_is_found(wrong, fault):
    page = f'<!doctype html><html lang="en"><title>T</title><main><h1>H</h1>{wrong}</main></html>'

    assert [line for line in faults(page) if fault in line] != []


def test_a_good_page_has_no_faults():
    page = '<!doctype html><html lang="en"><title>T</title><body><main><h1>H</h1></main></body></html>'

    assert [*faults(page)] == []
