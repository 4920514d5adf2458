"""Mail as an outbox: a task enqueued inside the transaction renders and sends it in the reader's language.

A text template per message holds two partials, `subject` and `body`. A worker may run a task twice after a
crash; the Message-ID is made from what the mail is about, so that a mail reader shows it once.
"""

import contextlib
import email.policy
import hashlib
import logging
from collections.abc import Iterator
from contextvars import ContextVar
from email.header import Header
from email.message import EmailMessage as ParsedMessage
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

logger = logging.getLogger(__name__)
WHOLE = ("list-unsubscribe",)
refused: ContextVar[list[Exception] | None] = ContextVar("refused", default=None)


class WholeSubject(email.policy.EmailPolicy):
    """Folds a subject by the older rules of the standard library.

    The newer ones, up to Python 3.13.11, put two encoded words together without a blank (CPython gh-144156):
    mail readers then show the codes or a double blank, and some servers refuse the message (RFC 2047, 5).
    They also cut a long web address into encoded words, which no mail reader follows: that stays whole.
    """

    def fold(self, name: str, value: str) -> str:
        if name.lower() in WHOLE:
            return f"{name}: {value}{self.linesep}"
        if name.lower() != "subject" or value.isascii():
            return super().fold(name, value)
        text = Header(str(value), "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {text}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() != "subject" or value.isascii():
            if name.lower() in WHOLE:
                return self.fold(name, value).encode("ascii")
            return super().fold_binary(name, value)
        return self.fold(name, value).encode("ascii")


class Message(EmailMessage):
    def message(self, *, policy: email.policy.Policy | None = None) -> ParsedMessage:
        return super().message(policy=WholeSubject(linesep=(policy or email.policy.default).linesep))


@contextlib.contextmanager
def to_everybody() -> Iterator[None]:
    """One refused address keeps nobody else from their mail: all are tried, then the refusals are raised."""
    failures: list[Exception] = []
    token = refused.set(failures)
    try:
        yield
    finally:
        refused.reset(token)
    if failures:
        raise ExceptionGroup("Some mail could not be sent", failures)


def send(
    template: str, *, to: str, language: str, about: str, context: dict[str, Any], unsubscribe: str = ""
) -> None:
    """Send one message. `about` names the record and its moment, as in "application 12 2026-11-24T10:00".

    `unsubscribe` is the address that stops such mail when it is posted to, without signing in (RFC 8058).
    """
    subject, body = rendered(template, language=language, context=context)
    digest = hashlib.sha256(f"{template}|{to}|{about}".encode()).hexdigest()[:40]
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    headers = {"Message-ID": f"<{digest}@{domain}>", "Auto-Submitted": "auto-generated"}
    if unsubscribe:
        headers |= {
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    message = Message(subject=subject, body=body, to=[to], headers=headers)
    try:
        message.send()
    except (SMTPException, OSError) as failure:
        logger.warning("mail refused", extra={"facts": {"template": template, "why": type(failure).__name__}})
        failures = refused.get()
        if failures is None:
            raise
        failures.append(failure)


def rendered(template: str, *, language: str, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and body as the reader gets them."""
    with translation.override(language):
        subject = render_to_string(f"{template}#subject", context)
        body = render_to_string(f"{template}#body", context | {"origin": settings.ORIGIN})
    return " ".join(subject.split()), body.strip() + "\n"


def absolute(path: str) -> str:
    """The address of a page, for use in a mail: from the setting, never from a request's Host."""
    return settings.ORIGIN.rstrip("/") + path
