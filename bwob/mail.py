"""Mail as an outbox: a task enqueued inside the transaction renders and sends it in the reader's language.

A text template per message holds two partials, `subject` and `body`. The worker may run a task twice after a crash;
the Message-ID is made from what the mail is about, so that a mail reader shows it once.
"""

import hashlib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation


def send(template: str, *, to: str, language: str, about: str, context: dict[str, Any]) -> None:
    """Send one message. `about` names the record and its moment, as in "application 12 offered 2026-11-24T10:00"."""
    with translation.override(language):
        subject = render_to_string(f"{template}#subject", context)
        body = render_to_string(f"{template}#body", context | {"origin": settings.ORIGIN})
    digest = hashlib.sha256(f"{template}|{to}|{about}".encode()).hexdigest()[:40]
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    EmailMessage(
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        to=[to],
        headers={"Message-ID": f"<{digest}@{domain}>", "Auto-Submitted": "auto-generated"},
    ).send()


def absolute(path: str) -> str:
    """The address of a page, for use in a mail: from the setting, never from a request's Host."""
    return settings.ORIGIN.rstrip("/") + path
