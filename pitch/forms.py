"""What a person may type in PITCH."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob import forms as portal_forms
from bwob.forms import LineField, RecordForm
from bwob.organisations.models import Organisation
from pitch import attaching
from pitch.models import (
    Attachment,
    BlindVersion,
    Conflict,
    Entry,
    Objection,
    Realisation,
    Rules,
    StatusReport,
)
from pitch.models.entries import TEXTS

LONG: dict[str, Any] = {
    "summary": forms.Textarea(attrs={"rows": 2}),
    "problem": forms.Textarea(attrs={"rows": 5}),
    "idea": forms.Textarea(attrs={"rows": 8}),
    "beneficiaries": forms.Textarea(attrs={"rows": 3}),
    "needs": forms.Textarea(attrs={"rows": 3}),
    "first_step": forms.Textarea(attrs={"rows": 3}),
}


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """The browser's own field for a day and a time."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class EntryForm(RecordForm):
    """A plan as its team writes it."""

    class Meta:
        model = Entry
        fields: ClassVar = [*TEXTS[:2], "theme", *TEXTS[2:], "language"]
        field_classes: ClassVar = {"title": LineField, "summary": LineField}
        widgets: ClassVar = LONG


class EntryDraftForm(EntryForm):
    """The same, to keep for later: only the name has to be there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TEXTS[1:]:
            self.fields[name].required = False


class BlindForm(forms.ModelForm):
    """A plan without names, as the secretary writes it."""

    class Meta:
        model = BlindVersion
        fields: ClassVar = TEXTS
        field_classes: ClassVar = {"title": LineField, "summary": LineField}
        widgets: ClassVar = LONG


class AddressForm(forms.Form):
    """Whom to ask, by e-mail address."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)


class AttachmentForm(forms.Form):
    """A picture or a PDF; what it is, is read from its content."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A picture (PNG, JPEG, WebP) or a PDF, at most 5 MB. Names in it are not taken out."
        ),
    )

    def clean_file(self) -> UploadedFile:
        upload = self.cleaned_data["file"]
        if upload.size > Attachment.MAX_BYTES:
            raise ValidationError(_("This file is larger than 5 MB."))
        if not attaching.kind_of(upload.read()):
            raise ValidationError(_("This is no PNG, JPEG, WebP or PDF, whatever its name says."))
        upload.seek(0)
        return upload


class ReasonForm(portal_forms.ReasonForm):
    """Shorter here, and called a reason."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("In plain words, at most 500 characters."),
    )


