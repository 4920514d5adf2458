"""What a person may type about challenges and Doetanks."""

import datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob.forms import LineField, RecordForm, visible
from bwob.organisations.models import Region
from doetanks import uploads
from doetanks.models import (
    Action,
    Challenge,
    File,
    Meeting,
    Note,
    Participation,
    Trial,
)

EARLIEST_DECISION = datetime.timedelta(weeks=12)
MOST_ROLES = 8


class DateInput(forms.DateInput):
    """The browser's own date field; without support for it, people type 2026-12-18 or 18-12-2026."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RolesField(forms.CharField):
    """Roles, one on a line: "Jurist: knows the privacy law"; a list of pairs of title and what it brings."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        lines = (visible(line) for line in (value or "").splitlines())
        pairs = (line.partition(":") for line in lines if line)
        return list(
            {title.strip(): (title.strip(), brings.strip()) for title, _colon, brings in pairs}.values()
        )

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > MOST_ROLES:
            raise ValidationError(_("Name at most %d roles, each on a line of its own.") % MOST_ROLES)
        for title, brings in value:
            if not title or len(title) > 80 or len(brings) > 200:
                raise ValidationError(
                    _("A role has at most 80 characters before the colon, and 200 after it.")
                )

    def run_validators(self, value: Any) -> None:
        """The limits on length are those of one line, above."""


class ChallengeForm(RecordForm):
    """A challenge as its commissioner writes it."""

    roles = RolesField(
        label=gettext_lazy("Roles that the team needs"),
        help_text=gettext_lazy("One on a line, as in “Lawyer: knows the privacy law”. At most eight."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    decides = forms.BooleanField(
        label=gettext_lazy("I decide on the result myself, or have the mandate for it"),
        error_messages={
            "required": gettext_lazy(
                "Without somebody who decides, a team works for nothing. Ask who decides to submit it."
            )
        },
    )

    class Meta:
        model = Challenge
        fields: ClassVar = [
            "title",
            "question",
            "gain",
            "bounds",
            "region",
            "hours",
            "places",
            "roles",
            "decide_on",
            "decides",
        ]
        field_classes: ClassVar = {"title": LineField}
        widgets: ClassVar = {
            "question": forms.Textarea(attrs={"rows": 6}),
            "gain": forms.Textarea(attrs={"rows": 4}),
            "bounds": forms.Textarea(attrs={"rows": 3}),
            "decide_on": DateInput(),
        }

    field_order = Meta.fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = Region.objects.visible_to(None).filter(kind=Region.Kind.LABOUR_MARKET)
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]
        self.fields["region"].empty_label = _("Whole country")  # type: ignore[attr-defined]
        if self.instance.pk:
            del self.fields["decides"]
            self.initial["roles"] = "\n".join(
                f"{role.title}: {role.brings}" if role.brings else role.title
                for role in self.instance.roles.all()
            )

    def clean_decide_on(self) -> datetime.date:
        day = self.cleaned_data["decide_on"]
        is_new = day != self.instance.decide_on
        if is_new and day < timezone.localdate() + EARLIEST_DECISION:
            raise ValidationError(_("A team needs time. Choose a day at least twelve weeks from now."))
        return day


class OpenForm(forms.Form):
    """How a challenge is opened: for everybody, or under the radar."""

    how = forms.ChoiceField(
        label=gettext_lazy("Who can find it?"),
        choices=[
            ("public", gettext_lazy("Everybody: it stands on the board")),
            ("hidden", gettext_lazy("Under the radar: only who gets the invitation can ask to join")),
        ],
        widget=forms.RadioSelect,
    )


class JoinForm(RecordForm):
    """A request to join."""

    class Meta:
        model = Participation
        fields: ClassVar = ["role", "motivation"]
        widgets: ClassVar = {
            "role": forms.RadioSelect,
            "motivation": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.queryset = self.instance.challenge.roles.all()
        role.empty_label = _("Something else")


class BoardForm(forms.Form):
    """The filters of the board; what is not known is left out without a word."""

    q = forms.CharField(required=False, max_length=100)
    region: Any = forms.ModelChoiceField(None, required=False, empty_label=gettext_lazy("All regions"))
    hours = forms.IntegerField(required=False, min_value=1, max_value=16)

    def __init__(self, *args: Any, regions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]

    def wishes(self) -> dict[str, Any]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}


class MomentInput(forms.DateTimeInput):
    """The browser's own field for a day and a time."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class ActionForm(RecordForm):
    """One line of the plan."""

    class Meta:
        model = Action
        fields: ClassVar = ["text", "owner", "due_on"]
        field_classes: ClassVar = {"text": LineField}
        widgets: ClassVar = {"due_on": DateInput()}

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = owner.queryset.filter(pk__in=[person.pk for person in people])
        owner.empty_label = _("Still open")


class NoteForm(RecordForm):
    """What happened, or what was decided."""

    class Meta:
        model = Note
        fields: ClassVar = ["kind", "text"]
        widgets: ClassVar = {"kind": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 5})}


class MeetingForm(RecordForm):
    """When and where the team meets."""

    class Meta:
        model = Meeting
        fields: ClassVar = ["title", "starts_at", "ends_at", "where"]
        field_classes: ClassVar = {"title": LineField, "where": LineField}
        widgets: ClassVar = {"starts_at": MomentInput(), "ends_at": MomentInput()}


class UploadForm(forms.Form):
    """A file for the workroom, checked by its content."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, office file without macros, picture or plain text; at most 5 MB."),
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > uploads.MAX_BYTES:
            raise ValidationError(_("This file is larger than 5 MB."))
        self.content = upload.read()
        try:
            self.kind = uploads.kind_of(upload.name, self.content)
        except uploads.Unacceptable as problem:
            raise ValidationError(str(problem)) from problem
        return upload

    def record(self, challenge: Challenge) -> File:
        name = visible(self.cleaned_data["file"].name)[-150:]
        content = self.content
        return File(challenge=challenge, name=name, kind=self.kind, size=len(content), content=content)


