"""The map as it is drawn: marks that never overlap, ties, provinces, and the window one looks through.

However many networks there are, the database counts them per cell of a grid, so a map of a thousand costs
about what a map of sixty costs.
"""

import dataclasses
import math
from collections.abc import Iterable
from typing import Any

from django.db.models import Avg, Count, F, Max, Min, Value
from django.db.models.functions import Floor
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.atlas import HEIGHT, WIDTH, Box, atlas, x_of, y_of
from networks.filters import Selection
from networks.models import Network, Partnership

MARK = 42  # units across, of which a phone makes the 24 pixels that a finger needs
CROWDED = 150  # from so many networks on, the cells are larger
TIES_DRAWN = 60
NO_SELECTION = Selection()
DEGREE_X, DEGREE_Y = 159.2, 256.0  # units in a degree of longitude and, in the middle, of latitude


@dataclasses.dataclass
class Mark:
    """One network, or several that stand too near each other to be told apart."""

    x: float
    y: float
    count: int
    box: Box
    name: str
    slug: str
    kind: str

    def take_in(self, other: "Mark") -> None:
        """Become one mark with another, in the middle of all."""
        both = self.count + other.count
        self.x = (self.x * self.count + other.x * other.count) / both
        self.y = (self.y * self.count + other.y * other.count) / both
        self.count = both
        mine, its = self.box, other.box
        self.box = Box(
            min(mine.west, its.west),
            min(mine.south, its.south),
            max(mine.east, its.east),
            max(mine.north, its.north),
        )


@dataclasses.dataclass(frozen=True)
class Window:
    """The part of the drawing that is shown, and how much larger than the whole country."""

    x: float
    y: float
    width: float
    height: float

    @property
    def scale(self) -> float:
        return self.width / WIDTH

    @property
    def view_box(self) -> str:
        return f"{self.x:.0f} {self.y:.0f} {self.width:.0f} {self.height:.0f}"


def window(box: Box | None) -> Window:
    """Around this part of the country, in the proportions of the whole."""
    if box is None:
        return Window(0, 0, WIDTH, HEIGHT)
    inside = box.around(0.15)
    left, right = x_of(inside.west), x_of(inside.east)
    top, bottom = y_of(inside.north), y_of(inside.south)
    width = min(WIDTH, max(right - left, (bottom - top) * WIDTH / HEIGHT, 70))
    height = width * HEIGHT / WIDTH
    return Window((left + right - width) / 2, (top + bottom - height) / 2, width, height)


def box_of(selection: Selection) -> Box | None:
    """The part of the country that a selection is about, None for all of it."""
    return selection.box or (atlas().boxes.get(selection.here.pk) if selection.here else None)


def cells(selection: Selection, seen: Window, total: int) -> list[dict[str, Any]]:
    """The selected networks, counted per cell of a grid and province. One statement."""
    size = seen.width / (8.5 if total > CROWDED else 14)
    across, up = Value(size / DEGREE_X), Value(size / DEGREE_Y)
    grouped: Any = (
        selection.rows()
        .order_by()
        .annotate(column=Floor(F("longitude") / across), row=Floor(F("latitude") / up))
        .values("column", "row", "place__province__code")
        .annotate(
            count=Count("pk"),
            longitude_mean=Avg("longitude"),
            latitude_mean=Avg("latitude"),
            west=Min("longitude"),
            south=Min("latitude"),
            east=Max("longitude"),
            north=Max("latitude"),
            label=Min("name"),
            address=Min("slug"),
            sort=Min("kind"),
        )
        .order_by("-count", "column", "row", "address")
    )
    return list(grouped)


def marks(counted: list[dict[str, Any]], seen: Window) -> list[Mark]:
    """The cells as marks on the drawing; those that would touch become one, the largest taking in the
    others.
    """
    apart = MARK * seen.scale
    placed: list[Mark] = []
    for cell in counted:
        mark = as_mark(cell)
        near = next((one for one in placed if math.hypot(one.x - mark.x, one.y - mark.y) < apart), None)
        if near:
            near.take_in(mark)
        else:
            placed.append(mark)
    return settled(placed, apart)


