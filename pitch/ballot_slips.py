"""What the audience and the secretary of a final may type."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob.forms import LineField
from pitch import audience, showing
from pitch.models import AudienceRound, Entry


class PlanChoice(forms.ModelChoiceField):
    """One plan, named as the public may read it now."""

    widget = forms.RadioSelect

    def label_from_instance(self, obj: Entry) -> str:
        return showing.text_of(obj).title


class PlanChoices(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Entry) -> str:
        return f"{obj.number}. {showing.text_of(obj).title}"


class FinalForm(forms.Form):
    """Which plans are in the final, what gives a vote, and how many cards are handed out."""

    finalists = PlanChoices(Entry.objects.none(), label=gettext_lazy("Plans in the final"))
    ticket = forms.ChoiceField(
        label=gettext_lazy("What gives a vote"),
        choices=AudienceRound.Ticket.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("One of the two, so that nobody votes twice."),
    )
    codes = forms.IntegerField(
        label=gettext_lazy("Cards with a code"),
        min_value=0,
        max_value=audience.MOST_CODES,
        help_text=gettext_lazy("Only needed when a card gives a vote. You can add some later."),
    )

    def __init__(self, *args: Any, plans: QuerySet[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["finalists"].queryset = plans  # type: ignore[attr-defined]

    def clean(self) -> None:
        by_card = self.cleaned_data.get("ticket") == AudienceRound.Ticket.CARD
        if by_card and self.cleaned_data.get("codes") == 0:
            self.add_error("codes", _("When a card gives a vote, there must be cards."))


class OpeningForm(forms.Form):
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=1,
        max_value=180,
        initial=5,
        help_text=gettext_lazy("The vote closes by itself. Nobody can change this afterwards."),
    )


class VoteForm(forms.Form):
    """One vote; with the code on a card where that is what gives one."""

    entry = PlanChoice(Entry.objects.none(), label=gettext_lazy("Your favourite"), empty_label=None)
    code = LineField(
        label=gettext_lazy("Code on your card"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def __init__(self, *args: Any, plans: QuerySet[Entry], needs_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry"].queryset = plans  # type: ignore[attr-defined]
        if not needs_code:
            del self.fields["code"]

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if not audience.knows(code):
            raise ValidationError(_("We do not know this code. Check each letter."))
        return code
