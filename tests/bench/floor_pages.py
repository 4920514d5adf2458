"""The pages of the floor: one indexed search, with and without counts per facet, one insert for who is
signed in, and a view without a database; a template of 20 rows, nothing else.
"""

from typing import Any

from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

FOUND = """
    search @@ bwob_query(%(q)s) AND state = 'published' AND listed
    AND coalesce(closes_on, '9999-12-31') >= current_date
"""


class Body(models.Model):  # noqa: DJ008 - nobody reads its name; so with the others
    name = models.TextField()

    class Meta:
        app_label, managed, db_table = "floor", False, "organisations_organisation"


class Town(models.Model):  # noqa: DJ008
    name = models.TextField()

    class Meta:
        app_label, managed, db_table = "floor", False, "organisations_place"


class Exchange(models.Model):  # noqa: DJ008
    title = models.TextField()
    slug = models.TextField()
    summary = models.TextField()
    kind = models.TextField()
    hours_min = models.IntegerField()
    hours_max = models.IntegerField()
    closes_on = models.DateField()
    published_at = models.DateTimeField()
    organisation = models.ForeignKey(Body, models.DO_NOTHING)
    place = models.ForeignKey(Town, models.DO_NOTHING)

    class Meta:
        app_label, managed, db_table = "floor", False, "mobility_exchange"


class Inserted(models.Model):  # noqa: DJ008
    content = models.BinaryField()

    class Meta:
        app_label, managed, db_table = "floor", False, "bench_insert"


FACETS = f"""
    SELECT grouping(kind, tier, region_id, field, hours_bands, duration_bands, scale_bands),
        coalesce(kind, tier, field, concat(region_id, hours_bands, duration_bands, scale_bands)), count(*)
    FROM mobility_exchange WHERE {FOUND}
    GROUP BY GROUPING SETS
        ((kind), (tier), (region_id), (field), (hours_bands), (duration_bands), (scale_bands))
"""  # noqa: S608 - fixed words


def found(words: str) -> models.QuerySet[Exchange]:
    rows = Exchange.objects.select_related("organisation", "place").order_by("-published_at", "-pk")
    return rows.extra(where=[FOUND.replace("%(q)s", "%s")], params=[words])[:20]  # noqa: S610 - fixed words


def counts(words: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(FACETS, {"q": words})
        return cursor.fetchall()


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


def search(request: HttpRequest) -> HttpResponse:
    rows = found(request.GET.get("q", ""))
    return render(request, "floor.html", {"rows": rows, "user": request.user, "facets": []})


def facets(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")
    return render(
        request, "floor.html", {"rows": found(words), "user": request.user, "facets": counts(words)}
    )


def insert(request: HttpRequest) -> HttpResponse:
    """As little as a ballot can be: somebody signed in posts a form, and a row is written."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    Inserted.objects.create(content=str(request.POST.dict()).encode())
    return HttpResponse(status=302, headers={"Location": "/hello"})


urlpatterns = [
    path("hello", hello),
    path("search", search),
    path("facets", facets),
    path("insert", insert),
]
