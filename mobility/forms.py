"""What a person may type about exchanges and applications."""

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bwob.forms import LineField, RecordForm, visible
from bwob.organisations.models import Organisation
from bwob.people import verifying
from bwob.people.forms import NameField
from bwob.people.models import User
from mobility import offers, sentences, writing
from mobility.models import Application, Exchange, OfferFile
from mobility.offers import headers


class DateInput(forms.DateInput):
    """The browser's own date field; without support for it, people type 18-12-2026 or 2026-12-18."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SkillsField(forms.CharField):
    """Skills separated by commas, each once; stored as a list."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        parts = (visible(part) for part in (value or "").replace("\n", ",").split(","))
        return list(dict.fromkeys(part for part in parts if part))


class ExchangeForm(RecordForm):
    """An exchange as HR or a manager writes it."""

    skills = SkillsField(
        label=gettext_lazy("Skills"),
        required=False,
        help_text=gettext_lazy("At most ten, separated by commas."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Exchange
        fields: ClassVar = [
            "organisation",
            "kind",
            "title",
            "summary",
            "tasks",
            "requirements",
            "benefits",
            "field",
            "skills",
            "hours_min",
            "hours_max",
            "starts_on",
            "duration",
            "duration_unit",
            "scale_min",
            "scale_max",
            "place",
            "remote",
            "places",
            "closes_on",
            "own_staff_welcome",
            "alumni_welcome",
            "language",
        ]
        field_classes: ClassVar = {"title": LineField, "summary": LineField}
        widgets: ClassVar = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "tasks": forms.Textarea(attrs={"rows": 6}),
            "requirements": forms.Textarea(attrs={"rows": 4}),
            "benefits": forms.Textarea(attrs={"rows": 3}),
            "starts_on": DateInput(),
            "closes_on": DateInput(),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_own(self.fields["organisation"], user, "hr", "manager")
        self.fields["seen"].initial = writing.version_of(self.instance) if self.instance.pk else ""
        self.fields["organisation"].disabled = self.instance.state == Exchange.State.PUBLISHED

    def clean_places(self) -> int:
        given = self.instance.applications.confirmed().count() if self.instance.pk else 0
        if given and self.cleaned_data["places"] <= given:
            sentence = ngettext(
                "%d place has been given. Offer more, or close it for new applications.",
                "%d places have been given. Offer more, or close it for new applications.",
                given,
            )
            raise ValidationError(sentence % given)
        return self.cleaned_data["places"]

    def clean_skills(self) -> list[str]:
        skills = self.cleaned_data["skills"]
        if len(skills) > 10:
            raise ValidationError(_("Choose at most ten skills; you typed %d.") % len(skills))
        if any(len(skill) > 60 for skill in skills):
            raise ValidationError(_("A skill has at most 60 characters. Separate skills by commas."))
        return skills

    def clean_closes_on(self) -> datetime.date | None:
        closes_on = self.cleaned_data["closes_on"]
        is_new = closes_on != self.instance.closes_on
        if closes_on and is_new and closes_on < timezone.localdate():
            raise ValidationError(_("This day has passed. Choose today or later."))
        return closes_on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts_on, closes_on = data.get("starts_on"), data.get("closes_on")
        if starts_on and closes_on and starts_on < closes_on:
            self.add_error("closes_on", _("The work begins before the last day to apply."))
        if data.get("kind") == Exchange.Kind.VACANCY:
            data["duration"] = data.get("duration") or None
        if data.get("alumni_welcome") and data.get("kind") not in (None, *Exchange.FOR_ALUMNI):
            self.add_error(
                "alumni_welcome", _("A swap or a shadowing day is for who works for a government now.")
            )
        return data


class ApplicationForm(forms.ModelForm):
    """The motivation of an application. A draft may be empty; sending may not."""

    class Meta:
        model = Application
        fields: ClassVar = ["motivation"]
        widgets: ClassVar = {"motivation": forms.Textarea(attrs={"rows": 8})}


class DraftForm(ApplicationForm):
    """The same, to keep for later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["motivation"].required = False


class PlacesForm(forms.Form):
    """How many places there are from now on."""

    places = forms.IntegerField(label=gettext_lazy("Places in all"), min_value=2, max_value=200)


class OfferForm(RecordForm):
    """The offer: hours, first and last day, and what was agreed."""

    class Meta:
        model = Application
        fields: ClassVar = ["hours", "starts_on", "ends_on", "offer_note"]
        widgets: ClassVar = {
            "starts_on": DateInput(),
            "ends_on": DateInput(),
            "offer_note": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        exchange = self.instance.exchange
        self.fields["hours"].required = self.fields["starts_on"].required = True
        self.fields["hours"].validators += Exchange._meta.get_field("hours_min").validators
        self.fields["ends_on"].required = exchange.kind != Exchange.Kind.VACANCY
        if not self.fields["ends_on"].required:
            self.fields["ends_on"].help_text = _("Leave empty if it is for good.")
        self.fields["ends_on"].error_messages["required"] = _(
            "Fill in the last day: only a vacancy is for good."
        )
        self.initial = {
            "hours": exchange.hours_max,
            "starts_on": exchange.starts_on,
            "ends_on": exchange.ends_on,
        } | {name: value for name, value in self.initial.items() if value}

    def clean_offer_note(self) -> str:
        return finished(self.cleaned_data["offer_note"], self.instance, by=self.by, at_most=2000)

    def clean_starts_on(self) -> datetime.date:
        starts_on = self.cleaned_data["starts_on"]
        if starts_on < timezone.localdate():
            raise ValidationError(_("This day has passed. Choose today or later."))
        return starts_on


def finished(text: str, about: Application | Exchange, *, by: User, at_most: int) -> str:
    """The text as it will be read, with the words in brackets filled in."""
    only_known_words(text, applicant=isinstance(about, Application))
    filled = sentences.fill_in(text, about, by=by)
    if len(filled) > at_most:
        raise ValidationError(_("This becomes longer than %d characters once it is filled in.") % at_most)
    return filled


def only_known_words(text: str, *, applicant: bool) -> None:
    """What stands in brackets must be something that can be filled in."""
    if unknown := sentences.unknown_in(text, applicant=applicant):
        facts = {"word": unknown[0], "words": ", ".join(sentences.words(applicant=applicant))}
        raise ValidationError(_("%(word)s cannot be filled in. You can use %(words)s.") % facts)


class ManagerForm(forms.ModelForm):
    """Who somebody's manager is: an address at the own employer, and not one's own."""

    class Meta:
        model: type[Model] = Application
        fields: ClassVar = ["manager_name", "manager_email"]
        field_classes: ClassVar = {"manager_name": NameField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True

    def clean_manager_email(self) -> str:
        email = self.cleaned_data["manager_email"].lower()
        person, employer = self.worker()
        if verifying.is_own(person, email):
            raise ValidationError(_("This is your own address. Fill in the address of your manager."))
        if verifying.organisation_of(email) != employer:
            raise ValidationError(_("This is not a work address at %s.") % employer)
        return email

    def worker(self) -> tuple[User, Organisation]:
        """Whose manager it is, and where both work."""
        return self.instance.applicant, self.instance.employer


ANSWERS = [
    ("agree", gettext_lazy("I agree")),
    ("not_now", gettext_lazy("Not now")),
    ("talk", gettext_lazy("Let's talk first")),
]


class ManagerAnswerForm(forms.Form):
    """The manager's answer; "not now" needs one reason from the list, and talking can be asked for once."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
    )
    code = forms.ChoiceField(
        label=gettext_lazy("Why not now?"),
        required=False,
        choices=[(code.value, code.label) for code in Application.MANAGER_CODES],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, may_talk: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_talk:
            self.fields["answer"] = forms.ChoiceField(
                label=self.fields["answer"].label, choices=ANSWERS[:2], widget=forms.RadioSelect
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("answer") == "not_now" and not data.get("code"):
            self.add_error("code", _("Choose why it cannot be now."))
        return data


class OfferFileForm(RecordForm):
    """A file of offers to look over before anything is stored."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV, JSON-LD or a saved web page with JobPosting, at most 20 MB and 5,000 rows."
        ),
    )

    class Meta:
        model = OfferFile
        fields: ClassVar = ["organisation", "source", "publish"]

    field_order = ("file", "organisation", "source", "publish")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_own(self.fields["organisation"], user, "hr")

    def clean_file(self) -> UploadedFile:
        """Read it once, so that a file that cannot be used is refused here, with the reason."""
        upload = self.cleaned_data["file"]
        if upload.size > offers.MAX_BYTES:
            raise ValidationError(_("This file is larger than 20 MB."))
        content = upload.read()
        try:
            offers.read(content, upload.name)
        except offers.Unreadable as error:
            raise ValidationError(str(error)) from error
        self.instance.name = upload.name[:200]
        self.instance.content = content
        return upload


COLUMNS = {
    "external_id": gettext_lazy("Number in the source"),
    "url": gettext_lazy("Web address"),
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("In short"),
    "tasks": gettext_lazy("What you will do"),
    "requirements": gettext_lazy("What you bring"),
    "benefits": gettext_lazy("What you get"),
    "skills": gettext_lazy("Skills"),
    "organisation_name": gettext_lazy("Organisation"),
    "place_name": gettext_lazy("Place"),
    "kind": gettext_lazy("Kind"),
    "field": gettext_lazy("Field of work"),
    "hours": gettext_lazy("Hours a week"),
    "hours_min": gettext_lazy("Hours a week, from"),
    "hours_max": gettext_lazy("Hours a week, to"),
    "starts_on": gettext_lazy("First day"),
    "ends_on": gettext_lazy("Last day"),
    "duration": gettext_lazy("How long"),
    "duration_unit": gettext_lazy("Days, weeks or months"),
    "scale": gettext_lazy("Scale"),
    "scale_min": gettext_lazy("Scale, from"),
    "scale_max": gettext_lazy("Scale, to"),
    "closes_on": gettext_lazy("Last day to apply"),
    "pay": gettext_lazy("Pay"),
    "pay_min": gettext_lazy("Pay, from"),
    "pay_max": gettext_lazy("Pay, to"),
    "pay_period": gettext_lazy("Pay period"),
    "pay_currency": gettext_lazy("Currency"),
    "remote": gettext_lazy("Where you work"),
    "places": gettext_lazy("Places"),
    "language": gettext_lazy("Language"),
}


class ColumnsForm(forms.Form):
    """What each column of a table was taken for, to be corrected."""

    def __init__(self, *args: Any, columns: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headers, self.initial_columns = list(columns), columns
        choices = [("", _("leave out")), *((name, str(COLUMNS[name])) for name in headers.COLUMNS)]
        for number, header in enumerate(self.headers):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=header, choices=choices, initial=columns[header], required=False
            )

    def cleaned_columns(self) -> dict[str, str]:
        return {header: self.cleaned_data[f"column_{number}"] for number, header in enumerate(self.headers)}


def only_own(field: Any, user: User, *roles: str) -> None:
    """Offer only the organisations where this person has one of these roles; the only one is chosen
    beforehand.
    """
    own = user.organisations(*roles)
    field.queryset = field.queryset.filter(pk__in=[organisation.pk for organisation in own])
    if len(own) == 1:
        field.initial = own[0].pk
