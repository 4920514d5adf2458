"""A gunicorn as in production (2 workers of 4 threads), and what it and its database sessions use."""

import contextlib
import dataclasses
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 60  # seconds


@dataclasses.dataclass
class Server:
    """`started_in` is the time in seconds from the start of the process to its first answer."""

    name: str
    port: int
    process: subprocess.Popen[bytes]
    started_in: float = 0.0

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(child) for child in children.split()]

    def cpu(self) -> float:
        """Seconds of processor time that the workers have used."""
        return sum(cpu_of(pid) for pid in self.workers())

    def database_cpu(self) -> float:
        """Seconds of processor time that its sessions in PostgreSQL used; they stay open during a run."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pid FROM pg_stat_activity WHERE application_name = %s", [self.name])
            return sum(cpu_of(pid) for (pid,) in cursor.fetchall())

    def memory(self) -> float:
        """Megabytes of a worker, what workers share counted in parts (PSS)."""
        sizes = [
            int(line.split()[1]) / 1024
            for pid in self.workers()
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            if line.startswith("Pss:")
        ]
        return sum(sizes) / len(sizes)


def cpu_of(pid: int) -> float:
    """User and system time of a process, in seconds; the name in the line may hold blanks."""
    numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / TICKS


@contextlib.contextmanager
def serving(name: str, application: str, alive: str) -> Iterator[Server]:
    """The server on a free port of this machine, stopped afterwards. `alive` is a page without database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        *(sys.executable, "-m", "gunicorn", application, f"--bind=127.0.0.1:{port}"),
        *("--workers=2", "--worker-class=gthread", "--threads=4", "--log-level=warning"),
    ]
    begun = time.monotonic()
    environment = os.environ | {"PGAPPNAME": name}
    with (
        (ROOT / ".data" / f"{name}.log").open("wb") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as process,  # noqa: S603
    ):
        try:
            server = Server(name, port, process)
            wait_for(server, alive)
            server.started_in = time.monotonic() - begun
            yield server
        finally:
            process.terminate()
            process.wait(timeout=20)


def wait_for(server: Server, alive: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.process.poll() is None:
        with contextlib.suppress(OSError):
            asking = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
            asking.request("GET", alive)
            if asking.getresponse().status == 200:
                return
        time.sleep(0.02)
    raise RuntimeError(f"{server.name} did not start")
