"""Describing oneself: the own work profile, written, confirmed once a year, and taken away."""

from django.db import transaction
from django.utils import timezone

from bwob import history
from bwob.people.models import User
from bwob.privacy import forgetting
from mobility.models import Profile


def begun_by(user: User) -> Profile:
    """The own profile, or a new one that is not stored yet."""
    return Profile.objects.filter(user=user).first() or Profile(user=user)


def save(profile: Profile, *, by: User) -> None:
    """What is saved now is right now: the year begins anew."""
    profile.confirmed_at = timezone.now()
    with history.because(by=by):
        profile.save()


def confirm(user: User) -> None:
    """It still is as it stands."""
    with history.because(by=user):
        Profile.objects.filter(user=user).update(confirmed_at=timezone.now())


@transaction.atomic
def remove(user: User) -> None:
    """Take the profile away with its history: nobody needs to know what it said."""
    forgetting.forget(Profile.objects.filter(user=user))
