"""A program of its own: an Excel file on standard input, the cells of its first sheet as JSON on output.

It limits its own memory (bytes) and processor time (seconds) before it reads anything, and knows no Django.
"""

import datetime
import io
import json
import resource
import sys
from itertools import islice


def text(value: object) -> str:
    """A cell as text: dates as 2026-11-24, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:1000]


def main(memory: int, seconds: int, most_rows: int) -> None:
    import openpyxl

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    book = openpyxl.load_workbook(io.BytesIO(sys.stdin.buffer.read()), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    rows = islice(sheet.iter_rows(max_col=61, values_only=True), most_rows)
    json.dump([[text(cell) for cell in row] for row in rows], sys.stdout)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:4]))
