"""Background work of alumni networks: telling people."""

from collections.abc import Iterable

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from alumni import emails
from alumni.links import present
from alumni.models import Alumnus
from bwob import mail

PATIENCE = RetryStrategy(max_attempts=60, linear_wait=60)


@app.task(retry=PATIENCE)
def tell_alumnus(message: str, alumnus_id: int) -> None:
    """Send one of the messages of `emails.py`; nothing when the record ended meanwhile."""
    alumnus = present().filter(pk=alumnus_id).first()
    if alumnus:
        with mail.to_everybody():
            emails.MESSAGES[message](alumnus)


def begin_storing(file_id: int) -> None:
    """Have a worker store an import that HR confirmed."""
    app.configure_task("alumni.clock.store_file").defer(file_id=file_id)


def announce_all(messages: Iterable[tuple[str, Alumnus]]) -> None:
    """As `announce`, in one statement for many."""
    jobs = [{"message": message, "alumnus_id": alumnus.pk} for message, alumnus in messages]
    tell_alumnus.batch_defer(*jobs)


def announce(message: str, alumnus: Alumnus) -> None:
    """Have a worker send one of the messages of `emails.py`, once the transaction at hand is done."""
    tell_alumnus.defer(message=message, alumnus_id=alumnus.pk)
