"""The demo's children, web server and task worker: kept alive while it runs, and gone when it ends."""

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Sequence
from typing import Any

TOO_SOON = 5  # seconds; a child that gives up earlier than this will not do better a second time
PATIENCE = 10  # seconds that the children get to finish what they are doing
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Child:
    """Work in a process of its own: a fork, so that it has at once what we have loaded. It leads a session,
    so that Ctrl-C reaches it once, through us.
    """

    def __init__(self, work: Callable[[], Any]) -> None:
        self.work = work
        self.start()

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = multiprocessing.get_context("fork").Process(target=self._begin)
        self.process.start()

    def _begin(self) -> None:
        os.setsid()
        for one in STOPS:
            signal.signal(one, signal.SIG_DFL)
        self.work()

    def lives(self) -> bool:
        """Does it run? One that fell is started again, unless it gave up by itself and at once."""
        ended = self.process.exitcode
        if ended is None:
            return True
        if ended >= 0 and time.monotonic() - self.started < TOO_SOON:
            return False
        self.start()
        return True

    def stop(self, *, until: float) -> None:
        """Wait until it has finished; after that moment end it, with all that it started."""
        self.process.join(timeout=max(0, until - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)  # type: ignore[arg-type]  # it has been started
        self.process.join()


def keep_alive(works: Sequence[Callable[[], Any]]) -> bool:
    """A child for each, until a request to stop as Ctrl-C (True) or a child that cannot live (False); then
    end all. A request only leaves a note: it comes at any moment, and at none may a child be left behind.
    """
    requests: list[object] = []
    for one in STOPS:
        signal.signal(one, lambda *request: requests.append(request))
    children: list[Child] = []
    try:
        children.extend(Child(work) for work in works)
        while not requests and all(child.lives() for child in children):
            time.sleep(0.2)
        return bool(requests)
    finally:
        stop(children)


def stop(children: Sequence[Child]) -> None:
    until = time.monotonic() + PATIENCE
    for child in children:
        child.process.terminate()
    for child in children:
        child.stop(until=until)
