from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob.people.models import Role
from bwob.privacy.labels import Keep, Personal


class CoachQuerySet(models.QuerySet["Coach"]):
    def visible_to(self, user: Any) -> "CoachQuerySet":
        """The programme office appoints them, the privacy officer reads along; a coach sees the own row."""
        if user.has_role(Role.PROGRAMME, Role.PRIVACY_OFFICER):
            return self.all()
        return self.filter(user=user)

    def ready(self) -> "CoachQuerySet":
        return self.filter(user__is_active=True).select_related("user")


@pghistory.track()
class Coach(models.Model):
    """Somebody who guides Doetanks. Not a role at an organisation: a coach works for all governments."""

    privacy = Personal(
        person="user",
        purpose=_("Knowing who guides Doetanks"),
        keep=Keep.ACCOUNT,
        words={"expertise"},
        trail={"since"},
        technical={"id", "user"},
    )

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="coach", verbose_name=_("person")
    )
    expertise = models.CharField(_("good at"), max_length=200, blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = CoachQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["user__sort_name"]
        verbose_name = _("coach")
        verbose_name_plural = _("coaches")

    def __str__(self) -> str:
        return str(self.user)
