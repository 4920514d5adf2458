"""What a person may type about networks."""

import datetime
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob import dutch
from bwob.forms import LineField, RecordForm, visible
from bwob.organisations.models import Organisation, Place
from bwob.people.models import Role, User
from networks import rules
from networks.atlas import atlas
from networks.models import Message, Network, Partnership, Proposal


class DateInput(forms.DateInput):
    """The browser's own date field; without support for it, people type 2026-12-18."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AreaField(forms.CharField):
    """Municipalities by name or code, separated by commas; an abolished one is refused with its successor."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        known = atlas().places
        return ", ".join(str(known[one if isinstance(one, int) else one.pk]) for one in value)

    def to_python(self, value: Any) -> list[Place]:  # type: ignore[override]
        names = [visible(name) for name in (value or "").replace("\n", ",").split(",")]
        return list({place.pk: place for place in map(place_named, filter(None, names))}.values())


def place_named(name: str) -> Place:
    """The municipality with this name or code; otherwise a sentence that says what to do."""
    folded = dutch.fold(name)
    for place in atlas().places.values():
        if folded in (place.code, dutch.fold(place.name), dutch.fold(place.also_called)):
            return place
    raise ValidationError(unknown(name))


def unknown(name: str) -> str:
    """Abolished municipalities stand in the register with the one that took them in."""
    body = Organisation.objects.visible_to(None).filter(code=dutch.fold(name)).first() or (
        Organisation.objects.visible_to(None).filter(name__iexact=f"Gemeente {name}").first()
    )
    if body and body.successor:
        return _("“%(name)s” was abolished. Use “%(successor)s”.") % {
            "name": name[:40],
            "successor": body.successor.name.removeprefix("Gemeente "),
        }
    return _("We do not know a municipality “%s”.") % name[:40]


class ThemedForm(RecordForm):
    """What is about themes, and about an area of municipalities."""

    themes = forms.MultipleChoiceField(
        label=gettext_lazy("Themes"),
        choices=Network.Theme.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    area = AreaField(
        label=gettext_lazy("Working area"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Municipalities, separated by commas: their names, or codes as in gm0344."),
    )


class NetworkForm(ThemedForm):
    """A network as somebody would like to see it. Saving it is a matter of whoever decides."""

    latitude = forms.FloatField(
        label=gettext_lazy("Latitude"),
        required=False,
        help_text=gettext_lazy(
            "Only if you know it: degrees, as in 52.09. Empty is the middle of the municipality."
        ),
    )
    longitude = forms.FloatField(
        label=gettext_lazy("Longitude"), required=False, help_text=gettext_lazy("Degrees, as in 5.12.")
    )
    is_other = forms.BooleanField(
        label=gettext_lazy("No, mine is another network"), required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = Network
        fields: ClassVar = [
            "name",
            "kind",
            "summary",
            "text",
            "themes",
            "place",
            "latitude",
            "longitude",
            "accepts_partners",
            "website",
            "language",
            "source",
            "starts_on",
            "ends_on",
        ]
        field_classes: ClassVar = {"name": LineField, "summary": LineField, "source": LineField}
        widgets: ClassVar = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "text": forms.Textarea(attrs={"rows": 6}),
            "starts_on": DateInput(),
            "ends_on": DateInput(),
        }

    def clean_starts_on(self) -> datetime.date:
        if self.cleaned_data["starts_on"] > timezone.localdate() + datetime.timedelta(days=366):
            raise ValidationError(_("Choose a day within a year from now."))
        return self.cleaned_data["starts_on"]

    def clean(self) -> dict[str, Any]:
        """Without a spot of its own a network stands in the middle of its municipality."""
        cleaned = super().clean() or {}
        place = cleaned.get("place")
        if place and (cleaned.get("latitude") is None or cleaned.get("longitude") is None):
            cleaned["latitude"], cleaned["longitude"] = place.latitude, place.longitude
        return cleaned

    @property
    def area_keys(self) -> Iterable[int]:
        return [place.pk for place in self.cleaned_data.get("area", [])]


class NoteForm(RecordForm):
    """Why one proposes this; only those who decide read it."""

    class Meta:
        model = Proposal
        fields: ClassVar = ["note"]
        widgets: ClassVar = {"note": forms.Textarea(attrs={"rows": 3})}


class MessageForm(RecordForm):
    class Meta:
        model = Message
        fields: ClassVar = ["text"]
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 8})}


class WorkAddressForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Work address"),
        max_length=254,
        help_text=gettext_lazy("Of somebody who has shown on this portal where he or she works."),
    )


class BeContactForm(forms.Form):
    answer = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[("yes", gettext_lazy("Yes, I answer for it")), ("no", gettext_lazy("No, not me"))],
        widget=forms.RadioSelect,
    )


class FollowForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)


class TieForm(RecordForm):
    """A tie of a network. HR that does not speak for the network can tie the own organisation only."""

    class Meta:
        model = Partnership
        fields: ClassVar = ["kind", "organisation", "other"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        network = self.instance.network
        organisations, networks = self.fields["organisation"], self.fields["other"]
        networks.queryset = Network.objects.visible_to(user).existing().exclude(pk=network.pk)  # type: ignore[attr-defined]
        if rules.may_speak_for(user, network):
            organisations.queryset = Organisation.objects.current()  # type: ignore[attr-defined]
            return
        del self.fields["other"]
        own = [one.pk for one in user.organisations(Role.HR)]
        organisations.queryset = Organisation.objects.current().filter(pk__in=own)  # type: ignore[attr-defined]
        organisations.required = True