class TrialForm(RecordForm):
    """A trial before it begins."""

    class Meta:
        model = Trial
        fields: ClassVar = ["title", "hypothesis", "smallest_test", "stop_rule", "ends_on"]
        field_classes: ClassVar = {"title": LineField}
        widgets: ClassVar = {
            "hypothesis": forms.Textarea(attrs={"rows": 3}),
            "smallest_test": forms.Textarea(attrs={"rows": 3}),
            "stop_rule": forms.Textarea(attrs={"rows": 2}),
            "ends_on": DateInput(),
        }
        error_messages: ClassVar = {
            "stop_rule": {
                "required": gettext_lazy(
                    "Without a stop rule a trial does not begin. Say when you stop, whatever you hope."
                )
            }
        }

    def clean_ends_on(self) -> datetime.date:
        day = self.cleaned_data["ends_on"]
        if day < timezone.localdate():
            raise ValidationError(_("This day has passed. Choose today or later."))
        return day


class ResultForm(forms.Form):
    """What came out of a trial."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"), choices=Trial.Outcome.choices, widget=forms.RadioSelect
    )
    result = forms.CharField(
        label=gettext_lazy("What you saw"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    learned = forms.CharField(
        label=gettext_lazy("What you learnt"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Everybody reads this, above all when it did not work."),
    )


class YieldsForm(forms.Form):
    """What the team hands over."""

    yields = forms.CharField(
        label=gettext_lazy("What the team brings"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "The business case in short: what, what it costs, who goes on, what to count."
        ),
    )


class DecisionForm(forms.Form):
    """The answer that the commissioner owes the team."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Your answer"), choices=Challenge.Verdict.choices, widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=gettext_lazy("Why, and what happens now"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Everybody reads this. Say who goes on with it, or why it cannot be."),
    )


class OnwardForm(forms.Form):
    """Where it went on: a page of this portal, as that of a PITCH entry."""

    led_to = forms.CharField(
        label=gettext_lazy("Where it went on"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("The address of a page on this portal, as in /pitch/inzendingen/…"),
    )

    def clean_led_to(self) -> str:
        path = urlsplit(self.cleaned_data["led_to"].strip()).path
        if path:
            try:
                resolve(path)
            except Resolver404 as problem:
                raise ValidationError(_("There is no such page on this portal.")) from problem
        return path


class EffectForm(OnwardForm):
    """What it brought, half a year later."""

    effect = forms.CharField(
        label=gettext_lazy("What it brought"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("What you counted, and what people say. Less than hoped is also news."),
    )
    field_order = ("effect", "led_to")
