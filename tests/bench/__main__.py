"""`./portal bench`: the table of docs/performance.md, measured on this machine."""

import argparse
import os
import secrets
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bwob import devdb

if TYPE_CHECKING:
    from tests.bench.driving import Drive
    from tests.bench.measuring import Outcome

HEADER = (
    f"{'page':22}{'req/s':>7}{'p50 ms':>8}{'p99 ms':>8}{'app ms':>8}{'pg ms':>7}"
    f"{'app ×':>7}{'pg ×':>7}{'sql':>5}{'kB':>7}{'gzip':>6}"
)


def main() -> None:
    asked = arguments()
    os.environ |= {
        "BWOB_MODE": "demo",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "DATABASE_URL": devdb.start("pg18-bench"),
        "DJANGO_SETTINGS_MODULE": "bwob.settings",
    }
    import django

    django.setup()
    from tests.bench import filling

    filling.fill(asked.rows, asked.open)
    for text in table(asked):
        print(text, flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./portal bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="exchanges in the database")
    parser.add_argument("--open", type=int, default=100, metavar="PERCENT", help="of these so many are open")
    parser.add_argument("--seconds", type=float, default=10, help="for each page and round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--only", default="", help="pages of which the name holds this word")
    return parser.parse_args()


def table(asked: argparse.Namespace) -> Iterator[str]:
    from tests.bench import voting
    from tests.bench.measuring import measure
    from tests.bench.pages import pages
    from tests.bench.serving import serving

    with (
        serving("bench-floor", "tests.bench.floor", "/hello") as floor,
        serving("bench-portal", "bwob.wsgi", "/gezond/leeft/") as portal,
    ):
        yield f"{asked.rows} exchanges, {asked.open} % of them open; {asked.connections} connections"
        yield HEADER
        for page in [*pages(), *voting.pages()]:
            if asked.only in page.name:
                outcome = measure(
                    page,
                    portal,
                    floor,
                    seconds=asked.seconds,
                    rounds=asked.rounds,
                    connections=asked.connections,
                )
                yield line(outcome.page.name, outcome.here, outcome)
                yield line(f"  floor: {page.floor}", outcome.floor)
                yield from (f"  ✖ {miss}" for miss in outcome.misses())
        if asked.only in "ballots":
            yield from voting.lines(portal, floor, rounds=asked.rounds)
        yield f"memory per worker: portal {portal.memory():.0f} MB, floor {floor.memory():.0f} MB"
        yield f"up after {portal.started_in:.1f} s, floor {floor.started_in:.1f} s"


def line(name: str, here: "Drive", outcome: "Outcome | None" = None) -> str:
    ratios = (
        f"{outcome.app_ratio:7.2f}{outcome.database_ratio:7.2f}{outcome.queries:5}" if outcome else " " * 19
    )
    return (
        f"{name:22}{here.per_second:7.0f}{here.p50:8.1f}{here.p99:8.1f}{here.app_cpu:8.2f}"
        f"{here.database_cpu:7.2f}{ratios}{here.size / 1000:7.1f}{here.zipped / 1000:6.1f}"
    )


if __name__ == "__main__":
    sys.exit(main())
