"""White spots: municipalities in which no network works, as a table and as a map."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import ngettext

from bwob.organisations.models import Place
from networks import drawing, listing
from networks.atlas import x_of, y_of
from networks.filters import Selection
from networks.models import Network


def uncovered(selection: Selection) -> list[Place]:
    """The municipalities in the working area of none of the networks selected by kind, theme and time."""
    works = Network.area.through.objects.filter(
        place=OuterRef("pk"), network__in=selection.rows(without=["province", "region", "box"])
    )
    places = Place.objects.visible_to(None).filter(~Exists(works)).select_related("province", "region")
    if selection.province:
        places = places.filter(province__code=selection.province)
    if selection.region:
        places = places.filter(region__code=selection.region)
    return list(places.order_by("province__name", "name"))


def context(selection: Selection) -> dict[str, Any]:
    """Two statements: the kinds with their counts, and the municipalities."""
    found = uncovered(selection)
    groups: dict[str, list[Place]] = {}
    for place in found:
        groups.setdefault(place.province.name, []).append(place)
    count = len(found)
    return {
        "selection": selection,
        "count_text": ngettext(
            "%d municipality without a network", "%d municipalities without a network", count
        )
        % count,
        "groups": [{"name": name, "places": places} for name, places in groups.items()],
        "kinds": listing.kinds_of(selection),
        "choices": listing.choices(selection)[:3],
        "month_text": listing.month_text(selection),
        "drawing": picture(selection, found),
    }


def picture(selection: Selection, found: list[Place]) -> dict[str, Any]:
    seen = drawing.window(drawing.box_of(selection))
    radius = f"{6 * seen.scale:.1f}"
    return {
        "view_box": seen.view_box,
        "provinces": drawing.outlines(),
        "dots": [
            {"x": f"{x_of(place.longitude):.1f}", "y": f"{y_of(place.latitude):.1f}", "radius": radius}
            for place in found
        ],
        "stroke": f"{max(1.0, 2 * seen.scale):.1f}",
    }
