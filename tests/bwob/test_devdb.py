"""The embedded PostgreSQL: shared by processes, stopped by the last one, also when another was killed."""

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bwob import devdb

PROGRAM = """
import sys
from bwob import devdb
print(devdb.start(sys.argv[1], durable=False), flush=True)
sys.stdin.read()
"""


class Visitor:
    """A process of its own that uses the server until it is told to leave."""

    def __init__(self, name: str) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", PROGRAM, name],
            cwd=devdb.ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.address = self.process.stdout.readline().strip()

    def leave(self) -> None:
        self.process.communicate()

    def fall(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()


@pytest.fixture
def name() -> Iterator[str]:
    name = f"pg18-{uuid.uuid4().hex[:8]}"
    yield name
    subprocess.run(["rm", "-rf", *map(str, (devdb.ROOT / ".data").glob(f"{name}*"))], check=True)  # noqa: S603, S607


def answers(address: str) -> bool:
    try:
        with psycopg.connect(address) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def test_it_serves_several_processes_and_the_last_one_stops_it(name):
    first, second = Visitor(name), Visitor(name)
    assert first.address == second.address

    first.leave()
    assert answers(second.address)

    second.leave()
    assert not answers(second.address)


def test_a_killed_process_does_not_keep_it_running(name):
    first, second = Visitor(name), Visitor(name)

    first.fall()
    assert answers(second.address)

    second.leave()
    assert not answers(second.address)


def test_it_starts_again_after_everybody_was_killed(name):
    Visitor(name).fall()

    again = Visitor(name)

    assert answers(again.address)
    again.leave()


def test_a_forked_child_leaves_it_running(name):
    visitor = Visitor(name)
    child = subprocess.run(  # noqa: S603 - our own program
        [
            sys.executable,
            "-c",
            f"import os; from bwob import devdb; devdb.start({name!r}, durable=False); os.fork() or exit()",
        ],
        cwd=devdb.ROOT,
        check=False,
    )

    assert child.returncode == 0
    assert answers(visitor.address)
    visitor.leave()


def test_it_listens_on_no_port():
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_its_socket_folder_is_for_the_owner_only():
    folder = Path(psycopg.conninfo.conninfo_to_dict(os.environ["DATABASE_URL"])["host"])

    assert folder.stat().st_mode & 0o077 == 0


def test_it_sorts_by_code_point_and_knows_dutch():
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        words = connection.execute(
            "SELECT array_agg(word ORDER BY word) FROM unnest(ARRAY['b', 'B', 'a', 'é']) AS word"
        )
        stem = connection.execute("SELECT to_tsvector('dutch', 'gemeenten')::text")

        assert words.fetchone() == (["B", "a", "b", "é"],)
        assert stem.fetchone() == ("'gemeent':1",)
