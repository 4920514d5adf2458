from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alumni.models.members import Alumnus
from alumni.models.networks import AlumniNetwork, Purpose
from bwob.meetings import (
    MEETING_MOVES,
    RUNNING,
    SEAT_MOVES,
    Meeting,
    MeetingQuerySet,
    Seat,
    SeatQuerySet,
    meeting_constraints,
)
from bwob.organisations.models import Place
from bwob.privacy.labels import Impersonal, Keep, Personal
from bwob.workflow import guard


class GatheringQuerySet(MeetingQuerySet["Gathering"]):
    def visible_to(self, user: Any) -> "GatheringQuerySet":
        """HR of the employer. Alumni come in by their own page or a signed link."""
        return self.filter(network__in=AlumniNetwork.objects.of_hr(user))

    def ahead(self) -> "GatheringQuerySet":
        """Those to come, with what a list of them tells."""
        return self.coming().select_related("place")


@pghistory.track(exclude=["code"])
class Gathering(Meeting):
    """A meeting of former colleagues, held by the employer."""

    privacy = Impersonal("a meeting of an organisation; who wrote it did so as part of the job")

    network = models.ForeignKey(
        AlumniNetwork, models.CASCADE, related_name="gatherings", verbose_name=_("alumni network")
    )
    title = models.CharField(_("title"), max_length=120)
    about = models.TextField(
        _("what happens there"), max_length=5000, help_text=_("You can use Markdown: a list, a link, bold.")
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place")
    )
    invited_at = models.DateTimeField(_("invitations sent at"), null=True, blank=True, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("written by"),
    )

    objects = GatheringQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["held_on", "starts_at", "pk"]
        verbose_name = _("meeting of alumni")
        verbose_name_plural = _("meetings of alumni")
        triggers: ClassVar = [guard(MEETING_MOVES)]
        constraints: ClassVar = meeting_constraints("gathering")
        indexes: ClassVar = [models.Index(fields=["network", "state", "held_on"], name="gathering_coming")]

    def __str__(self) -> str:
        return self.title

    @property
    def can_change(self) -> bool:
        """What was cancelled or is over stays as it was."""
        return self.state != self.State.CANCELLED and not self.is_held

    @property
    def is_door_open(self) -> bool:
        """From the day itself on it is known who was there; a mistake can be mended for a while."""
        return self.state == self.State.PUBLISHED and self.held_on <= timezone.localdate()

    def audience(self) -> models.QuerySet[Alumnus]:
        """Whose consent covers meetings at this moment, and who is not on the list yet."""
        listed = Guest.objects.filter(gathering=self.pk, alumnus=OuterRef("pk")).running()
        return Alumnus.objects.open_to(Purpose.MEETING).filter(~Exists(listed), network=self.network_id)


class GuestQuerySet(SeatQuerySet["Guest"]):
    def visible_to(self, user: Any) -> "GuestQuerySet":
        """HR of the employer, and the alumnus."""
        return self.filter(alumnus__in=Alumnus.objects.visible_to(user))

    def with_names(self) -> "GuestQuerySet":
        return self.select_related(
            "gathering__place", "gathering__network__organisation", "alumnus__network__organisation"
        )


@pghistory.track()
class Guest(Seat):
    """An alumnus who comes to a meeting, or waits for a place there."""

    MEETING = "gathering"
    privacy = Personal(
        person="alumnus__user",
        purpose=_("Knowing who comes to a meeting of alumni"),
        keep=Keep.TEAMWORK,
        work={"gathering"},
        trail=Seat.TRAIL,
        technical={"id", "key", "alumnus"},
    )

    gathering = models.ForeignKey(
        Gathering, models.CASCADE, related_name="signups", verbose_name=_("meeting of alumni")
    )
    alumnus = models.ForeignKey(Alumnus, models.CASCADE, related_name="signups", verbose_name=_("alumnus"))

    objects = GuestQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["gathering", "number"]
        verbose_name = _("sign-up for a meeting of alumni")
        verbose_name_plural = _("sign-ups for meetings of alumni")
        triggers: ClassVar = [guard(SEAT_MOVES)]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["gathering", "alumnus"], condition=Q(state__in=RUNNING), name="guest_once"
            ),
            models.UniqueConstraint(fields=["gathering", "number"], name="guest_one_per_number"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["gathering", "state", "number"], name="guest_of_gathering"),
            models.Index(fields=["due_at"], name="guest_due", condition=Q(due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.alumnus}: {self.gathering}"
