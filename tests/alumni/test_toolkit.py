"""The Toolkit: twelve steps for everybody, and a board for HR of one organisation."""

import pytest
from django.urls import reverse

from alumni import toolkit
from alumni.models import StepProgress
from tests import make

pytestmark = pytest.mark.django_db


def test_there_are_twelve_steps_each_with_a_model_text(client):
    assert [step.number for step in toolkit.STEPS] == list(range(1, 13))
    assert sorted(toolkit.model_texts()) == list(range(1, 13))
    for number in range(1, 13):
        assert client.get(reverse("alumni:toolkit_step", args=[number])).status_code == 200


@pytest.mark.parametrize("number", [0, 13])
def test_there_is_no_other_step(client, number):
    assert client.get(reverse("alumni:toolkit_step", args=[number])).status_code == 404


def test_hr_keeps_how_far_the_own_organisation_is(client):
    hr = make.staff("hr", make.organisation(), "Hanna")
    client.force_login(hr)
    address = reverse("alumni:toolkit_step", args=[1])

    client.post(address, {"state": "doing", "owner": hr.pk, "evidence": "Minutes of 3 March"})
    client.post(address, {"state": "done", "owner": hr.pk, "evidence": "Decision of 10 March"})

    progress = StepProgress.objects.get()
    assert (progress.state, progress.owner, progress.evidence) == ("done", hr, "Decision of 10 March")
    assert "1 of 12 steps done" in client.get(reverse("alumni:toolkit")).content.decode()


def test_an_owner_is_hr_of_the_own_organisation(client):
    stranger = make.staff("hr", make.organisation("Gemeente Breda"), "Bram")
    client.force_login(make.staff("hr", make.organisation(), "Hanna"))

    response = client.post(reverse("alumni:toolkit_step", args=[1]), {"state": "doing", "owner": stranger.pk})

    assert response.status_code == 422


def test_the_board_of_another_organisation_stays_its_own(client):
    StepProgress.objects.create(organisation=make.organisation("Gemeente Breda"), number=1, state="done")
    client.force_login(make.staff("hr", make.organisation(), "Hanna"))

    assert "0 of 12 steps done" in client.get(reverse("alumni:toolkit")).content.decode()
