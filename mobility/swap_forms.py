"""What a person may type about swaps."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob.forms import LineField, RecordForm
from bwob.organisations.models import Organisation, Tier
from bwob.people.models import User
from mobility.forms import DateInput, ManagerForm
from mobility.models import Exchange, RingPlace, SwapWish


class SwapWishForm(RecordForm):
    """What one offers, and what one seeks."""

    fields_sought = forms.MultipleChoiceField(
        label=gettext_lazy("Fields of work"),
        choices=Exchange.Field.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Choose none if any field is good."),
    )
    tiers = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of organisation"),
        choices=Tier.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("A preference: other kinds are proposed too, and the ring says so."),
    )

    class Meta:
        model = SwapWish
        fields: ClassVar = [
            *("title", "tasks", "field", "scale", "hours", "place", "remote"),
            *("tiers", "scale_min", "scale_max", "hours_min", "hours_max", "near", "within_km"),
            *("months", "starts_from", "starts_until", "motivation"),
        ]
        field_classes: ClassVar = {"title": LineField}
        widgets: ClassVar = {
            "tasks": forms.Textarea(attrs={"rows": 5}),
            "motivation": forms.Textarea(attrs={"rows": 5}),
            "starts_from": DateInput(),
            "starts_until": DateInput(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fields_sought"].initial = self.instance.fields
        self.fields["place"].initial = self.instance.place_id or self.instance.employer.place_id

    def clean_starts_until(self) -> datetime.date:
        starts_until = self.cleaned_data["starts_until"]
        if starts_until < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. Choose today or later."))
        return starts_until

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.instance.fields = data.get("fields_sought", [])
        return data


class JoiningForm(ManagerForm):
    """A yes to a ring, with who one's manager is."""

    class Meta(ManagerForm.Meta):
        model = RingPlace

    def worker(self) -> tuple[User, Organisation]:
        return self.instance.person, self.instance.wish.employer


class RingAnswerForm(forms.Form):
    """The manager's answer to a ring; a no needs no reason, since nobody learns of it."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[("agree", gettext_lazy("I agree")), ("not_now", gettext_lazy("Not now"))],
        widget=forms.RadioSelect,
    )
