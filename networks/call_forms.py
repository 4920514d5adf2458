"""What a person may type about calls for partners."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob.forms import LineField, RecordForm
from bwob.organisations.models import Region
from bwob.people.models import Role, User
from networks.forms import DateInput, ThemedForm
from networks.models import Network, PartnerCall, Reaction


class CallForm(ThemedForm):
    """A call, for one of the networks or organisations that this person answers for."""

    asker = forms.ChoiceField(
        label=gettext_lazy("Who asks?"), help_text=gettext_lazy("Your name does not stand on the page.")
    )

    class Meta:
        model = PartnerCall
        fields: ClassVar = ["title", "text", "themes", "closes_on"]
        field_classes: ClassVar = {"title": LineField}
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 8}), "closes_on": DateInput()}

    field_order = ("asker", "title", "text", "themes", "area", "closes_on")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].label = _("Where")
        if self.instance.pk:
            del self.fields["asker"]
            return
        self.askers = {
            f"{one._meta.model_name}-{one.pk}": one
            for one in (
                *Network.objects.visible_to(user).existing().answered_for_by(user),
                *user.organisations(Role.HR),
            )
        }
        self.fields["asker"].choices = [(key, str(one)) for key, one in self.askers.items()]  # type: ignore[attr-defined]

    def clean_asker(self) -> str:
        """Written into the record at once, since its constraints are checked with the form."""
        chosen = self.askers[self.cleaned_data["asker"]]
        setattr(self.instance, "network" if isinstance(chosen, Network) else "organisation", chosen)
        return self.cleaned_data["asker"]

    def clean_closes_on(self) -> datetime.date:
        day, today = self.cleaned_data["closes_on"], timezone.localdate()
        if not today <= day <= today + PartnerCall.LONGEST:
            raise ValidationError(_("Choose a day from today on, within half a year."))
        return day

    def clean(self) -> dict[str, Any]:
        """Something must say which networks fit."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned["themes"] and not cleaned["area"]:
            self.add_error("themes", _("Choose a theme or name a municipality, so that others can fit."))
        return cleaned


class ReactionForm(RecordForm):
    class Meta:
        model = Reaction
        fields: ClassVar = ["network", "text"]
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        networks = Network.objects.visible_to(user).existing().answered_for_by(user)
        self.fields["network"].queryset = networks  # type: ignore[attr-defined]
        if not networks.exists():
            del self.fields["network"]


class AnswerForm(forms.Form):
    """The answer to who reacted."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[
            (Reaction.State.JOINS, gettext_lazy("Yes, join in")),
            (Reaction.State.DECLINED, gettext_lazy("Not this time")),
        ],
        widget=forms.RadioSelect,
    )
    message = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("How you go on from here, or why not. It goes along with the mail."),
    )


class OutcomeForm(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("Did you find partners?"),
        choices=[
            (PartnerCall.State.FOUND, gettext_lazy("Yes, we go on together")),
            (PartnerCall.State.NOBODY, gettext_lazy("No, nobody joined")),
        ],
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(
        label=gettext_lazy("What came of it"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Everybody reads this under the call. Name organisations, not people."),
    )


class CallFilterForm(forms.Form):
    """What narrows the list of calls; anything else in the address is left out."""

    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    province = forms.ModelChoiceField(
        label=gettext_lazy("Province"),
        queryset=Region.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("Everything"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [("", _("Everything")), *Network.Theme.choices]  # type: ignore[attr-defined]
        provinces = Region.objects.filter(kind=Region.Kind.PROVINCE).order_by("name")
        self.fields["province"].queryset = provinces  # type: ignore[attr-defined]
