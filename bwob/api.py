"""The open API at `/api/v1/`: public facts as JSON and CSV for other systems, without an account.

It follows the NL API Design Rules 2 (https://gitdocumentatie.logius.nl/publicatie/api/adr/): plural nouns,
keys in camelCase, no slash at the end, errors as `application/problem+json` (RFC 9457), the version in each
answer, and its description at `/api/v1/openapi.json`. A line adds a router of its own in `bwob.urls`.
"""

import functools
import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import Field, NinjaAPI, Router, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import ConfigDict
from pydantic.alias_generators import to_camel

from bwob import export

logger = logging.getLogger(__name__)
VERSION = "1.0.0"
ROOT = "/api/v1/"
METHODS = "GET, HEAD, OPTIONS"
HEADER = {"description": "The full version of this API", "schema": {"type": "string"}}
PAGE = 20
MOST = 100
MOST_IN_CSV = 1_000

api = NinjaAPI(
    title="BWOB",
    version=VERSION,
    description=(
        "Open data of the programme Beter Werken in het Openbaar Bestuur. No account and no key is needed. "
        "Lists are read page by page: follow `next` until it is null."
    ),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    servers=[{"url": settings.ORIGIN.rstrip("/") + ROOT.rstrip("/")}],
    openapi_extra={
        "info": {
            "contact": {
                "name": "Beter Werken in het Openbaar Bestuur",
                "email": settings.CONTACT,
                "url": settings.ORIGIN,
            },
            "license": {"name": "CC0 1.0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"},
        }
    },
)


class Resource(Schema):
    """What the API shows of a record; its keys are written in camelCase."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, from_attributes=True)


class Listing[Item](Resource):
    """One page of a list; `next` is the address of the following page, or null on the last."""

    items: list[Item]
    next: str | None


class Unknown(Exception):
    """A key or value in the address that means nothing here: (name, sentence) for each. Becomes a 400."""

    def __init__(self, errors: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.errors = list(errors)


class Gone(Exception):
    """A resource that was public and has been removed; says when. Becomes a 410."""


class Paged(Schema):
    """The keys that every list has."""

    after: str = Field("", max_length=160, description="Where the last page ended, as `next` tells")
    limit: int = Field(PAGE, ge=1, le=MOST_IN_CSV, description="Items on a page")
    format: Literal["json", "csv"] = "json"


class Problem(Schema):
    """An error that programs can read (RFC 9457); `errors` names what is wrong in the address."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] = Field([])


def answers(item: Any, *refusals: int) -> dict[Any, Any]:
    """For the description: what an address gives, and with which statuses it may refuse."""
    return {200: item, frozenset({*refusals, 400, 503}): Problem}


def router(tag: str) -> Router:
    return Router(tags=[tag], by_alias=True)


def only(request: HttpRequest, known: Sequence[str]) -> None:
    """Refuse keys that the address may not have, so that a typing error does not give all records."""
    unknown = sorted(set(request.GET) - set(known))
    if unknown:
        sentence = _("This key is not known here. Known are: %s.") % ", ".join(known)
        raise Unknown((name[:60], sentence) for name in unknown)


def absolute(path: str) -> str:
    return settings.ORIGIN.rstrip("/") + path


def page_of(record: Any) -> str:
    """The address of the record's page on the site; the same whatever language the asker reads."""
    with translation.override(settings.LANGUAGE_CODE):
        return absolute(record.get_absolute_url())


def address_with(request: HttpRequest, **changes: str) -> str:
    """The address of this request with other values for these keys."""
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = value
    return absolute(f"{request.path}?{query.urlencode()}")


def paged(
    request: HttpRequest, asked: Any, rows: Any, *, shown: type[Resource], place: Callable[[Any], str]
) -> Any:
    """One page of these rows, which begin after `asked.after`; `place` says where a record stands in it."""
    found = list(rows[: asked.limit + 1])
    page = found[: asked.limit]
    following = address_with(request, after=place(page[-1])) if len(found) > asked.limit else None
    return listed(request, asked, page, following, shown)


def listed(
    request: HttpRequest, asked: Any, records: Sequence[Any], following: str | None, shown: type[Resource]
) -> Any:
    """In the format that was asked for; a table is named as the address ends."""
    if asked.format == "csv":
        name = request.path.rpartition("/")[2]
        return as_csv(name, [shown.from_orm(record) for record in records], following)
    return {"items": records, "next": following}


def as_csv(name: str, items: Sequence[Resource], following: str | None) -> HttpResponse:
    """The items as a table: a column for each plain key, none for lists and records within."""
    rows = [flat(item.model_dump(by_alias=True, mode="json")) for item in items]
    header = list(rows[0]) if rows else []
    response = export.as_csv(name, header, ([row[key] for key in header] for row in rows))
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


