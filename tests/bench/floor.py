"""The floor: the least that a Django page can do. One indexed search, with and without counts per facet, one
insert for who is signed in, and a view without a database; sessions and accounts as middleware, a template of
20 rows, nothing else.

It runs on the portal's own database and tables, in a gunicorn of its own: `gunicorn tests.bench.floor`.
"""

import os
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from bwob import environment

settings.configure(
    SECRET_KEY=os.environ["SECRET_KEY"],
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [os.path.dirname(__file__)],
        }
    ],
    DATABASES={"default": environment.database() | {"CONN_MAX_AGE": None}},
    USE_TZ=True,
)
django.setup()

FIELDS = ("title", "slug", "summary", "kind", "hours_min", "hours_max", "closes_on", "body", "town")
FOUND = """
    search @@ bwob_query(%(q)s) AND state = 'published' AND listed
    AND coalesce(closes_on, '9999-12-31') >= current_date
"""
SEARCH = f"""
    SELECT title, slug, summary, kind, hours_min, hours_max, closes_on, body.name, town.name
    FROM mobility_exchange AS exchange
    JOIN organisations_organisation AS body ON body.id = organisation_id
    JOIN organisations_place AS town ON town.id = exchange.place_id
    WHERE {FOUND} ORDER BY published_at DESC, exchange.id DESC LIMIT 20
"""  # noqa: S608 - fixed words
FACETS = f"""
    SELECT grouping(kind, tier, region_id, field, hours_bands, duration_bands, scale_bands),
        coalesce(kind, tier, field, concat(region_id, hours_bands, duration_bands, scale_bands)), count(*)
    FROM mobility_exchange WHERE {FOUND}
    GROUP BY GROUPING SETS
        ((kind), (tier), (region_id), (field), (hours_bands), (duration_bands), (scale_bands))
"""  # noqa: S608 - fixed words


def ask(sql: str, words: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"q": words})
        return cursor.fetchall()


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


def search(request: HttpRequest) -> HttpResponse:
    rows = [dict(zip(FIELDS, row, strict=True)) for row in ask(SEARCH, request.GET.get("q", ""))]
    return render(request, "floor.html", {"rows": rows, "user": request.user, "facets": []})


def facets(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")
    rows = [dict(zip(FIELDS, row, strict=True)) for row in ask(SEARCH, words)]
    return render(request, "floor.html", {"rows": rows, "user": request.user, "facets": ask(FACETS, words)})


def insert(request: HttpRequest) -> HttpResponse:
    """As little as a ballot can be: somebody signed in posts a form, and a row is written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT email, is_active FROM people_user WHERE id = %s", [request.session.get("_auth_user_id")]
        )
        if cursor.fetchone() is None:
            return HttpResponse(status=403)
        cursor.execute("INSERT INTO bench_insert (content) VALUES (%s)", [str(request.POST.dict()).encode()])
    return HttpResponse(status=302, headers={"Location": "/hello"})


urlpatterns = [
    path("hello", hello),
    path("search", search),
    path("facets", facets),
    path("insert", insert),
]
application = get_wsgi_application()
