import datetime
import uuid
from functools import cached_property
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core import signing
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob import dutch
from bwob.organisations.models import Organisation
from bwob.privacy.labels import Keep, Personal


class Role(models.TextChoices):
    """What someone does for an organisation, beyond working there."""

    HR = "hr", _("HR or mobility adviser")
    MANAGER = "manager", _("Manager who offers workplaces")
    PROGRAMME = "programme", _("Programme office")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")


STAFF_ROLES = {Role.HR, Role.PROGRAMME, Role.PRIVACY_OFFICER}


class SignedInRequest(HttpRequest):
    """A request of somebody who is signed in, as the middleware made sure. For annotations only."""

    user: "User"


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: Any) -> "UserQuerySet":
        """Oneself; HR sees who works for the own employer; programme office and privacy officer see all."""
        if user.has_role(Role.PROGRAMME, Role.PRIVACY_OFFICER):
            return self.all()
        own = user.organisations(Role.HR)
        works_there = Q(work_address__organisation__in=own) | Q(memberships__organisation__in=own)
        return self.filter(Q(pk=user.pk) | works_there).distinct() if own else self.filter(pk=user.pk)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    use_in_migrations = False

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A person with an account. What somebody may do follows from `Membership`, never from a flag."""

    privacy = Personal(
        person="",
        purpose=_("An account on the portal"),
        keep=Keep.ACCOUNT,
        identity={"given_name", "name_prefix", "family_name", "sort_name"},
        contact={"email", "language"},
        trail={"joined_at", "last_login", "is_active"},
        technical={"id"},
        secret={"password"},
    )

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    given_name = models.CharField(_("given name"), max_length=197)
    name_prefix = models.CharField(
        _("name prefix"), max_length=40, blank=True, help_text=_("As in “van der”.")
    )
    family_name = models.CharField(
        _("family name"), max_length=197, blank=True, help_text=_("Leave empty if you have one name only.")
    )
    sort_name = models.CharField(_("name in sorting order"), max_length=600, editable=False, db_index=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["given_name"]

    objects = UserManager()

    class Meta:
        ordering: ClassVar = ["sort_name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = dutch.sort_key(self.family_name, self.given_name, self.name_prefix)
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.given_name, self.name_prefix, self.family_name) if part)

    @property
    def short_name(self) -> str:
        return self.given_name

    @cached_property
    def roles(self) -> list["Membership"]:
        """The memberships in force, with their organisations. One query, kept for the request."""
        return list(self.memberships.select_related("organisation"))

    def has_role(self, *roles: str) -> bool:
        return any(membership.role in roles for membership in self.roles)

    def organisations(self, *roles: str) -> list[Organisation]:
        """Where this person has one of these roles."""
        return [membership.organisation for membership in self.roles if membership.role in roles]

    @property
    def is_staff(self) -> bool:
        """May this person enter the admin? (Django's name for it.)"""
        return self.is_active and self.has_role(*STAFF_ROLES)

    @property
    def employer(self) -> Organisation | None:
        """The organisation of the work address, if that was ever verified."""
        address = self.work
        return address.organisation if address and address.verified_at else None

    @cached_property
    def work(self) -> "WorkAddress | None":
        """The work address with its organisation. One query, kept for the request."""
        return WorkAddress.objects.select_related("organisation").filter(user=self).first()

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's stored permissions are not used here: `rules.py` and `ScopedAdmin` decide."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: Any) -> "MembershipQuerySet":
        if user.has_role(Role.PROGRAMME, Role.PRIVACY_OFFICER):
            return self.all()
        return self.filter(Q(user=user) | Q(organisation__in=user.organisations(Role.HR)))

    def hr_of(self, organisation: Organisation) -> "MembershipQuerySet":
        return self.filter(organisation=organisation, role=Role.HR, user__is_active=True).select_related(
            "user"
        )


@pghistory.track()
class Membership(models.Model):
    """A role of a person at an organisation. Its rights count for that organisation only."""

    Role = Role
    privacy = Personal(
        person="user",
        purpose=_("Knowing who may act for an organisation"),
        keep=Keep.ACCOUNT,
        work={"organisation", "role"},
        trail={"since"},
        technical={"id", "user"},
    )

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["organisation", "role", "user"]
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], name="role_once_per_organisation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"


