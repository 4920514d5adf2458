"""CSV for people who open it in a spreadsheet: semicolons, a byte order mark, and no cell that can act as a
formula.
"""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def neutral(value: object) -> str:
    """The value as text; an apostrophe goes before what a spreadsheet would carry out."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def as_csv(name: str, header: Sequence[object], rows: Iterable[Sequence[object]]) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow([neutral(title) for title in header])
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return response
