"""The demo's mail: kept as files instead of sent, and shown at /demo/post/ so that links in it can be
followed.
"""

import dataclasses
import datetime
import email.policy
import re
import time
from collections.abc import Iterable
from email.message import EmailMessage as ParsedMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.mail.backends.base import BaseEmailBackend
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

FOLDER = settings.BASE_DIR / ".data" / "post"
NAME = re.compile(r"\d{16,20}-\d+")


class MailboxBackend(BaseEmailBackend):
    """Keeps each message as one `.eml` file."""

    def send_messages(self, email_messages: Iterable[Any]) -> int:
        FOLDER.mkdir(parents=True, exist_ok=True)
        written = [_write(message, number) for number, message in enumerate(email_messages)]
        return len(written)


@dataclasses.dataclass(frozen=True)
class Letter:
    """One kept message. `body` is plain text."""

    name: str
    to: str
    subject: str
    sent_at: datetime.datetime
    body: str


def _write(message: Any, number: int) -> Path:
    path = FOLDER / f"{time.time_ns()}-{number}.eml"
    path.write_bytes(message.message().as_bytes())
    return path


def letters(limit: int = 50) -> list[Letter]:
    """The newest messages, newest first, without their bodies."""
    names = sorted((path.stem for path in FOLDER.glob("*.eml")), reverse=True) if FOLDER.exists() else []
    return [read(name, whole=False) for name in names[:limit]]


def read(name: str, *, whole: bool = True) -> Letter:
    with (FOLDER / f"{name}.eml").open("rb") as file:
        parser = BytesParser(_class=ParsedMessage, policy=email.policy.default)
        parsed = parser.parse(file, headersonly=not whole)
    body = parsed.get_body(preferencelist=("plain",)) if whole else None
    sent = datetime.datetime.fromtimestamp(int(name.split("-")[0]) / 1e9, tz=datetime.UTC)
    return Letter(name, str(parsed["To"]), str(parsed["Subject"]), sent, body.get_content() if body else "")


def clear() -> None:
    for path in FOLDER.glob("*.eml"):
        path.unlink()


@login_not_required
@require_GET
def demo_post(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/post.html", {"letters": letters()})


@login_not_required
@require_GET
def demo_message(request: HttpRequest, name: str) -> HttpResponse:
    if not NAME.fullmatch(name) or not (FOLDER / f"{name}.eml").exists():
        raise Http404
    return render(request, "demo/message.html", {"letter": read(name)})
