"""The demo's content: what somebody who tries PITCH can count on."""

import pytest

from bwob.demo.accounts import PITCH_KEYS
from bwob.people.models import User
from mobility.sample import loading as exchanges
from pitch import closing, holding, telling
from pitch.models import Edition, Part, Result
from pitch.sample import loading

pytestmark = pytest.mark.django_db


def test_the_old_edition_recounts_the_running_one_waits_for_its_jury_and_the_next_takes_plans(tmp_path):
    exchanges.load()
    loading.load()
    old = Result.objects.select_related("edition").get()
    path = tmp_path / "ballots.json"
    path.write_bytes(bytes(old.ballots_file))

    assert telling.main([str(path), "--sha256", old.sha256]) == 0
    assert old.edition.state == "ended"
    for edition in Edition.objects.exclude(entries_open_on=None).select_related("rules"):
        assert edition.rules.fixed_at.date() < edition.entries_open_on
    judging = Edition.objects.get(state="judging")
    cast, asked = closing.turnout(judging)
    assert 0 < cast < asked
    assert Edition.objects.get(state="open").takes_entries
    assert User.objects.filter(email__startswith="jury", email__endswith="@demo.example").count() == 5
    for part in Part.objects.filter(edition=judging).key_holders().select_related("user"):
        assert holding.share_behind(part, PITCH_KEYS[part.user.email])
