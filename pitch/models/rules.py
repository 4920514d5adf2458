from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bwob.privacy.labels import Impersonal
from pitch.models.editions import Edition

FROZEN = """
    SELECT state INTO edition_state FROM pitch_edition WHERE id = {edition};
    IF edition_state IS NOT NULL AND edition_state <> 'draft' THEN
        RAISE EXCEPTION 'the rules of this edition are fixed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""
ANY_WRITE = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete


def frozen(edition: str) -> pgtrigger.Trigger:
    """Rules change in preparation only. Whoever wants to change fixed rules takes the edition back to draft,
    which makes a new version, and cannot do so any more once plans may come in.
    """
    return pgtrigger.Trigger(
        name="frozen",
        when=pgtrigger.Before,
        operation=ANY_WRITE,
        declare=[("edition_state", "TEXT")],
        func=FROZEN.format(edition=edition),
    )


class RulesQuerySet(models.QuerySet["Rules"]):
    def visible_to(self, user: Any) -> "RulesQuerySet":
        return self.filter(edition__in=Edition.objects.visible_to(user))


def default_ties() -> list[str]:
    return [str(tie) for tie in Rules.Tie]


@pghistory.track()
class Rules(models.Model):
    """The rules of an edition: how the jury scores and how ballots count. Fixed before plans come in."""

    class Average(models.TextChoices):
        MEAN = "mean", _("mean")
        MEDIAN = "median", _("median")

    class Tie(models.TextChoices):
        HEAVIEST = "heaviest", _("the heaviest criterion")
        HEAD_TO_HEAD = "head_to_head", _("head to head")
        SMALLEST_SPREAD = "smallest_spread", _("the smallest spread")
        DRAW = "draw", _("a draw")

    privacy = Impersonal("rules of a competition")

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="rules", verbose_name=_("edition"))
    version = models.PositiveSmallIntegerField(_("version"), default=0, editable=False)
    average = models.CharField(_("average"), max_length=6, choices=Average, default=Average.MEAN)
    lowest = models.PositiveSmallIntegerField(_("lowest score"), default=1)
    highest = models.PositiveSmallIntegerField(
        _("highest score"), default=5, validators=[MinValueValidator(2), MaxValueValidator(10)]
    )
    min_ballots = models.PositiveSmallIntegerField(
        _("ballots for each plan, at least"), default=3, validators=[MinValueValidator(1)]
    )
    min_percent = models.PositiveSmallIntegerField(
        _("percentage of the jury, at least"),
        default=50,
        validators=[MaxValueValidator(100)],
        help_text=_("Of the members who may judge the plan. Who has an interest in it does not count."),
    )
    max_load = models.PositiveSmallIntegerField(
        _("plans for each member, at most"), default=20, validators=[MinValueValidator(1)]
    )
    ballots_wanted = models.PositiveSmallIntegerField(
        _("members for each plan"), default=5, validators=[MinValueValidator(1)]
    )
    standardised = models.BooleanField(
        _("compare each member with the own average"),
        default=False,
        help_text=_("So that a strict and a mild member weigh the same."),
    )
    tie_chain = ArrayField(
        models.CharField(max_length=16, choices=Tie),
        verbose_name=_("with equal totals, in this order"),
        default=default_ties,
        help_text=_("Separated by commas. The draw stands last, so that there is always an answer."),
    )
    is_blind = models.BooleanField(
        _("the jury reads without names"), default=True, help_text=_("Names are taken out of the text.")
    )
    is_sealed = models.BooleanField(
        _("ballots are sealed"),
        default=True,
        help_text=_("Two of three key holders are needed to open them."),
    )
    needs_motivation = models.BooleanField(_("a motivation is required"), default=True)
    has_audience_prize = models.BooleanField(_("audience prize"), default=True)
    largest_team = models.PositiveSmallIntegerField(
        _("people in a team, at most"), default=5, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    objection_days = models.PositiveSmallIntegerField(_("working days to object"), default=10)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    fixed_at = models.DateTimeField(_("fixed at"), null=True, blank=True, editable=False)

    objects = RulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("rules")
        verbose_name_plural = _("rules")
        triggers: ClassVar = [frozen("COALESCE(NEW.edition_id, OLD.edition_id)")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(highest__gt=F("lowest")),
                name="rules_scale",
                violation_error_code="highest",
                violation_error_message=_("The highest score lies above the lowest."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Rules of %s") % self.edition

    def clean(self) -> None:
        known = [str(tie) for tie in self.Tie]
        chain = self.tie_chain or []
        if len(set(chain)) != len(chain) or not set(chain) <= set(known) or chain[-1:] != ["draw"]:
            sentence = gettext("Name each step once, out of: %s. The draw stands last.") % ", ".join(known)
            raise ValidationError({"tie_chain": sentence})

    @property
    def scale(self) -> range:
        return range(self.lowest, self.highest + 1)

    @property
    def total_weight(self) -> int:
        return sum(criterion.weight for criterion in self.criteria.all())


class CriterionQuerySet(models.QuerySet["Criterion"]):
    def visible_to(self, user: Any) -> "CriterionQuerySet":
        return self.filter(rules__in=Rules.objects.visible_to(user))


class Criterion(models.Model):
    """One thing that the jury looks at, with what each score on the scale means."""

    privacy = Impersonal("rules of a competition")

    rules = models.ForeignKey(Rules, models.CASCADE, related_name="criteria", verbose_name=_("rules"))
    key = models.SlugField(_("short name"), max_length=30)
    name = models.CharField(_("name"), max_length=60)
    question = models.CharField(_("question"), max_length=160)
    weight = models.PositiveSmallIntegerField(
        _("weight"), validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    anchors = ArrayField(
        models.CharField(max_length=120),
        verbose_name=_("what each score means"),
        help_text=_("From the lowest to the highest score, separated by commas."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["rules", "position", "pk"]
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        triggers: ClassVar = [
            frozen("(SELECT edition_id FROM pitch_rules WHERE id = COALESCE(NEW.rules_id, OLD.rules_id))")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rules", "key"], name="criterion_once_per_rules"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="criterion_weighs"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def percent(self) -> int:
        return round(100 * self.weight / self.rules.total_weight)

    @property
    def levels(self) -> list[tuple[int, str]]:
        """Each score with what it means."""
        return list(zip(self.rules.scale, self.anchors, strict=False))
