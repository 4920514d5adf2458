"""One JSON line per request and per warning, with a request id and without personal data."""

import json
import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

request_id: ContextVar[str] = ContextVar("request_id", default="")
logger = logging.getLogger("bwob.request")
DETAIL = re.compile(r"^DETAIL: .*\n?", re.MULTILINE)
"""The line in which PostgreSQL quotes the row that broke a constraint."""


class JsonFormatter(logging.Formatter):
    """Time, level, logger, request id, message and traceback; line breaks are escaped, so no line can be
    forged.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "request": request_id.get(),
            "message": message_of(record),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["trace"] = DETAIL.sub("", self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def message_of(record: logging.LogRecord) -> str:
    """What the record says. Of a failed request only how it failed: Django adds the address, token and
    all.
    """
    if record.name == "django.request" and isinstance(record.args, tuple) and len(record.args) > 1:
        return str(record.args[0])
    return record.getMessage()


class RequestLogMiddleware:
    """Give each request an id, log what it asked by URL name (an address may hold a person's token) and how
    it went.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(uuid.uuid4().hex)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = request_id.get()
            log(request, response, time.perf_counter() - started)
            return response
        finally:
            request_id.reset(token)


def log(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    match = request.resolver_match
    facts = {
        "method": request.method,
        "page": match.view_name if match else "",
        "status": response.status_code,
        "ms": round(seconds * 1000),
    }
    logger.info("request", extra={"facts": facts})
