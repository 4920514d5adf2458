"""Every page of the portal and what each role gets there: the tables that a new route must be added to."""

import dataclasses
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import translation

from tests.sight.world import VISITOR, World

SIGN_IN = "in"  # a status in the table: led to the sign-in page
TABLES = sorted((Path(__file__).parent / "tables").glob("*.txt"))
TOKENS = re.compile(
    r'(name="(?:csrfmiddlewaretoken|form_key)" value="[^"]*"|<input type="hidden" name="next"[^>]*>)'
)

type Steady = tuple[int, str, str]


@dataclasses.dataclass(frozen=True)
class Page:
    """A line of the table: a page about one record, asked for or posted to, and the status for each role."""

    name: str
    record: str
    method: str
    expected: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.name} {self.record}"

    def is_for(self, role: str) -> bool:
        """Allauth's pages are the same for everybody with an account, so two of them look."""
        is_allauths = self.name.startswith(("account_", "mfa_", "socialaccount_"))
        return role in self.expected and (not is_allauths or role in (VISITOR, "participant", "hr_own"))

    def key(self, world: World) -> str:
        """What stands in the address for the record; the admin numbers its pages."""
        is_admin = self.name.startswith("admin:")
        return str(world.records[self.record].pk) if is_admin else world.key(self.record)

    def address(self, world: World) -> str:
        return address(self.name) if self.record == "-" else address(self.name, *self.key(world).split("|"))

    def unknown_address(self, world: World) -> str:
        return address(self.name, *unknown(self.key(world)).split("|"))


def address(name: str, *keys: object) -> str:
    """The address in English, so that the tests read English."""
    with translation.override("en"):
        return reverse(name, args=keys)


def unknown(key: str) -> str:
    """A key of the same kind that belongs to nothing; of several parts ("slug|2") the first changes."""
    first, bar, rest = key.partition("|")
    if bar:
        return f"{unknown(first)}|{rest}"
    if key.isdecimal():
        return "999999999"
    try:
        return str(uuid.UUID(int=uuid.UUID(key).int ^ 1))
    except ValueError:
        return f"x{key[1:]}"


def table() -> list[Page]:
    return [page for path in TABLES for page in pages_in(path.read_text())]


def pages_in(text: str) -> list[Page]:
    """The lines of one table; its first line names the roles that look."""
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return [read(words, lines[0][1:]) for words in lines[1:]]


def read(words: list[str], roles: list[str]) -> Page:
    method = words.pop(0) if words[0] == "POST" else "GET"
    name, record, *statuses = words
    expected = {1: statuses * len(roles), 2: statuses[:1] + statuses[1:] * (len(roles) - 1)}
    by_role = expected.get(len(statuses), statuses)
    return Page(name, record, method, dict(zip(roles, by_role, strict=True)))


def roles_in(pages: list[Page]) -> list[str]:
    return list(dict.fromkeys(role for page in pages for role in page.expected))


def ask(client: Client, page: Page, address: str) -> HttpResponse:
    return client.post(address) if page.method == "POST" else client.get(address)


def status(response: HttpResponse) -> str:
    """The status as the table writes it."""
    return SIGN_IN if leads_to(response).partition("?")[0].endswith("/login/") else str(response.status_code)


def leads_to(response: HttpResponse) -> str:
    return response.headers.get("Location", "")


def readable(response: HttpResponse) -> str:
    """All that reaches the reader, in lower case: the body, and the headers that could tell something."""
    headers = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{headers}\n{body(response)}".lower()


def body(response: HttpResponse) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


def steady(response: HttpResponse, key: str = "") -> Steady:
    """A response without what differs at each showing: safety codes, and the key that was asked for."""
    shown, target = TOKENS.sub("", body(response)), leads_to(response)
    for part in key.split("|"):
        for form in (part,) if len(part) > 9 else (f"/{part}/", f"“{part}”") if part else ():
            shown, target = shown.replace(form, "KEY"), target.replace(form, "KEY")
    return response.status_code, shown, target


def named_routes() -> set[str]:
    """The name of every route with its namespace; a route without a name by its pattern."""
    return {name for name, _pattern in routes()}


def routes(patterns: list | None = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield namespace + (pattern.name or f"({pattern.pattern})"), pattern
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner)