def flat(record: dict[str, Any]) -> dict[str, Any]:
    """Records within become columns as `organisation.name`; lists become one cell."""
    cells: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            cells |= {f"{key}.{inner}": cell for inner, cell in flat(value).items()}
        else:
            cells[key] = ", ".join(map(str, value)) if isinstance(value, list) else value
    return cells


def problem(status: int, title: str, detail: str = "", **more: Any) -> HttpResponse:
    """An error that programs can read (RFC 9457)."""
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return JsonResponse(content, status=status, content_type="application/problem+json")


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, _("Not found"), _("There is nothing at this address."))


@api.exception_handler(Gone)
def gone(request: HttpRequest, error: Gone) -> HttpResponse:
    return problem(410, _("Gone"), str(error))


@api.exception_handler(Unknown)
def bad_keys(request: HttpRequest, error: Unknown) -> HttpResponse:
    return refusal([{"in": "query", "name": name, "detail": sentence} for name, sentence in error.errors])


@api.exception_handler(ValidationError)
def bad_values(request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = []
    for one in error.errors:
        names = [part for part in one["loc"] if isinstance(part, str)]  # the other parts number a list
        found.append({"in": names[0], "name": names[-1], "detail": one["msg"]})
    return refusal(found)


def refusal(errors: list[dict[str, str]]) -> HttpResponse:
    return problem(400, _("Bad request"), _("Something in the address is not understood."), errors=errors)


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def database_away(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.exception("The database does not answer")
    response = problem(503, _("Not available"), _("Try again in a few seconds."))
    response["Retry-After"] = "5"
    return response


@api.exception_handler(Exception)
def failed(request: HttpRequest, error: Exception) -> HttpResponse:
    if isinstance(error, DisallowedHost | RequestDataTooBig):
        raise error
    logger.exception("The API failed")
    return problem(500, _("Error"), _("Something went wrong on our side."))


def answer(
    view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponse:
    """In the language that the asker reads; addresses of the API have no language of their own."""
    with translation.override(translation.get_language_from_request(request)):
        try:
            response = view(request, *args, **kwargs)
        except Http404 as error:
            response = not_found(request, error)
        response["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
    patch_vary_headers(response, ["Accept-Language"])
    return response


def public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to everybody, from any website, and kept by caches for a minute; other methods are refused."""

    @login_not_required
    @csrf_exempt
    @functools.wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
        elif request.method != "GET":
            response = problem(405, _("Not allowed"), _("This API can only be read."))
        elif "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            response = refusal([])  # no text in the database has a NUL, and looking for one fails
        else:
            response = answer(view, request, *args, **kwargs)
        if request.method == "OPTIONS" or response.status_code == 405:
            response["Allow"] = METHODS
        response["API-Version"] = VERSION
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Allow-Methods"] = METHODS
        response["Access-Control-Expose-Headers"] = "API-Version, Link"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        if response.status_code in (200, 404, 410):
            response["Cache-Control"] = "public, max-age=60"
        return response

    return inner


@public
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address below `/api/`."""
    raise Http404


@public
def description(request: HttpRequest) -> HttpResponse:
    """The whole API in the words of OpenAPI 3.1."""
    return JsonResponse(described())


@functools.cache
def described() -> dict[str, Any]:
    """As django-ninja describes it, with what it cannot know: tags, headers, types of tables and errors."""
    schema: dict[str, Any] = api.get_openapi_schema(path_prefix="/")
    operations = [operation for methods in schema["paths"].values() for operation in methods.values()]
    tags = sorted({operation["tags"][0] for operation in operations})
    schema["tags"] = [{"name": tag} for tag in tags]
    for operation in operations:
        is_table = "format" in [parameter["name"] for parameter in operation["parameters"]]
        for status, response in operation["responses"].items():
            response["headers"] = {"API-Version": HEADER}
            if int(status) >= 400:
                response["content"] = {"application/problem+json": response["content"]["application/json"]}
            elif is_table:
                response["content"]["text/csv"] = {"schema": {"type": "string"}}
    return schema


def addresses() -> tuple[list[URLPattern], str, str]:
    """What `bwob.urls` includes, once all routers have been added."""
    patterns, _name, namespace = api.urls
    kept = [cast("URLPattern", pattern) for pattern in patterns]
    for pattern in kept:
        pattern.callback = public(pattern.callback)
    return [*kept, path("openapi.json", description, name="openapi")], "ninja", namespace
