"""What a person may type about a place that goes on or has ended."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from mobility.forms import DateInput
from mobility.models import Evaluation
from mobility.models.evaluations import Outcome


class LastDayForm(forms.Form):
    """Another last day: later for a longer stay, earlier for an end before its time."""

    ends_on = forms.DateField(label=gettext_lazy("New last day"), widget=DateInput())


class LastDayAnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[("agree", gettext_lazy("I agree")), ("stay", gettext_lazy("Leave the last day as it is"))],
        widget=forms.RadioSelect,
    )


class EvaluationForm(forms.ModelForm):
    """Looking back: what it brought, in a few choices and own words."""

    outcomes = forms.MultipleChoiceField(
        label=gettext_lazy("What did it bring?"),
        choices=Outcome.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Evaluation
        fields: ClassVar = ["outcomes", "words", "may_publish"]
        widgets: ClassVar = {"words": forms.Textarea(attrs={"rows": 5})}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if Outcome.NOTHING in data.get("outcomes", []) and len(data["outcomes"]) > 1:
            self.add_error("outcomes", gettext_lazy("“Nothing that lasts” does not go with another choice."))
        return data
