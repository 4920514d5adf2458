"""The demo's children: each comes back when it falls, and none is left when the demo ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bwob import devdb

PARENT = """
import sys
from bwob.demo import running
running.PATIENCE = 1
sys.exit(0 if running.keep_alive([lambda: exec(sys.argv[1])]) else 7)
"""
SAY_AND_WAIT = "import os, time; time.sleep(0.5); os.write(1, b'%d\\n' % os.getpid()); time.sleep(60)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SAY_AND_WAIT}"
WITH_A_CHILD = f"import os; os.fork(); {STUBBORN}"


@pytest.fixture
def parents() -> Iterator[list[subprocess.Popen]]:
    started: list[subprocess.Popen] = []
    yield started
    for parent in started:
        parent.terminate()
        parent.communicate()


def run(parents: list[subprocess.Popen], program: str) -> subprocess.Popen:
    words = [sys.executable, "-c", PARENT, program]
    parent = subprocess.Popen(words, cwd=devdb.ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603
    parents.append(parent)
    return parent


def child_of(parent: subprocess.Popen) -> int:
    return int(parent.stdout.readline())


def is_gone(pid: int) -> bool:
    until = time.monotonic() + 5
    while time.monotonic() < until:
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.02)
    return False


def test_a_child_that_was_killed_comes_back(parents):
    parent = run(parents, SAY_AND_WAIT)
    first = child_of(parent)

    os.kill(first, signal.SIGKILL)

    assert child_of(parent) != first


@pytest.mark.parametrize("request_to_stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_no_child_is_left_after_a_request_to_stop(parents, request_to_stop):
    parent = run(parents, SAY_AND_WAIT)
    child = child_of(parent)

    parent.send_signal(request_to_stop)

    assert (parent.wait(timeout=10), is_gone(child)) == (0, True)


def test_pressing_ctrl_c_twice_leaves_nothing_either(parents):
    parent = run(parents, WITH_A_CHILD)
    children = [child_of(parent), child_of(parent)]

    parent.send_signal(signal.SIGINT)
    time.sleep(0.1)
    parent.send_signal(signal.SIGINT)

    assert parent.wait(timeout=10) == 0
    assert [is_gone(child) for child in children] == [True, True]


def test_a_child_that_cannot_live_ends_the_demo(parents):
    parent = run(parents, "raise SystemExit(1)")

    assert parent.wait(timeout=10) == 7
