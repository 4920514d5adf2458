"""What may stand in the address of a search, and the exchanges it selects. Nothing in an address is an
error page.
"""

import functools
import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob.organisations.models import Place
from mobility.criteria import NEWEST, WITHIN, WITHIN_DEFAULT, Criteria, offered
from mobility.facets import FACETS
from mobility.models import Exchange, ExchangeQuerySet
from mobility.nearby import gazetteer
from mobility.paging import SORTS

LONGEST = 200
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]+")


def plain(value: Any) -> str:
    """Without NUL, lone surrogates and other signs that no database, log or page should meet."""
    return UNPRINTABLE.sub(" ", str(value or "")).strip()


def shown(value: str) -> str:
    """A value from an address, short enough to repeat in a sentence."""
    return value if len(value) <= 40 else f"{value[:39]}…"


class TextField(forms.CharField):
    """One line of text without signs that cannot be printed."""

    def to_python(self, value: Any) -> str:
        return plain(value)


class PlaceField(TextField):
    """The name of a place, as the places that have it."""

    def clean(self, value: Any) -> tuple[Place, ...]:
        name = super().clean(value)
        places = gazetteer().named(name)
        if name and not places:
            raise ValidationError(unknown_place(name))
        return places


class PlaceInput(forms.TextInput):
    """A name that is typed, with all names to choose from."""

    template_name = "django/forms/widgets/place.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        listed = {**(attrs or {}), "list": f"{name}-names"}
        return super().get_context(name, value, listed) | {"places": gazetteer().places}


class OnePlaceField(PlaceField):
    """The name of a place, as that place; of namesakes one has to say which."""

    widget = PlaceInput

    def prepare_value(self, value: Any) -> Any:
        """What was typed, or the name of the place that a record has."""
        names = (str(place) for place in gazetteer().places if place.pk == value)
        return next(names, value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Place | None:  # type: ignore[override]
        found = super().clean(value)
        if len(found) > 1:
            names = _(" or ").join(map(str, found))
            raise ValidationError(_("There are more of that name. Do you mean %s?") % names)
        return found[0] if found else None


def unknown_place(name: str) -> str:
    alike = gazetteer().alike(name)
    if alike:
        names = ", ".join(alike)
        return _("We do not know a municipality “%(name)s”. Did you mean %(names)s?") % {
            "name": shown(name),
            "names": names,
        }
    return _("We do not know a municipality “%s”. Use the name of a municipality.") % shown(name)


class KnownOptionsField(forms.Field):
    """Several options of a facet. What is no option (any more) is left out and told, not refused."""

    widget = forms.SelectMultiple

    def __init__(self, *, options: Callable[[], Iterable[tuple[str, Any]]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.options = options
        self.dropped: list[str] = []

    def clean(self, value: Any) -> tuple[str, ...]:
        asked = {plain(one) for one in value or () if one}
        known = [str(name) for name, _label in self.options()]
        self.dropped = sorted(asked.difference(known))
        return tuple(name for name in known if name in asked)


class FacetFilter(django_filters.Filter):
    """The options chosen in one facet."""

    field_class = KnownOptionsField

    def __init__(self, name: str) -> None:
        facet = FACETS[name]
        super().__init__(label=facet.label, options=facet.choices, required=False)

    def filter(self, qs: ExchangeQuerySet, value: tuple[str, ...]) -> ExchangeQuerySet:
        return qs.filter(FACETS[str(self.field_name)].condition(value)) if value else qs


class WordsFilter(django_filters.CharFilter):
    field_class = TextField

    def filter(self, qs: ExchangeQuerySet, value: str) -> ExchangeQuerySet:
        return qs.matching(value) if value else qs


class NearFilter(django_filters.Filter):
    field_class = PlaceField

    def filter(self, qs: ExchangeQuerySet, value: tuple[Place, ...]) -> ExchangeQuerySet:
        return qs.filter(place__in=self.parent.criteria.nearest) if value else qs


class SearchForm(forms.Form):
    """What an address may hold beside filters: how far, in which order, and after which exchange."""

    within = forms.TypedChoiceField(
        label=gettext_lazy("Within"),
        choices=[(str(distance), f"{distance} km") for distance in WITHIN],
        coerce=int,
        required=False,
    )
    sort = forms.ChoiceField(
        label=gettext_lazy("Sort by"),
        choices=[(name, sort.label) for name, sort in SORTS.items()],
        required=False,
    )
    after = TextField(required=False)


class ExchangeFilter(django_filters.FilterSet):
    """The exchanges that a search selects. `criteria` is what was understood, `notices` what was not."""

    q = WordsFilter(
        label=gettext_lazy("Words"),
        max_length=LONGEST,
        error_messages={
            "max_length": gettext_lazy("Your words are too long to search. Use at most 200 characters.")
        },
    )
    kind = FacetFilter("kind")
    tier = FacetFilter("tier")
    region = FacetFilter("region")
    field = FacetFilter("field")
    hours = FacetFilter("hours")
    duration = FacetFilter("duration")
    scale = FacetFilter("scale")
    near = NearFilter(label=gettext_lazy("Municipality"))

    class Meta:
        model = Exchange
        fields: tuple[str, ...] = ()
        form = SearchForm

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, queryset=offered())

    @functools.cached_property
    def understood(self) -> dict[str, Any]:
        """What was typed or chosen, by key, without what makes no sense."""
        self.form.full_clean()
        return self.form.cleaned_data

    @functools.cached_property
    def criteria(self) -> Criteria:
        known = self.understood
        centres = known.get("near", ())
        asked = Criteria(
            q=known.get("q", ""),
            chosen={name: known[name] for name in FACETS if known[name]},
            near=self._name(centres),
            centres=centres,
            within=known.get("within") or WITHIN_DEFAULT,
        )
        return asked.changed(sort=known.get("sort") or NEWEST, after=known["after"])

    def _name(self, centres: tuple[Place, ...]) -> str:
        """How an address names the place: by its own name, or as typed when that means several places."""
        return str(centres[0]) if len(centres) == 1 else self.typed("near") if centres else ""

    @property
    def problems(self) -> list[tuple[str, str]]:
        """The key and a sentence for each thing in the address that was not understood and left out."""
        found = []
        for name, errors in self.form.errors.items():
            is_choice = name in ("within", "sort")
            sentence = not_a_choice(self.form.fields[name], self.typed(name)) if is_choice else errors[0]
            found.append((name, sentence))
        for name, field in self.form.fields.items():
            found += [(name, not_a_choice(field, value)) for value in getattr(field, "dropped", ())][:2]
        return found

    def typed(self, name: str) -> str:
        """The text as it was typed, for the box it came from."""
        return plain(self.data.get(name))[:LONGEST]

    def narrowed(self, *, without: Collection[str] = ()) -> ExchangeQuerySet:
        """The exchanges that all filters select, except these."""
        hits = self.queryset.all()
        for name, one in self.filters.items():
            if name not in without and name in self.understood:
                hits = one.filter(hits, self.understood[name])
        return hits

    def filter_queryset(self, queryset: ExchangeQuerySet) -> ExchangeQuerySet:
        return self.narrowed()


def not_a_choice(field: forms.Field, value: str) -> str:
    return _("We left out “%(value)s”: it is not a choice for “%(field)s”.") % {
        "value": shown(value),
        "field": field.label,
    }
