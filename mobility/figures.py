"""Figures of one organisation in one year: who came and went, per kind and tier, and how soon it answers."""

import dataclasses
from collections import Counter
from typing import Any

from django.db.models import Max, Min, Sum
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bwob.numbers import FEW
from bwob.organisations.models import Organisation, Tier
from mobility.models import Exchange, MonthFigure
from mobility.veiling import Cell, veil

Measure = MonthFigure.Measure
LANE = 84
THICKEST, THINNEST = 34, 6
WIDTH = 560


@dataclasses.dataclass(frozen=True)
class Row:
    """A line of a table: what it is about, and a cell for each column."""

    title: str | Promise
    cells: list[Cell]


@dataclasses.dataclass(frozen=True)
class Lane:
    """One flow in the picture: a line between a tier and the organisation, the thicker the more people."""

    label: str
    number: int
    y: int
    label_y: int
    path: str
    thickness: int


@dataclasses.dataclass(frozen=True)
class Picture:
    came: list[Lane]
    went: list[Lane]
    height: int
    middle: int


@dataclasses.dataclass(frozen=True)
class Figures:
    flows: list[Row]
    kinds: list[Row]
    picture: Picture | None
    answers: list[str]


def years(user: Any, organisation: Organisation) -> list[int]:
    """The years of which something is known, the newest first; always this one."""
    known = MonthFigure.objects.visible_to(user).filter(organisation=organisation)
    ends = known.aggregate(first=Min("month__year"), last=Max("month__year"))
    this = timezone.localdate().year
    return list(range(max(ends["last"] or this, this), (ends["first"] or this) - 1, -1))


def of(user: Any, organisation: Organisation, year: int) -> Figures:
    """Both divisions of a direction are veiled together: neither tells what the other hides. One query."""
    known = MonthFigure.objects.visible_to(user).filter(organisation=organisation, month__year=year)
    rows = list(
        known.order_by()
        .values_list("measure", "kind", "tier")
        .annotate(number=Sum("number"), days=Sum("days"))
    )
    came_tier, came_kind = veil([_by_tier(rows, Measure.CAME), _by_kind(rows, Measure.CAME)])
    went_tier, went_kind = veil([_by_tier(rows, Measure.WENT), _by_kind(rows, Measure.WENT)])
    [applied] = veil([_by_kind(rows, Measure.APPLIED)])
    return Figures(
        flows=[Row(tier.label, [came_tier[tier.value], went_tier[tier.value]]) for tier in Tier],
        kinds=[
            Row(kind.label, [applied[kind.value], came_kind[kind.value], went_kind[kind.value]])
            for kind in Exchange.Kind
        ],
        picture=picture(came_tier, went_tier),
        answers=answers(rows),
    )


def _by_tier(rows: list[Any], measure: str) -> dict[Any, int]:
    counts: Counter = Counter()
    for what, _kind, tier, number, _days in rows:
        counts[tier] += number if what == measure else 0
    return {tier.value: max(counts[tier.value], 0) for tier in Tier}


def _by_kind(rows: list[Any], measure: str) -> dict[Any, int]:
    counts: Counter = Counter()
    for what, kind, _tier, number, _days in rows:
        counts[kind] += number if what == measure else 0
    return {kind.value: max(counts[kind.value], 0) for kind in Exchange.Kind}


def answers(rows: list[Any]) -> list[str]:
    """How soon applications were answered, in sentences; nothing exact below five."""
    answered = sum(row[3] for row in rows if row[0] == Measure.ANSWERED)
    days = sum(row[4] for row in rows if row[0] == Measure.ANSWERED)
    silent = sum(row[3] for row in rows if row[0] == Measure.UNANSWERED)
    told = []
    if answered >= FEW:
        mean = round(days / answered)
        told.append(
            ngettext(
                "%d day until the first answer, on average.",
                "%d days until the first answer, on average.",
                mean,
            )
            % mean
        )
    else:
        told.append(_("Fewer than five applications were answered, so we show no days."))
    if silent >= FEW:
        told.append(_("%d applications lapsed without an answer.") % silent)
    else:
        told.append(_("Fewer than five applications lapsed without an answer."))
    return told


def picture(came: dict[Any, Cell], went: dict[Any, Cell]) -> Picture | None:
    """The flows that may be shown, drawn; None when there are none. The table beside it says the same."""
    sides = [
        [(str(Tier(tier).label), cell.number) for tier, cell in cells.items() if cell.number]
        for cells in (came, went)
    ]
    most = max((number for side in sides for _label, number in side), default=0)
    if not most:
        return None
    height = LANE * max(len(side) for side in sides) + 24
    drawn = [
        lanes(side, most, height, is_left=is_left) for side, is_left in zip(sides, (True, False), strict=True)
    ]
    return Picture(drawn[0], drawn[1], height, height // 2)


def lanes(side: list[tuple[str, int]], most: int, height: int, *, is_left: bool) -> list[Lane]:
    """From the edge to the middle, or from there to the other edge; lines of one side stand evenly apart."""
    found = []
    top = (height - LANE * len(side)) // 2
    edge, bend, middle = (0, 150, 232) if is_left else (WIDTH, WIDTH - 150, WIDTH - 232)
    for place, (label, number) in enumerate(side):
        y, centre = top + LANE * place + 58, height // 2
        path = f"M{edge} {y}C{bend} {y} {bend} {centre} {middle} {centre}"
        thickness = max(THINNEST, round(THICKEST * number / most))
        found.append(Lane(label, number, y, y - thickness // 2 - 6, path, thickness))
    return found
