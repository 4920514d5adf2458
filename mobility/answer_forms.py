"""What HR types in an answer to applicants, and the texts with which answers begin."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob.forms import LineField, ReasonForm, RecordForm
from bwob.people.models import User
from mobility import sentences
from mobility.forms import finished, only_known_words, only_own
from mobility.models import AnswerText, Application, Exchange


class AnswerForm(ReasonForm):
    """A message to one or more applicants, or to all of an exchange; words in brackets are filled in."""

    def __init__(
        self, *args: Any, about: Sequence[Application | Exchange] = (), by: User, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.about, self.by = about, by

    def clean_reason(self) -> str:
        reason = self.cleaned_data["reason"]
        for one in self.about:
            self.finish(reason, one)
        return reason

    def text_for(self, about: Application | Exchange) -> str:
        return self.finish(self.cleaned_data["reason"], about)

    def finish(self, text: str, about: Application | Exchange) -> str:
        return finished(text, about, by=self.by, at_most=1000)


class DeclineForm(AnswerForm):
    """A no, with one reason from the list; the applicant reads both."""

    code = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[(code.value, code.label) for code in Application.HR_CODES],
        widget=forms.RadioSelect,
    )
    field_order = ("code", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, required=False, **kwargs)


class OwnerForm(forms.Form):
    """Who becomes a co-owner of an exchange."""

    person = forms.ChoiceField(label=gettext_lazy("Colleague"))

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        field: Any = self.fields["person"]
        field.choices = [("", "–"), *((str(one.pk), one.full_name) for one in people)]

    @property
    def chosen(self) -> User:
        return next(one for one in self.people if str(one.pk) == self.cleaned_data["person"])


class AnswerTextForm(RecordForm):
    """A text for answers, as HR writes it for the own organisation."""

    class Meta:
        model = AnswerText
        fields: ClassVar = ["organisation", "act", "title", "text", "language"]
        field_classes: ClassVar = {"title": LineField}
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_own(self.fields["organisation"], user, "hr")
        facts = {
            "all": ", ".join(sentences.words()),
            "fewer": ", ".join(sentences.words(applicant=False)),
        }
        self.fields["text"].help_text = (
            _(
                "Put nothing about a person in it. These words are filled in: %(all)s. "
                "Whoever withdraws an exchange or asks for contact can use %(fewer)s."
            )
            % facts
        )

    def clean_text(self) -> str:
        act = self.cleaned_data.get("act")
        only_known_words(self.cleaned_data["text"], applicant=act in AnswerText.TO_APPLICANTS)
        return self.cleaned_data["text"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        organisation = data.get("organisation")
        is_new = self.instance.pk is None
        if is_new and organisation and organisation.answer_texts.count() >= AnswerText.AT_MOST:
            raise ValidationError(_("An organisation has at most %d texts.") % AnswerText.AT_MOST)
        return data
