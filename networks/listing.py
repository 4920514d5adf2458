"""The page of the networks: list and map from one selection. Four statements, however many there are."""

from typing import Any

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bwob.organisations.models import Tier
from networks import drawing
from networks.atlas import atlas
from networks.filters import Selection
from networks.models import Network

PAGE = 20
NOTHING = Selection()


def context(selection: Selection, page: int) -> dict[str, Any]:
    kinds = kinds_of(selection)
    total = sum(kind["count"] for kind in kinds if kind["is_selected"] or not selection.kind)
    return {
        "selection": selection,
        "count_text": ngettext("%d network", "%d networks", total) % total,
        "kinds": kinds,
        "networks": selection.rows().with_names()[(page - 1) * PAGE : page * PAGE],
        "drawing": picture(selection, total),
        "choices": choices(selection),
        "chips": chips(selection),
        "clear_url": reverse("networks:networks"),
        "pager": pager(selection, page, total),
        "query": selection.query,
        "embed_url": settings.ORIGIN.rstrip("/") + reverse("networks:embedded_map") + f"?{selection.query}",
        "month_text": month_text(selection),
        "problems": [_("We left out “%s”: we do not know it.") % text for _name, text in selection.left_out],
    }


def map_alone(selection: Selection) -> dict[str, Any]:
    """The map without its list. Three statements."""
    total = selection.rows().count()
    return {
        "count_text": ngettext("%d network", "%d networks", total) % total,
        "drawing": picture(selection, total),
        "list_url": url(selection),
    }


def kinds_of(selection: Selection) -> list[dict[str, Any]]:
    """Every kind with how many there would be of it; the legend of the map as well."""
    rows = selection.rows(without=["kind"]).order_by().values_list("kind").annotate(count=Count("pk"))
    counts = dict(rows)
    return [
        {
            "value": kind.value,
            "label": kind.label,
            "count": counts.get(kind.value, 0),
            "is_selected": kind.value in selection.kind,
        }
        for kind in Network.Kind
    ]


def picture(selection: Selection, total: int) -> dict[str, Any]:
    """All that the drawing needs. Two statements."""
    seen = drawing.window(drawing.box_of(selection))
    counted = drawing.cells(selection, seen, total)
    stroke = max(1.0, 2 * seen.scale)
    return {
        "view_box": seen.view_box,
        "provinces": drawing.provinces(counted, selection),
        "marks": [drawing.shown(mark, selection, seen) for mark in drawing.marks(counted, seen)],
        "ties": drawing.ties(selection),
        "stroke": f"{stroke:.1f}",
        "letters": f"{drawing.MARK * seen.scale * 0.42:.1f}",
        "whole_url": url(selection.changed(province="", region="", box=None))
        if drawing.box_of(selection)
        else "",
    }


def url(selection: Selection) -> str:
    query = selection.query
    return reverse("networks:networks") + (f"?{query}" if query else "")


def choices(selection: Selection) -> list[dict[str, Any]]:
    """The filters of which one option can be chosen."""
    known = atlas()
    places = {
        "province": (_("Province"), known.provinces),
        "region": (_("Labour-market region"), known.regions),
    }
    found = [
        option_list(name, label, [(code, region.name) for code, region in regions.items()], selection)
        for name, (label, regions) in places.items()
    ]
    return [
        *found,
        option_list("theme", _("Theme"), Network.Theme.choices, selection),
        option_list("tier", _("With a partner of this kind"), Tier.choices, selection),
    ]


def option_list(name: str, label: str, options: Any, selection: Selection) -> dict[str, Any]:
    chosen = getattr(selection, name)
    return {
        "name": name,
        "label": label,
        "options": [
            {"value": value, "label": text, "is_selected": value == chosen} for value, text in options
        ],
    }


def chips(selection: Selection) -> list[dict[str, str]]:
    """What was chosen, each with the address that leaves it out."""
    known = atlas()
    labels = {
        "q": f"“{selection.q}”",
        "theme": dict(Network.Theme.choices).get(selection.theme, ""),
        "tier": dict(Tier.choices).get(selection.tier, ""),
        "province": str(known.provinces.get(selection.province, "")),
        "region": str(known.regions.get(selection.region, "")),
        "partners": _("Welcomes new partners"),
        "month": month_text(selection),
        "stale": _("Also not confirmed"),
        "box": _("This part of the map"),
    }
    kinds = [
        {
            "label": str(Network.Kind(kind).label),
            "remove_url": url(selection.changed(kind=tuple(one for one in selection.kind if one != kind))),
        }
        for kind in selection.kind
    ]
    return kinds + [
        {
            "label": str(label),
            "remove_url": url(selection.changed(**{name: getattr(NOTHING, name)})),
        }
        for name, label in labels.items()
        if getattr(selection, name)
    ]


def month_text(selection: Selection) -> str:
    return date_format(selection.days[0], "F Y") if selection.month else ""


def pager(selection: Selection, page: int, total: int) -> dict[str, Any]:
    """Pages back and on, with the place in the whole."""
    first, last = (page - 1) * PAGE + 1, min(page * PAGE, total)
    base = url(selection)
    sign = "&" if "?" in base else "?"
    return {
        "text": _("%(first)d to %(last)d of %(total)d") % {"first": first, "last": last, "total": total},
        "is_needed": total > PAGE,
        "previous_url": "" if page < 2 else (base if page == 2 else f"{base}{sign}page={page - 1}"),
        "next_url": f"{base}{sign}page={page + 1}" if page * PAGE < total else "",
    }
