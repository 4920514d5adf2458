"""Asks one server for the same pages again and again, and tells what that took."""

import dataclasses
import gzip
import http.client
import itertools
import statistics
import threading
import time
from collections.abc import Sequence

from tests.bench.serving import Server


@dataclasses.dataclass(frozen=True)
class Drive:
    """Of one run: times in milliseconds, processor time per request in milliseconds, sizes in bytes."""

    requests: int
    errors: int
    per_second: float
    p50: float
    p99: float
    app_cpu: float
    database_cpu: float
    size: int
    zipped: int


def drive(
    server: Server, addresses: Sequence[str], *, seconds: float, connections: int, cookie: str = ""
) -> Drive:
    """For so many seconds over so many connections. The first requests, which warm up, are not counted."""
    run(server, addresses, 0.5, connections, cookie)
    app, database, begun = server.cpu(), server.database_cpu(), time.monotonic()
    times, errors = run(server, addresses, seconds, connections, cookie)
    lasted = time.monotonic() - begun
    app, database = server.cpu() - app, server.database_cpu() - database
    body = fetch(http.client.HTTPConnection("127.0.0.1", server.port), addresses[0], cookie)
    return Drive(
        requests=len(times),
        errors=errors,
        per_second=len(times) / lasted,
        p50=statistics.median(times) * 1000,
        p99=statistics.quantiles(times, n=100)[98] * 1000,
        app_cpu=app / len(times) * 1000,
        database_cpu=database / len(times) * 1000,
        size=len(body),
        zipped=len(gzip.compress(body)),
    )


def run(
    server: Server, addresses: Sequence[str], seconds: float, connections: int, cookie: str
) -> tuple[list[float], int]:
    """The time of each request, in seconds, and how many failed."""
    times: list[float] = []
    failures: list[str] = []
    end = time.monotonic() + seconds

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        for address in itertools.islice(itertools.cycle(addresses), number, None):
            if time.monotonic() > end:
                return
            begun = time.monotonic()
            try:
                fetch(connection, address, cookie)
                times.append(time.monotonic() - begun)
            except (OSError, http.client.HTTPException) as problem:
                failures.append(str(problem))
                connection.close()

    threads = [threading.Thread(target=ask, args=[number]) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, len(failures)


def fetch(connection: http.client.HTTPConnection, address: str, cookie: str) -> bytes:
    connection.request("GET", address, headers={"Cookie": cookie} if cookie else {})
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise http.client.HTTPException(f"{address} answers {response.status}")
    return body
