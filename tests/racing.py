"""Several acts at the same moment, each in a thread with a database connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections
from django.utils import translation


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Start all acts together (needs `django_db(transaction=True)`): what each returned or raised."""
    start = threading.Barrier(len(acts), timeout=30)
    outcomes: list[Any] = [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            with translation.override("en"):
                start.wait()
                outcomes[number] = act()
        except Exception as problem:
            outcomes[number] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def while_waiting(act: Callable[[], Any]) -> Callable[[], Any]:
    """Start an act that waits for a lock held here, and let it get there; call what is returned to join."""
    outcomes: list[Any] = []
    thread = threading.Thread(target=lambda: outcomes.extend(at_once(act)))
    thread.start()
    thread.join(timeout=0.4)

    def outcome() -> Any:
        thread.join(timeout=60)
        return outcomes[0]

    return outcome
