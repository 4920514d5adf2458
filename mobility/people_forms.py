"""What one may ask when looking for people, and what one writes to them."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from bwob.forms import RecordForm
from bwob.people.models import User
from mobility.filters import LONGEST, TextField
from mobility.forms import finished
from mobility.models import ContactRequest, Exchange
from mobility.nearby import gazetteer

ANY = ("", _("Any"))


class PeopleForm(forms.Form):
    """The search for people. What makes no sense is left out, as in any search."""

    skill = TextField(label=_("Skill"), required=False, max_length=LONGEST)
    field = forms.ChoiceField(
        label=_("Field of work"), required=False, choices=[ANY, *Exchange.Field.choices]
    )
    kind = forms.ChoiceField(label=_("Looks for"), required=False, choices=[ANY, *Exchange.Kind.choices])
    region = forms.ChoiceField(label=_("Region"), required=False)
    after = forms.RegexField(r"^[0-9a-f]{32}$", required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        known = gazetteer().regions
        self.fields["region"].choices = [ANY, *((code, region.name) for code, region in known.items())]  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, str]:
        """What was understood, by key."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def boxes(self) -> list[forms.BoundField]:
        return [self[name] for name in ("skill", "field", "kind", "region")]


class AskForm(RecordForm):
    """A request for contact, about an open exchange that the asker manages."""

    class Meta:
        model = ContactRequest
        fields: ClassVar = ["exchange", "message"]
        widgets: ClassVar = {"message": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = user
        field: Any = self.fields["exchange"]
        field.queryset = Exchange.objects.manageable_by(user).open().order_by("title")
        self.own = list(field.queryset)
        if len(self.own) == 1:
            field.initial = self.own[0].pk

    def clean_message(self) -> str:
        """With the words in brackets filled in, once the exchange is known."""
        message, exchange = self.cleaned_data["message"], self.cleaned_data.get("exchange")
        return finished(message, exchange, by=self.by, at_most=600) if exchange else message

    def validate_constraints(self) -> None:
        """The act says itself that somebody was asked before: the form does not know who is asked."""
