"""The demo's children, web server and task worker: kept alive while it runs, and gone when it ends."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

TOO_SOON = 5  # seconds; a child that gives up earlier than this will not do better a second time
PATIENCE = 10  # seconds that the children get to finish what they are doing
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Child:
    """A program in a session of its own, so that Ctrl-C reaches it once, through us."""

    def __init__(self, command: Sequence[str], *, folder: Path, environment: Mapping[str, str]) -> None:
        self.command, self.folder, self.environment = command, folder, environment
        self.start()

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own programs
            self.command, cwd=self.folder, env=self.environment, start_new_session=True
        )

    def lives(self) -> bool:
        """Does it run? One that fell is started again, unless it gave up by itself and at once."""
        ended = self.process.poll()
        if ended is None:
            return True
        if ended >= 0 and time.monotonic() - self.started < TOO_SOON:
            return False
        self.start()
        return True

    def stop(self, *, until: float) -> None:
        """Wait until it has finished; after that moment end it, with all that it started."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=max(0, until - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def keep_alive(children: Sequence[Child]) -> bool:
    """Until a request to stop as Ctrl-C (True), or a child that cannot live (False); then end all."""
    for one in STOPS:
        signal.signal(one, _leave)
    try:
        while all(child.lives() for child in children):
            time.sleep(0.2)
        return False
    except SystemExit:
        return True
    finally:
        for one in STOPS:
            signal.signal(one, signal.SIG_IGN)  # a second Ctrl-C would leave children behind
        stop(children)


def _leave(*_signal: object) -> None:
    raise SystemExit(0)


def stop(children: Sequence[Child]) -> None:
    until = time.monotonic() + PATIENCE
    for child in children:
        child.process.terminate()
    for child in children:
        child.stop(until=until)
