import datetime
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.lookups import GreaterThanOrEqual
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from bwob.organisations.models import Organisation, Place, Region, Tier
from bwob.people.models import Role
from bwob.privacy.labels import Impersonal
from bwob.text_search import TypedQuery
from bwob.workflow import Workflow, guard
from mobility import wording
from mobility.models.changes import NOTED
from mobility.models.searchable import LAST_DAY, LISTED, SEARCHABLE

MOVES: dict[str, set[str]] = {
    "draft": {"published", "withdrawn"},
    "published": {"filled", "withdrawn"},
    "filled": {"published"},
    "withdrawn": set(),
    "arranged": set(),
}

CARD = (
    *("title", "slug", "kind", "state", "summary", "hours_min", "hours_max", "starts_on", "duration"),
    *("skills", "field", "region", "duration_unit", "scale_min", "scale_max", "remote", "closes_on"),
    *("places", "published_at"),
    *(
        "organisation__name",
        "organisation__tier",
        "place__name",
        "place__also_called",
        "place__latitude",
        "place__longitude",
    ),
)


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    def visible_to(self, user: Any) -> "ExchangeQuerySet":
        """What was published is public; drafts, withdrawn and arranged ones are for those who manage them or
        once applied.
        """
        public = Q(state__in=[Exchange.State.PUBLISHED, Exchange.State.FILLED])
        if not user.is_authenticated:
            return self.filter(public)
        if user.has_role(Role.PROGRAMME):
            return self.all()
        own = user.applications.values("exchange")
        hidden = Q(state__in=[Exchange.State.WITHDRAWN, Exchange.State.ARRANGED], pk__in=own)
        return self.filter(public | self.managed(user) | hidden)

    def manageable_by(self, user: Any) -> "ExchangeQuerySet":
        """HR manages all of the own organisation, a manager the ones he or she owns or is the contact of."""
        return self.filter(self.managed(user))

    @staticmethod
    def managed(user: Any, path: str = "") -> Q:
        """`path` leads from another record to its exchange, as in "application__exchange__"."""
        hr, manager = user.organisations(Role.HR), user.organisations(Role.MANAGER)
        mine = user.exchanges_as_owner.values("exchange")
        owned = Q(**{f"{path}contact": user}) | Q(**{f"{path}pk__in": mine})
        return Q(**{f"{path}organisation__in": hr}) | Q(owned, **{f"{path}organisation__in": manager})

    def open(self) -> "ExchangeQuerySet":
        """One can apply today: published, and the closing date (if any) has not passed."""
        return self.filter(
            GreaterThanOrEqual(LAST_DAY, timezone.localdate()), state=Exchange.State.PUBLISHED, listed=True
        )

    def matching(self, typed: str) -> "ExchangeQuerySet":
        """What the text search finds for these words; nothing for words that all are too common to search."""
        return self.filter(search=TypedQuery(typed))

    def unlist_closed(self) -> int:
        """Take what has closed out of the indexes of search; for the nightly task. How many there were."""
        past = timezone.localdate() - datetime.timedelta(days=3)
        return self.filter(listed=True, closes_on__lt=past).update(listed=False)

    def with_a_queue(self) -> "ExchangeQuerySet":
        """Filled, while people wait for a place to come free."""
        return self.filter(state=Exchange.State.FILLED, applications__state="waiting").distinct()

    def once_public(self) -> "ExchangeQuerySet":
        """Published at some time, also if it was withdrawn since: that it existed is no secret."""
        return self.filter(published_at__isnull=False)

    def closed(self) -> "ExchangeQuerySet":
        return self.filter(state=Exchange.State.PUBLISHED, closes_on__lt=timezone.localdate())

    def for_alumni(self) -> "ExchangeQuerySet":
        """Open ones for which people who once worked there are welcome."""
        return self.open().filter(alumni_welcome=True, kind__in=Exchange.FOR_ALUMNI)

    def like(self, exchange: "Exchange") -> "ExchangeQuerySet":
        """Open ones in the same field of work, those in the same region first."""
        same_region = Case(When(region=exchange.region_id, then=0), default=1)
        others = self.open().filter(field=exchange.field).exclude(pk=exchange.pk)
        return others.order_by(same_region, "-published_at").with_names()

    def with_names(self) -> "ExchangeQuerySet":
        """With the organisation and place that every card shows, in the same query."""
        return self.select_related("organisation", "place")

    def cards(self) -> "ExchangeQuerySet":
        """With all that a card in a list shows, and none of the long texts."""
        return self.with_names().only(*CARD)


