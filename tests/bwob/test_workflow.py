"""Rule R1: one table of moves, one function, one winner; and the same table in the database."""

import threading

import pytest
from django.db import ProgrammingError, connection, transaction

from bwob.workflow import Refused
from mobility.models import Application, Exchange
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Exchange, Application])
def test_the_table_of_moves_knows_every_state(model):
    assert set(model.MOVES) == set(model.State.values)
    assert {target for targets in model.MOVES.values() for target in targets} <= set(model.State.values)


def test_a_move_outside_the_table_is_refused_and_changes_nothing():
    application = make.application("submitted")

    with pytest.raises(Refused):
        application.move_to("confirmed", by=None)

    application.refresh_from_db()
    assert application.state == "submitted"


def test_the_database_refuses_a_move_outside_the_table():
    application = make.application("submitted")

    with pytest.raises(ProgrammingError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(state="confirmed")


def test_a_move_that_somebody_else_made_first_is_refused():
    application = make.application("submitted")
    stale = Application.objects.get(pk=application.pk)

    application.move_to("conversation", by=None)

    with pytest.raises(Refused):
        stale.move_to("declined", by=None)


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_move_one_record_at_once_one_wins():
    application = make.application("submitted")
    outcomes = []
    start = threading.Barrier(2)

    def move(state: str) -> None:
        mine = Application.objects.get(pk=application.pk)
        start.wait()
        try:
            mine.move_to(state, by=None)
            outcomes.append(state)
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=move, args=[state]) for state in ("conversation", "declined")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    application.refresh_from_db()
    assert sorted(outcomes) == sorted([application.state, "refused"])