TOKEN_SALT = "bwob.people.work-address"  # noqa: S105 - a salt is no secret


class WorkAddressQuerySet(models.QuerySet["WorkAddress"]):
    def visible_to(self, user: Any) -> "WorkAddressQuerySet":
        if user.has_role(Role.PROGRAMME, Role.PRIVACY_OFFICER):
            return self.all()
        return self.filter(Q(user=user) | Q(organisation__in=user.organisations(Role.HR)))

    def proven_by_another(self, user: User, email: str) -> "WorkAddress | None":
        """Somebody else's address of which the proof still counts."""
        since = timezone.now() - WorkAddress.VALID
        others = self.exclude(user=user).select_related("user")
        return others.filter(email__iexact=email, verified_at__gt=since).first()

    def to_remind(self, moment: datetime.datetime) -> "WorkAddressQuerySet":
        """Verified so long ago that it lapses within two weeks, and not reminded since."""
        since = moment - WorkAddress.VALID + WorkAddress.REMIND_BEFORE
        return self.filter(verified_at__lt=since, verified_at__gt=moment - WorkAddress.VALID).filter(
            Q(reminded_at=None) | Q(reminded_at__lt=models.F("verified_at"))
        )


@pghistory.track()
class WorkAddress(models.Model):
    """The address that proves where somebody works; verified by a link, again every 180 days (rule R6)."""

    VALID = datetime.timedelta(days=180)
    REMIND_BEFORE = datetime.timedelta(days=14)
    privacy = Personal(
        person="user",
        purpose=_("Proving where you work"),
        keep=Keep.ACCOUNT,
        contact={"email"},
        work={"organisation"},
        trail={"verified_at", "reminded_at"},
        technical={"id", "user"},
    )

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="work_address")
    email = models.EmailField(_("work address"), max_length=254)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="work_addresses", verbose_name=_("organisation")
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)

    objects = WorkAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("work address")
        verbose_name_plural = _("work addresses")
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(verified_at__isnull=False),
                name="work_address_verified_once",
                violation_error_message=_("Somebody else verified this work address."),
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_current(self) -> bool:
        return self.verified_at is not None and timezone.now() - self.verified_at < self.VALID

    @property
    def expires_at(self) -> datetime.datetime | None:
        return self.verified_at + self.VALID if self.verified_at else None

    @property
    def token(self) -> str:
        """For the link that renews this address: it counts until the address is verified again, or lapses."""
        return signing.dumps(["renew", self.pk, self.stamp], salt=TOKEN_SALT)

    @property
    def stamp(self) -> str:
        """Changes with each proof, so that a link of before no longer counts."""
        return _stamp(self.verified_at)


class AddressClaim(models.Model):
    """A work address that somebody wants to prove; gone once the mailed link has done so, or after a day."""

    VALID = datetime.timedelta(hours=24)
    privacy = Personal(
        person="user",
        purpose=_("Proving where you work"),
        keep=Keep.BRIEF,
        contact={"email"},
        work={"organisation"},
        trail={"asked_at"},
        technical={"id", "user"},
    )

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="address_claim")
    email = models.EmailField(_("work address"), max_length=254)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name=_("organisation")
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)

    class Meta:
        verbose_name = _("work address to be proven")
        verbose_name_plural = _("work addresses to be proven")

    def __str__(self) -> str:
        return self.email

    @property
    def token(self) -> str:
        """For the link that proves this address: it counts once, for a day, and not after a newer request."""
        return signing.dumps(["claim", self.pk, self.stamp], salt=TOKEN_SALT)

    @property
    def stamp(self) -> str:
        """Changes with each request, so that the link of an earlier one no longer counts."""
        return _stamp(self.asked_at)

    @property
    def is_current(self) -> bool:
        return timezone.now() - self.asked_at < self.VALID


def _stamp(moment: datetime.datetime | None) -> str:
    return moment.astimezone(datetime.UTC).isoformat() if moment else ""


class Submission(models.Model):
    """A form that was carried out: its key and where it led, so that a second click makes nothing (R7)."""

    privacy = Personal(
        person="user",
        purpose=_("Making one record of a double click"),
        keep=Keep.BRIEF,
        trail={"made_at", "url"},
        technical={"key", "user"},
    )

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    url = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.url