class AdmissionForm(ReasonForm):
    """The secretary's ruling on a plan."""

    ruling = forms.ChoiceField(
        label=gettext_lazy("Your ruling"),
        choices=[
            ("admit", gettext_lazy("It takes part")),
            ("send_back", gettext_lazy("Something has to be mended; the team has three days")),
            ("reject", gettext_lazy("It does not take part")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("ruling", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, required=False, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("ruling") in ("send_back", "reject") and not data.get("reason"):
            self.add_error("reason", _("Say why: the team reads it."))
        return data


class InterestForm(forms.ModelForm):
    """A member of the jury reports an interest in a plan."""

    class Meta:
        model = Conflict
        fields: ClassVar = ["kind", "explanation"]
        widgets: ClassVar = {"kind": forms.RadioSelect}
        help_texts: ClassVar = {"explanation": gettext_lazy("Only the secretary reads this.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.choices = [(kind.value, kind.label) for kind in Conflict.Kind]


class RulingForm(ReasonForm):
    """The secretary's ruling on an interest."""

    ruling = forms.ChoiceField(
        label=gettext_lazy("Your ruling"),
        choices=[
            ("recuse", gettext_lazy("Does not judge this plan")),
            ("dismiss", gettext_lazy("May judge this plan")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("ruling", "reason")


class BallotForm(forms.Form):
    """Scores for one plan. A draft may miss some; a ballot may not."""

    interest = forms.ChoiceField(
        label=gettext_lazy("Do you have a tie with this plan?"),
        choices=[
            ("no", gettext_lazy("No, I have no tie")),
            ("yes", gettext_lazy("Yes, I want to report it")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say first whether you have a tie with this plan.")},
    )
    motivation = forms.CharField(
        label=gettext_lazy("Motivation"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("The team reads this after the result, without your name."),
    )

    def __init__(self, *args: Any, rules: Rules, is_draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(rules.criteria.all())
        self.fields["interest"].required = not is_draft
        self.fields["motivation"].required = rules.needs_motivation and not is_draft
        for criterion in self.criteria:
            self.fields[self.name_of(criterion)] = forms.TypedChoiceField(
                label=criterion.name,
                choices=criterion.levels,
                coerce=int,
                empty_value=None,
                required=not is_draft,
                widget=forms.RadioSelect,
                error_messages={"required": _("Give a score for %s.") % criterion.name},
            )

    @staticmethod
    def name_of(criterion: Any) -> str:
        return f"score_{criterion.key}"

    def scores(self) -> dict[str, int]:
        """What was given so far, by the short name of the criterion."""
        given = {one.key: self.cleaned_data.get(self.name_of(one)) for one in self.criteria}
        return {key: score for key, score in given.items() if score is not None}


class KeyForm(forms.Form):
    """The key of a holder, as it was shown once."""

    code = forms.CharField(
        label=gettext_lazy("Your key"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text=gettext_lazy("Eight groups of four. Blanks and dashes do not matter."),
    )


class ExtensionForm(ReasonForm):
    """More time for the jury."""

    until = forms.DateTimeField(label=gettext_lazy("New last moment"), widget=MomentInput())
    field_order = ("until", "reason")

    def clean_until(self) -> datetime.datetime:
        until = self.cleaned_data["until"]
        if until <= timezone.now():
            raise ValidationError(_("This moment has passed."))
        return until


class DecisionForm(forms.Form):
    """What the jury decides after its talk."""

    winner = forms.ModelChoiceField(
        label=gettext_lazy("Winner"),
        queryset=Entry.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    honourable = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Honourable mention"),
        queryset=Entry.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = forms.CharField(
        label=gettext_lazy("Words of the jury"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    deviation = forms.CharField(
        label=gettext_lazy("Why another winner than the count?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Leave empty if you follow the count. Otherwise everybody reads this."),
    )

    def __init__(self, *args: Any, plans: Any, counted: Entry | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counted = counted
        for name in ("winner", "honourable"):
            field: Any = self.fields[name]
            field.queryset = plans

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        winner = data.get("winner")
        if winner and winner != self.counted and not data.get("deviation"):
            self.add_error("deviation", _("The jury chooses another winner than the count. Say why."))
        if winner and winner in data.get("honourable", []):
            self.add_error("honourable", _("The winner does not get an honourable mention as well."))
        return data


class ObjectionForm(forms.ModelForm):
    class Meta:
        model = Objection
        fields: ClassVar = ["text"]
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 6})}


class AnswerForm(ReasonForm):
    """The chair's answer to an objection."""

    ruling = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[
            ("dismiss", gettext_lazy("The result stands")),
            ("uphold", gettext_lazy("The team is right: the jury meets again")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("ruling", "reason")


class RealisationForm(forms.ModelForm):
    """Who makes a plan that won possible."""

    class Meta:
        model = Realisation
        fields: ClassVar = ["sponsor", "promise"]
        widgets: ClassVar = {"promise": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sponsors: Any = self.fields["sponsor"]
        sponsors.queryset = Organisation.objects.current()


class MilestoneForm(forms.Form):
    title = LineField(label=gettext_lazy("What will be there"), max_length=120)
    due_on = forms.DateField(label=gettext_lazy("On"), widget=DateInput())


class ReportForm(forms.ModelForm):
    """A word on how it goes."""

    class Meta:
        model = StatusReport
        fields: ClassVar = ["course", "text"]
        widgets: ClassVar = {"course": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        course: Any = self.fields["course"]
        course.choices = [(one.value, one.label) for one in StatusReport.Course]
