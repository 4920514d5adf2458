"""What a person may type about an agreement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from mobility import agreement_text
from mobility.models import Agreement


class AgreementForm(forms.Form):
    """A text for each clause; all are needed, since a gap is what people quarrel about."""

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, title in agreement_text.headings().items():
            self.fields[name] = forms.CharField(
                label=title,
                max_length=2000,
                initial=agreement.clauses.get(name, ""),
                widget=forms.Textarea(attrs={"rows": 3}),
            )


class ConsentForm(forms.Form):
    """A yes to the text that was on screen, which its hash names."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    has_read = forms.BooleanField(label=gettext_lazy("I have read the text and agree"))

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = agreement.sha256


class LenderForm(ConsentForm):
    """The answer by a signed link: a yes to the text, or a no with its reason."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[("agree", gettext_lazy("I agree")), ("refuse", gettext_lazy("I do not agree"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why not?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("answer", "reason", "seen")

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, agreement=agreement, **kwargs)
        del self.fields["has_read"]
