"""What a person may type about alumni networks."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alumni import rules
from alumni.models import AlumniNetwork, Alumnus, Answer, Departure, Purpose, StepProgress
from alumni.rules import colleagues
from bwob.forms import LineField, RecordForm
from bwob.people.forms import NameField
from mobility.forms import DateInput, SkillsField

LONGEST_AHEAD = datetime.timedelta(days=365)


def require_private(email: str) -> str:
    """Refuse an address at work: it stops when somebody leaves, and the employer can read it."""
    domain = rules.work_domain(email)
    if domain:
        raise ValidationError(
            _("This is a work address of %s. Fill in a private address.") % domain.organisation
        )
    return email


class PurposesField(forms.MultipleChoiceField):
    """One switch for each purpose, with the sentence that says what it means at this network."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("What may your former employer approach you for?"))
        super().__init__(choices=Purpose.choices, widget=forms.CheckboxSelectMultiple, **options)

    def explain(self, network: AlumniNetwork) -> None:
        sentences = dict(network.wordings.newest().values_list("purpose", "text"))
        self.choices = [
            (purpose.value, format_html("<strong>{}</strong><br>{}", purpose.label, sentences[purpose]))
            for purpose in Purpose
        ]


class ChoicesForm(forms.Form):
    """*Mijn toestemmingen*. Nothing chosen means leaving, which is asked separately."""

    purposes = PurposesField(
        error_messages={
            "required": gettext_lazy(
                "Nothing is chosen. Do you want to leave the network? Use the button for that."
            )
        }
    )

    def __init__(self, *args: Any, network: AlumniNetwork, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["purposes"]
        field.explain(network)


class AnswerForm(ChoicesForm):
    """The answer to an invitation."""

    purposes = PurposesField(
        error_messages={"required": gettext_lazy("Choose at least one, or say no below.")}
    )


class AlumnusForm(RecordForm):
    """What alumni correct themselves."""

    expertise = SkillsField(
        label=gettext_lazy("What you know a lot about"),
        required=False,
        help_text=gettext_lazy("At most ten, separated by commas."),
    )

    class Meta:
        model = Alumnus
        fields: ClassVar = [
            "given_name",
            "name_prefix",
            "family_name",
            "email",
            "department",
            "expertise",
            "region",
            "language",
            "is_shown",
        ]
        field_classes: ClassVar = {
            "given_name": NameField,
            "name_prefix": NameField,
            "family_name": NameField,
            "department": LineField,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.network.peers == AlumniNetwork.Peers.NOTHING:
            del self.fields["is_shown"]

    def clean_email(self) -> str:
        return require_private(self.cleaned_data["email"])


class JoinForm(RecordForm):
    """Who left earlier asks to join; HR looks whether it knows this person."""

    class Meta:
        model = Alumnus
        fields: ClassVar = ["given_name", "name_prefix", "family_name", "email", "department", "left_on"]
        field_classes: ClassVar = AlumnusForm.Meta.field_classes
        widgets: ClassVar = {"left_on": DateInput}

    def clean_email(self) -> str:
        return require_private(self.cleaned_data["email"])

    def clean_left_on(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["left_on"]
        if day and day > timezone.localdate():
            raise ValidationError(
                _("This day is still to come. Still at work? Record your departure instead.")
            )
        return day

    def validate_constraints(self) -> None:
        """Not here: that an address is known already is nobody's business."""


class LinkForm(forms.Form):
    """A new link to one's own page, mailed to an address that is in a network."""

    email = forms.EmailField(label=gettext_lazy("Your private e-mail address"), max_length=254)


class DepartureForm(RecordForm):
    """What somebody records before leaving. There is no question why."""

    expertise = SkillsField(
        label=gettext_lazy("What you know a lot about"),
        required=False,
        help_text=gettext_lazy("At most ten, separated by commas."),
    )
    purposes = PurposesField()

    class Meta:
        model = Departure
        fields: ClassVar = ["last_day", "email", "department", "expertise", "purposes", "is_shown"]
        field_classes: ClassVar = {"department": LineField}
        widgets: ClassVar = {"last_day": DateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        network = self.instance.network
        field: Any = self.fields["purposes"]
        field.explain(network)
        if network.peers == AlumniNetwork.Peers.NOTHING:
            del self.fields["is_shown"]

    def clean_email(self) -> str:
        return require_private(self.cleaned_data["email"])

    def clean_last_day(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["last_day"]
        today = timezone.localdate()
        if day < today:
            raise ValidationError(_("This day has passed. Fill in a day from today on."))
        if day > today + LONGEST_AHEAD:
            raise ValidationError(_("This is more than a year ahead. Come back when it is nearer."))
        return day


class AnswerTextForm(RecordForm):
    """An answer to a question of a former employer."""

    class Meta:
        model = Answer
        fields: ClassVar = ["text", "is_named"]
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 8})}


class StepForm(RecordForm):
    """How far the own organisation is with a step of the Toolkit."""

    class Meta:
        model = StepProgress
        fields: ClassVar = ["state", "owner", "evidence"]
        widgets: ClassVar = {"evidence": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.queryset = colleagues(self.instance.organisation)