def settled(placed: list[Mark], apart: float) -> list[Mark]:
    """Taking in moves a mark, perhaps onto another: go on until none touch."""
    while True:
        for number, mark in enumerate(placed):
            others = placed[number + 1 :]
            near = next((one for one in others if math.hypot(one.x - mark.x, one.y - mark.y) < apart), None)
            if near:
                mark.take_in(near)
                placed = [one for one in placed if one is not near]
                break
        else:
            return placed


def as_mark(cell: dict[str, Any]) -> Mark:
    return Mark(
        x_of(cell["longitude_mean"]),
        y_of(cell["latitude_mean"]),
        cell["count"],
        Box(cell["west"], cell["south"], cell["east"], cell["north"]),
        cell["label"],
        cell["address"],
        cell["sort"],
    )


def shown(mark: Mark, selection: Selection, seen: Window) -> dict[str, Any]:
    """A mark as the template draws it: numbers as text, so that no language writes them with a comma."""
    size = MARK * seen.scale
    where = {"x": f"{mark.x - size / 2:.1f}", "y": f"{mark.y - size / 2:.1f}", "size": f"{size:.1f}"}
    if mark.count == 1:
        label = f"{mark.name} ({Network.Kind(mark.kind).label})"
        return where | {
            "url": reverse("networks:network", args=[mark.slug]),
            "label": label,
            "kind": mark.kind,
        }
    label = ngettext("%d network", "%d networks", mark.count) % mark.count
    closer = selection.changed(box=rounded(mark.box))
    return where | {
        "url": f"{reverse('networks:networks')}?{closer.query}#count",
        "label": _("%s here: look closer") % label,
        "count": mark.count,
        "centre_x": f"{mark.x:.1f}",
        "centre_y": f"{mark.y:.1f}",
        "radius": f"{size * (0.36 + min(mark.count, 40) / 400):.1f}",
    }


def rounded(box: Box) -> Box:
    """Outwards to what an address writes, so that no network at the edge falls out."""
    down, up = (lambda side: math.floor(side * 1e4) / 1e4), (lambda side: math.ceil(side * 1e4) / 1e4)
    return Box(down(box.west), down(box.south), up(box.east), up(box.north))


def provinces(counted: list[dict[str, Any]], selection: Selection) -> list[dict[str, Any]]:
    """Every province as a link that looks only there; with its number, unless only a part was counted."""
    counts: dict[str, int] = {}
    for cell in counted:
        code = cell["place__province__code"]
        counts[code] = counts.get(code, 0) + cell["count"]
    is_part = bool(selection.here or selection.box)
    most = 0 if is_part else max(counts.values(), default=0)
    return [
        {
            "code": code,
            "label": province.name if is_part else province_text(province.name, counts.get(code, 0)),
            "shade": math.ceil(counts.get(code, 0) / most * 4) if most else int(is_part),
            "url": f"{reverse('networks:networks')}?"
            + selection.changed(province=code, region="", box=None).query,
            "is_chosen": selection.province == code,
        }
        for code, province in atlas().provinces.items()
    ]


def province_text(name: str, count: int) -> str:
    facts = {"name": name, "count": count}
    return ngettext("%(name)s: %(count)d network", "%(name)s: %(count)d networks", count) % facts


def outlines() -> list[dict[str, str]]:
    """Every province as a mere shape, for a map that leads nowhere."""
    return [{"code": code} for code in atlas().provinces]


def ties(selection: Selection) -> dict[str, str]:
    """Ties between two selected networks: all that both confirmed as one path, which is drawn solid, and
    all that one did as another, which is dashed.
    """
    found = Partnership.objects.during(*selection.days).filter(
        network__in=selection.rows(), other__in=selection.rows()
    )
    ends = found.order_by("pk").values_list(
        "network__longitude",
        "network__latitude",
        "other__longitude",
        "other__latitude",
        "confirmed_by_network_at",
        "confirmed_by_partner_at",
    )
    return paths(ends[:TIES_DRAWN])


def paths(ends: Iterable[tuple[float, float, float, float, Any, Any]]) -> dict[str, str]:
    """From longitude and latitude to those of the other side; when we confirmed it, and when they did."""
    found = {"solid": "", "dashed": ""}
    for west, south, east, north, ours, theirs in ends:
        line = f"M{x_of(west):.1f} {y_of(south):.1f}L{x_of(east):.1f} {y_of(north):.1f}"
        found["solid" if ours and theirs else "dashed"] += line
    return found
