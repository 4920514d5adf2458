from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bwob.organisations.models import Organisation
from bwob.people.models import Role
from bwob.privacy.labels import Impersonal


class AnswerTextQuerySet(models.QuerySet["AnswerText"]):
    def visible_to(self, user: Any) -> "AnswerTextQuerySet":
        """Who answers for the organisation. What others write to their applicants is their own."""
        return self.filter(organisation__in=user.organisations(Role.HR, Role.MANAGER))


@pghistory.track()
class AnswerText(models.Model):
    """A text of an organisation with which answers and messages begin; words in brackets are replaced."""

    class Act(models.TextChoices):
        INVITE = "invite", _("Invite to talk")
        OFFER = "offer", _("Make an offer")
        DECLINE = "decline", _("Decline")
        WITHDRAW = "withdraw", _("Withdraw an exchange")
        CONTACT = "contact", _("Ask for contact")

    AT_MOST = 60
    TO_APPLICANTS = (Act.INVITE, Act.OFFER, Act.DECLINE)
    """For one applicant, so something about that person can be filled in."""
    privacy = Impersonal(
        "sentences of an organisation for everybody; the form asks for no word about a person"
    )

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="answer_texts", verbose_name=_("organisation")
    )
    act = models.CharField(_("for which answer"), max_length=10, choices=Act)
    title = models.CharField(_("name of the text"), max_length=80)
    text = models.TextField(_("text"), max_length=900)
    language = models.CharField(
        _("language of the text"), max_length=2, choices=settings.LANGUAGES, default="nl"
    )

    objects = AnswerTextQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["act", "title", "id"]
        verbose_name = _("text for answers")
        verbose_name_plural = _("texts for answers")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "act", "title"],
                name="answer_text_once",
                violation_error_code="title",
                violation_error_message=_("There is a text of this name for this answer already."),
            )
        ]

    def __str__(self) -> str:
        return self.title
