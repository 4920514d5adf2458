"""Reads networks from a file, GeoJSON (RFC 7946) or CSV, without database. Limits come before parsing."""

import csv
import dataclasses
import io
import json
import re
from typing import Any, NoReturn

from django.utils.translation import gettext as _

MAX_BYTES = 5_000_000
MAX_ROWS = 200
DEEPEST = 12
"""Levels of brackets. A file of networks needs six; the parser would build whatever there is."""
WGS84 = ("crs84", "4326")
BRACKETS = re.compile(r'"(?:[^"\\]|\\[\s\S])*+"?|[\[\]{}]')  # a text that never ends is read once, to the end
ALSO = {"id": "slug", "municipality": "municipality_code", "region": "labour_market_region"}


class Unreadable(Exception):
    """The file as a whole cannot be used; the sentence says why."""


@dataclasses.dataclass(frozen=True)
class Row:
    """One network as the file has it: the cells by the names of our own export, and what is wrong already."""

    number: int
    cells: dict[str, Any]
    problem: str = ""


def read(content: bytes) -> list[Row]:
    if len(content) > MAX_BYTES:
        raise Unreadable(_("This file is larger than 5 MB."))
    text = decoded(content)
    rows = from_geojson(text) if text.lstrip()[:1] in ("{", "[") else from_csv(text)
    if not rows:
        raise Unreadable(_("There is no network in this file."))
    if len(rows) > MAX_ROWS:
        raise Unreadable(_("This file has more than %d networks. Divide it into smaller files.") % MAX_ROWS)
    return rows


def decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise Unreadable(_("This is no text file. Save it as CSV or GeoJSON."))
    return text


def from_geojson(text: str) -> list[Row]:
    measure(text)
    try:
        whole = json.loads(text, parse_constant=refuse_constant)
    except ValueError as error:
        raise Unreadable(_("This is no valid GeoJSON: %s") % str(error)[:120]) from error
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list) or whole.get("type") != "FeatureCollection":
        raise Unreadable(_("GeoJSON of networks is a FeatureCollection."))
    crs = json.dumps(whole["crs"]).lower() if whole.get("crs") else WGS84[0]
    if not any(name in crs for name in WGS84):
        named = re.search(r'"name": "([^"]*:[^"]*)"', crs)
        raise Unreadable(
            _("This file is not in WGS84 (degrees), but in: %s") % (named[1] if named else crs)[:80]
        )
    return [of_feature(number, feature) for number, feature in enumerate(features, 1)]


def measure(text: str) -> None:
    """Refuse nesting before the parser meets it: it would build every level."""
    depth = 0
    for found in BRACKETS.finditer(text):
        sign = found[0]
        depth += (sign in "[{") - (sign in "]}") if len(sign) == 1 else 0
        if depth > DEEPEST:
            raise Unreadable(_("This file is nested too deeply to be a list of networks."))


def refuse_constant(word: str) -> NoReturn:
    raise ValueError(word)


def of_feature(number: int, feature: Any) -> Row:
    feature = feature if isinstance(feature, dict) else {}
    geometry, properties = feature.get("geometry"), feature.get("properties")
    cells = dict(properties) if isinstance(properties, dict) else {}
    cells |= {"slug": feature["id"]} if isinstance(feature.get("id"), str) else {}
    if geometry is None:
        return Row(number, named(cells))
    shape = geometry if isinstance(geometry, dict) else {}
    spot: Any = shape.get("coordinates")
    if not is_spot(spot) or shape.get("type") != "Point":
        return Row(number, named(cells), _("A network has one spot: a Point with longitude and latitude."))
    return Row(number, named(cells | {"longitude": spot[0], "latitude": spot[1]}))


def is_spot(value: Any) -> bool:
    """Longitude, latitude, and perhaps a height."""
    is_short = isinstance(value, list) and len(value) in (2, 3)
    return is_short and all(type(one) in (int, float) for one in value)


def from_csv(text: str) -> list[Row]:
    """With semicolons, commas or tabs, by the column names of our own export."""
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Unreadable(_("This table cannot be read. Is a quotation mark missing?")) from error
    header = [title.strip().lower() for title in table[0]] if table else []
    if not {"name", "kind"} <= set(header):
        raise Unreadable(_("The first row must name the columns, “name” and “kind” among them."))
    rows = [(number, cells) for number, cells in enumerate(table[1:], 2) if any(map(str.strip, cells))]
    return [Row(number, named(dict(zip(header, map(plain, cells), strict=False)))) for number, cells in rows]


def plain(cell: str) -> str:
    """Without the apostrophe that our export sets before what a spreadsheet would carry out."""
    return cell[1:] if re.match(r"'[=+\-@]", cell) else cell


def named(cells: dict[str, Any]) -> dict[str, Any]:
    """By the names of our export; a code counts more than the name beside it."""
    told = {name: storable(value) for name, value in cells.items() if value not in ("", None)}
    return {ALSO[name]: value for name, value in told.items() if name in ALSO} | {
        name: value for name, value in told.items() if name not in ALSO
    }


def storable(value: Any) -> Any:
    """Without what no database text can hold: NUL, and half of a pair of surrogates."""
    if isinstance(value, list):
        return [storable(part) for part in value[:500]]
    return value.encode(errors="ignore").decode().replace("\0", "") if isinstance(value, str) else value
