from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from bwob.organisations.models import Organisation
from bwob.people.models import Role
from bwob.privacy.labels import Impersonal


class Purpose(models.TextChoices):
    """What an alumnus may be approached for; each has its own switch."""

    RETURN = "return", _("Coming back")
    GIG = "gig", _("A gig")
    MENTOR = "mentor", _("Being a mentor")
    QUESTION = "question", _("A question of knowledge")
    MEETING = "meeting", _("Meetings")
    NEWS = "news", _("News")


FIRST_WORDING = {
    Purpose.RETURN: _("We mail you when we have a job or a temporary place that may suit you."),
    Purpose.GIG: _("We mail you when we look for somebody for a short job."),
    Purpose.MENTOR: _("We may ask you to guide a new colleague for a while."),
    Purpose.QUESTION: _("We may send you a question about your field. You decide if you answer."),
    Purpose.MEETING: _("We invite you to meetings for former colleagues."),
    Purpose.NEWS: _("We mail you news about the organisation, at most once a month."),
}


class AlumniNetworkQuerySet(models.QuerySet["AlumniNetwork"]):
    def open(self) -> "AlumniNetworkQuerySet":
        """Public, and people can join."""
        return self.filter(opened_at__isnull=False)

    def of_hr(self, user: Any) -> "AlumniNetworkQuerySet":
        """Of the organisations for which this person works as HR."""
        return (
            self.filter(organisation__in=user.organisations(Role.HR))
            if user.is_authenticated
            else self.none()
        )

    def visible_to(self, user: Any) -> "AlumniNetworkQuerySet":
        """What is open is public; HR sees its own before that."""
        if not user.is_authenticated:
            return self.open()
        if user.has_role(Role.PROGRAMME):
            return self.all()
        return self.filter(Q(opened_at__isnull=False) | Q(organisation__in=user.organisations(Role.HR)))


@pghistory.track()
class AlumniNetwork(models.Model):
    """The network of one employer for the people who left it."""

    class Peers(models.TextChoices):
        """What alumni see of each other; only of who chose to be seen."""

        NOTHING = "nothing", _("nothing")
        NAMES = "names", _("name and expertise of who wants that")

    privacy = Impersonal("an offer of an organisation; the contact is named as part of the job")

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="alumni_network", verbose_name=_("organisation")
    )
    slug = models.SlugField(max_length=160, unique=True, editable=False)
    welcome = models.TextField(
        _("what the network offers"),
        max_length=4000,
        help_text=_("For the public page. You can use Markdown: a list, a link, bold."),
    )
    summary = models.CharField(
        _("in short"), max_length=200, help_text=_("One sentence for the list of networks.")
    )
    peers = models.CharField(
        _("what alumni see of each other"), max_length=8, choices=Peers, default=Peers.NOTHING
    )
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("contact"),
    )
    opened_at = models.DateTimeField(_("open since"), null=True, blank=True, editable=False)

    objects = AlumniNetworkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["organisation__name"]
        verbose_name = _("alumni network")
        verbose_name_plural = _("alumni networks")

    def __str__(self) -> str:
        return str(self.organisation)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or slugify(self.organisation.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("alumni:network", args=[self.slug])


class WordingQuerySet(models.QuerySet["Wording"]):
    def visible_to(self, user: Any) -> "WordingQuerySet":
        """The sentences are public with their network."""
        return self.filter(network__in=AlumniNetwork.objects.visible_to(user))

    def newest(self) -> "WordingQuerySet":
        """The version in use, for each network and purpose; earlier ones stay for who agreed to them."""
        versions = Wording.objects.filter(network=OuterRef("network"), purpose=OuterRef("purpose"))
        return self.filter(pk=Subquery(versions.order_by("-version").values("pk")[:1]))


class Wording(models.Model):
    """One sentence that says what a purpose means at this network. A new version, never a change."""

    privacy = Impersonal("sentences, not people")

    network = models.ForeignKey(
        AlumniNetwork, models.CASCADE, related_name="wordings", verbose_name=_("alumni network")
    )
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose)
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    text = models.CharField(
        _("sentence"),
        max_length=300,
        help_text=_("One sentence that says what people agree to. Who agreed before, keeps the old one."),
    )
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["network", "purpose", "-version"]
        verbose_name = _("text of a consent")
        verbose_name_plural = _("texts of consents")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "purpose", "version"], name="wording_version_once")
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.version}"
