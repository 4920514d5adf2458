"""Trials: none without a stop rule, and what came out is told, above all when it failed."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from bwob.workflow import Refused
from doetanks import advancing, phases, trying, waiting
from doetanks.models import Trial
from tests.doetanks import making

pytestmark = pytest.mark.django_db
LEARNT = {"outcome": "failed", "result": "Two of ten opened it.", "learned": "People read the back first."}


def planned(challenge, **facts):
    defaults = {
        "title": "One letter on one page",
        "hypothesis": "If it is one page, people read it.",
        "smallest_test": "Ten people on paper.",
        "stop_rule": "After three who throw it away.",
        "ends_on": timezone.localdate() + datetime.timedelta(days=7),
    }
    return Trial(challenge=challenge, **(defaults | facts))


def test_without_a_stop_rule_no_trial_begins(client):
    challenge = making.challenge("trying")
    client.force_login(challenge.coach)
    with pytest.raises(Refused, match="stop rule"):
        trying.begin(planned(challenge, stop_rule=" "))
    with pytest.raises(IntegrityError), transaction.atomic():
        planned(challenge, stop_rule="").save()

    page = client.post(reverse("doetanks:add_trial", args=[challenge.slug]), {"title": "One letter"})

    assert page.status_code == 422
    assert "Without a stop rule a trial does not begin." in page.content.decode()
    assert not Trial.objects.exists()


@pytest.mark.parametrize("state", ["explore", "deliver", "closed"])
def test_trials_belong_to_their_phases(state):
    with pytest.raises(Refused):
        trying.begin(planned(making.challenge(state)))


def test_a_failed_trial_is_public_with_what_was_learnt(client):
    challenge = making.challenge("trying")
    trial = planned(challenge)
    trying.begin(trial)
    page = reverse("doetanks:challenge", args=[challenge.slug])
    assert trial.title not in client.get(page).content.decode()

    trying.finish(trial, by=challenge.coach, **LEARNT)

    text = client.get(page).content.decode()
    assert [word for word in ("It does not work", *list(LEARNT.values())[1:]) if word not in text] == []


def test_trials_under_the_radar_stay_there():
    trial = planned(making.challenge("trying", is_hidden=True))
    trying.begin(trial)
    trying.finish(trial, by=trial.challenge.coach, **LEARNT)

    assert list(Trial.objects.visible_to(AnonymousUser())) == []
    assert list(Trial.objects.visible_to(trial.challenge.coach)) == [trial]
    assert list(Trial.objects.visible_to(making.coach("Ander"))) == []


def test_who_tells_no_result_reads_that_on_the_page_and_can_still_tell_it():
    trial = planned(making.challenge("trying"))
    trying.begin(trial)
    Trial.objects.filter(pk=trial.pk).update(due_at=timezone.now() - datetime.timedelta(days=1))

    waiting.lapse_overdue()

    trial.refresh_from_db()
    assert trial.state == "unreported"
    trying.finish(trial, by=trial.challenge.coach, **LEARNT)
    assert trial.state == "finished"


def test_nothing_is_delivered_while_a_trial_runs():
    challenge = making.challenge("trying")
    trying.begin(planned(challenge))
    challenge.move_to("deliver", by=None)
    advancing.tick(challenge, phases.keys("deliver"))

    with pytest.raises(Refused, match="still runs"):
        advancing.deliver(challenge, by=challenge.coach, yields="One letter.")
