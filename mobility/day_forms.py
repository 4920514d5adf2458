"""What a person may type about career days and their scripts."""

import datetime
import re
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob.forms import LineField, RecordForm, visible
from bwob.people.models import User
from mobility.forms import DateInput, only_own
from mobility.models import CareerDay, DayFeedback, Script
from mobility.models.scripts import ORGANISERS

SESSION = re.compile(r"(\d{1,2})[:.](\d\d)\s*[-–]\s*(\d{1,2})[:.](\d\d)\s+(.+)")
STEP = re.compile(r"(-?\d{1,2})\s*:\s*(.+)")
MOST_LINES = 60


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class LinesField(forms.CharField):
    """One thing on each line; `understood` turns a line into a value, or None when it cannot."""

    widget = forms.Textarea

    def __init__(self, *, example: str, **kwargs: Any) -> None:
        self.example = example
        super().__init__(max_length=12_000, **kwargs)

    def understood(self, line: str) -> Any:
        raise NotImplementedError

    def to_python(self, value: Any) -> Any:
        lines = [line for line in map(visible, (value or "").splitlines()) if line]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_("At most %d lines.") % MOST_LINES)
        found = [(line, self.understood(line)) for line in lines]
        for line, value_of_line in found:
            if value_of_line is None:
                facts = {"line": line[:60], "example": self.example}
                raise forms.ValidationError(
                    _("This line is not understood: “%(line)s”. Write: %(example)s") % facts
                )
        return [value_of_line for _line, value_of_line in found]

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """The length is checked by the number of lines."""


class ProgrammeField(LinesField):
    """ "10:00-10:45 A walk through the building" on each line."""

    def understood(self, line: str) -> tuple[datetime.time, datetime.time, str] | None:
        match = SESSION.fullmatch(line)
        if not match:
            return None
        first_hour, first_minute, last_hour, last_minute, title = match.groups()
        try:
            first = datetime.time(int(first_hour), int(first_minute))
            last = datetime.time(int(last_hour), int(last_minute))
        except ValueError:
            return None
        return (first, last, title[:200]) if first < last else None


class StepsField(LinesField):
    """ "8: Reserve a room" on each line: so many weeks before the day; below zero is after it."""

    def understood(self, line: str) -> tuple[int, str] | None:
        match = STEP.fullmatch(line)
        return (int(match[1]), match[2][:300]) if match else None


class CareerDayForm(RecordForm):
    programme = ProgrammeField(
        example="10:00-10:45 Rondleiding",
        label=gettext_lazy("Programme"),
        required=False,
        help_text=gettext_lazy("One part on each line, such as: 10:00-10:45 A walk through the building"),
    )

    class Meta:
        model = CareerDay
        fields: ClassVar = [
            *("organisation", "kind", "title", "summary", "about", "held_on", "starts_at", "ends_at"),
            *("place", "venue", "is_online", "online_url", "capacity"),
        ]
        field_classes: ClassVar = {"title": LineField, "summary": LineField, "venue": LineField}
        widgets: ClassVar = {
            "kind": forms.RadioSelect,
            "about": forms.Textarea(attrs={"rows": 7}),
            "held_on": DateInput(),
            "starts_at": TimeInput(),
            "ends_at": TimeInput(),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_own(self.fields["organisation"], user, *ORGANISERS)
        if self.instance.pk:
            self.fields["programme"].initial = "\n".join(map(str, self.instance.sessions.all()))

    def clean_held_on(self) -> datetime.date:
        held_on = self.cleaned_data["held_on"]
        if held_on < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. Choose today or later."))
        return held_on


class ScriptForm(RecordForm):
    steps = StepsField(
        example="8: Zaal vastleggen",
        label=gettext_lazy("What to do, and when"),
        help_text=gettext_lazy(
            "One thing on each line, with the number of weeks before the day: “8: Reserve a room”. "
            "After the day is below zero: “-1: Thank everybody”."
        ),
    )

    class Meta:
        model = Script
        fields: ClassVar = ["title", "day", "lessons"]
        field_classes: ClassVar = {"title": LineField}
        widgets: ClassVar = {"lessons": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].queryset = CareerDay.objects.manageable_by(user).filter(  # type: ignore[attr-defined]
            organisation=self.instance.organisation
        )
        self.fields["steps"].widget.attrs["rows"] = 12
        if self.instance.pk:
            steps = self.instance.steps.all()
            self.fields["steps"].initial = "\n".join(f"{step.weeks}: {step.text}" for step in steps)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code of the day"),
        max_length=12,
        help_text=gettext_lazy("Six letters and digits. You see it in the room or on the screen."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class FeedbackForm(RecordForm):
    class Meta:
        model = DayFeedback
        fields: ClassVar = ["grade", "learned", "better"]
        widgets: ClassVar = {
            "grade": forms.Select(choices=[("", "–"), *((n, str(n)) for n in range(10, 0, -1))]),
            "learned": forms.Textarea(attrs={"rows": 4}),
            "better": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts: ClassVar = {
            "grade": gettext_lazy("From 1 to 10."),
            "better": gettext_lazy("The organisers read this without your name. Name no people."),
        }