@pghistory.track(exclude=["search", "listed", "hours_bands", "duration_bands", "scale_bands"])
class Exchange(Workflow):
    """A workplace for a day, a year or for good, offered by an organisation."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        FILLED = "filled", _("Filled")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        ARRANGED = "arranged", _("Arranged in a swap ring")

    class Kind(models.TextChoices):
        SECONDMENT = "secondment", _("Secondment")
        ASSIGNMENT = "assignment", _("Assignment")
        GIG = "gig", _("Gig beside your job")
        SWAP = "swap", _("Workplace swap")
        SHADOWING = "shadowing", _("Shadowing day")
        VACANCY = "vacancy", _("Vacancy")

    class Field(models.TextChoices):
        POLICY = "policy", _("Policy and governance")
        LAW = "law", _("Law")
        FINANCE = "finance", _("Finance")
        PERSONNEL = "personnel", _("Personnel and organisation")
        DATA_IT = "data_it", _("Data and IT")
        COMMUNICATION = "communication", _("Communication and participation")
        SPATIAL = "spatial", _("Spatial planning and housing")
        ENVIRONMENT_WATER = "environment_water", _("Environment, climate and water")
        SOCIAL = "social", _("Social affairs and care")
        SAFETY = "safety", _("Safety and public order")
        ENFORCEMENT = "enforcement", _("Permits, supervision and enforcement")
        SERVICES = "services", _("Services to citizens")
        PROJECTS = "projects", _("Project and programme management")
        PROCUREMENT = "procurement", _("Procurement and contracts")
        FACILITIES = "facilities", _("Facilities and support")
        INFRASTRUCTURE = "infrastructure", _("Infrastructure and public space")
        EDUCATION_CULTURE = "education_culture", _("Education, culture and sport")

    class Unit(models.TextChoices):
        DAY = "day", _("days")
        WEEK = "week", _("weeks")
        MONTH = "month", _("months")

    class Remote(models.TextChoices):
        NONE = "none", _("At the workplace")
        PARTLY = "partly", _("Partly from home")
        FULLY = "fully", _("From anywhere")

    class PayPeriod(models.TextChoices):
        HOUR = "hour", _("per hour")
        FOUR_WEEKS = "four_weeks", _("per four weeks")
        MONTH = "month", _("per month")
        YEAR = "year", _("per year")

    MOVES = MOVES
    FOR_ALUMNI: ClassVar = [Kind.VACANCY, Kind.SECONDMENT, Kind.ASSIGNMENT, Kind.GIG]
    privacy = Impersonal("an offer of an organisation; the contact is shown by name only, as part of the job")

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        db_index=False,  # see Meta.indexes
        related_name="exchanges",
        verbose_name=_("organisation"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(max_length=110, unique=True, editable=False)
    summary = models.CharField(
        _("in short"),
        max_length=300,
        help_text=_("One or two sentences, at most 300 characters. Shown in lists."),
    )
    tasks = models.TextField(_("what you will do"), max_length=6000)
    requirements = models.TextField(_("what you bring"), max_length=3000, blank=True)
    benefits = models.TextField(_("what you get"), max_length=3000, blank=True)
    field = models.CharField(_("field of work"), max_length=20, choices=Field)
    skills = ArrayField(
        models.CharField(max_length=60), verbose_name=_("skills"), default=list, blank=True, size=10
    )
    hours_min = models.PositiveSmallIntegerField(
        _("hours a week, from"), validators=[MinValueValidator(1), MaxValueValidator(40)]
    )
    hours_max = models.PositiveSmallIntegerField(
        _("hours a week, to"), validators=[MinValueValidator(1), MaxValueValidator(40)]
    )
    starts_on = models.DateField(
        _("first day"), null=True, blank=True, help_text=_("Leave empty for “by agreement”.")
    )
    duration = models.PositiveSmallIntegerField(
        _("how long"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    duration_unit = models.CharField(
        _("days, weeks or months"), max_length=5, choices=Unit, default=Unit.MONTH
    )
    scale_min = models.PositiveSmallIntegerField(
        _("scale, from"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(18)]
    )
    scale_max = models.PositiveSmallIntegerField(
        _("scale, to"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(18)]
    )
    pay_min = models.DecimalField(_("pay, from"), max_digits=10, decimal_places=2, null=True, blank=True)
    pay_max = models.DecimalField(_("pay, to"), max_digits=10, decimal_places=2, null=True, blank=True)
    pay_period = models.CharField(_("pay period"), max_length=10, choices=PayPeriod, blank=True)
    places = models.PositiveSmallIntegerField(
        _("places"), default=1, validators=[MinValueValidator(1), MaxValueValidator(200)]
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="exchanges", verbose_name=_("place"))
    remote = models.CharField(_("where you work"), max_length=6, choices=Remote, default=Remote.PARTLY)
    closes_on = models.DateField(
        _("last day to apply"),
        null=True,
        blank=True,
        help_text=_("Leave empty to keep it open until it is filled."),
    )
    own_staff_welcome = models.BooleanField(
        _("open to our own people too"),
        default=False,
        help_text=_("Otherwise only people of other employers can apply."),
    )
    alumni_welcome = models.BooleanField(
        _("former colleagues are welcome"),
        default=False,
        help_text=_("People who once worked with us can apply too, also if they work for no government now."),
    )
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="exchanges_as_contact",
        verbose_name=_("contact"),
    )
    language = models.CharField(
        _("language of the text"), max_length=2, choices=settings.LANGUAGES, default="nl"
    )
    source = models.CharField(max_length=200, blank=True, editable=False)
    external_id = models.CharField(max_length=200, blank=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)

    tier = models.CharField(max_length=20, choices=Tier, editable=False)
    region = models.ForeignKey(
        Region, models.PROTECT, db_index=False, null=True, editable=False, related_name="+"
    )
    search = SearchVectorField(null=True, editable=False)
    listed = models.BooleanField(default=False, editable=False)
    hours_bands = models.PositiveSmallIntegerField(default=0, editable=False)
    duration_bands = models.PositiveSmallIntegerField(default=0, editable=False)
    scale_bands = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-published_at", "-id"]
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")
        triggers: ClassVar = [guard(MOVES), SEARCHABLE, NOTED]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(hours_min__gte=1, hours_max__lte=40, hours_max__gte=F("hours_min")),
                name="exchange_hours",
                violation_error_code="hours_max",
                violation_error_message=_("The hours run from low to high, between 1 and 40."),
            ),
            models.CheckConstraint(
                condition=Q(scale_min=None, scale_max=None)
                | Q(
                    scale_min__isnull=False,
                    scale_max__isnull=False,
                    scale_min__gte=1,
                    scale_max__lte=18,
                    scale_max__gte=F("scale_min"),
                ),
                name="exchange_scale",
                violation_error_code="scale_max",
                violation_error_message=_(
                    "Scales run from low to high, between 1 and 18. Fill in both, or neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(pay_max=None) | Q(pay_min=None) | Q(pay_max__gte=F("pay_min")),
                name="exchange_pay",
                violation_error_code="pay_max",
                violation_error_message=_("The pay runs from low to high."),
            ),
            models.CheckConstraint(
                condition=Q(duration__isnull=False) | Q(kind="vacancy"),
                name="exchange_duration",
                violation_error_code="duration",
                violation_error_message=_("Only a vacancy is for good. Say how long this takes."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "filled"]) | Q(published_at__isnull=False),
                name="exchange_published_at",
            ),
            models.UniqueConstraint(
                fields=["organisation", "source", "external_id"],
                condition=~Q(source=""),
                name="exchange_once_per_source",
            ),
        ]
        indexes: ClassVar = [
            GinIndex(
                fields=["search", "kind", "tier", "region", "field"],
                name="exchange_open_search",
                condition=LISTED,
            ),
            models.Index(
                F("published_at").desc(), F("id").desc(), name="exchange_open_newest", condition=LISTED
            ),
            models.Index(LAST_DAY, F("id"), name="exchange_open_closing", condition=LISTED),
            # Beside the plain index on place, which stays: PostgreSQL never combines two partial indexes with
            # the same condition, so words near a place need it.
            models.Index(
                fields=["place", "-published_at", "-id"],
                include=[
                    "closes_on",
                    "region",
                    "kind",
                    "tier",
                    "field",
                    "hours_bands",
                    "duration_bands",
                    "scale_bands",
                ],
                name="exchange_open_facets",
                condition=LISTED,
            ),
            models.Index(fields=["organisation", "state"], name="exchange_of_organisation"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            tail = get_random_string(6, "abcdefghjkmnpqrstuvwxyz23456789")
            self.slug = f"{slugify(self.title)[:95] or 'plek'}-{tail}"
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("mobility:exchange", args=[self.slug])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.PUBLISHED and not self.is_past_closing

    @property
    def is_past_closing(self) -> bool:
        return self.closes_on is not None and self.closes_on < timezone.localdate()

    @property
    def has_waiting_list(self) -> bool:
        """All places are given, and HR has not closed it: one can wait for a place to come free."""
        return self.state == self.State.FILLED and not self.is_past_closing

    @property
    def places_left(self) -> int:
        """Places not yet given to a confirmed applicant. One query."""
        return max(0, self.places - self.applications.confirmed().count())

    @property
    def ends_on(self) -> datetime.date | None:
        """The last day, counted from the first; None without a first day or for good."""
        return wording.last_day(self.starts_on, self.duration, self.duration_unit)

    match_text = distance_text = ""  # for cards; here, since a template is slow to find nothing
    is_new = can_be_kept = is_kept = False
    hours_text = property(lambda self: wording.hours(self.hours_min, self.hours_max))
    duration_text = property(lambda self: wording.duration(self.duration, self.duration_unit))
    period_text = property(lambda self: wording.period(self.starts_on, self.duration, self.duration_unit))
    place_text = property(lambda self: wording.place(str(self.place), self.remote))
    scale_text = property(lambda self: wording.scale(self.scale_min, self.scale_max))
    places_text = property(lambda self: wording.places(self.places))
    pay_text = property(lambda self: wording.pay(self.pay_min, self.pay_max, self.pay_period))
    deadline_text = property(lambda self: wording.deadline(self.closes_on))
    closes_soon = property(lambda self: wording.closes_soon(self.closes_on))
    on_card = property(wording.on_card)
