"""What people may type about themselves: their name in parts (rule R11) and their address at work."""

import unicodedata
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from bwob.forms import RecordForm
from bwob.organisations.models import Organisation
from bwob.people import verifying
from bwob.people.models import User

JOINERS = "\u200c\u200d"
LINK_SIGNS = ":/@"


class NameField(forms.CharField):
    """Part of a name: one spelling for equal letters, single spaces, and nothing that cannot be seen.

    A sign that turns the direction of writing could make a name look like another one, and a name with an
    address in it would turn our mails into somebody's advertisement: both are refused.
    """

    def to_python(self, value: Any) -> str:
        return " ".join(unicodedata.normalize("NFC", super().to_python(value) or "").split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if any(
            unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co") and sign not in JOINERS for sign in value
        ):
            raise forms.ValidationError(_t("This contains a sign that cannot be seen. Type the name again."))
        if any(sign in value for sign in LINK_SIGNS):
            raise forms.ValidationError(_t("A name has no : / or @ in it."))


def name_field(label: Any, token: str, **facts: Any) -> NameField:
    widget = forms.TextInput(attrs={"autocomplete": token}) if token else forms.TextInput()
    return NameField(label=label, widget=widget, **({"max_length": 197} | facts))


class SignupForm(forms.Form):
    """The name asked beside e-mail address and password at sign-up (allauth calls `signup`)."""

    given_name = name_field(_("Given name"), "given-name")
    name_prefix = name_field(
        _("Name prefix"), "", max_length=40, required=False, help_text=_("As in “van der”.")
    )
    family_name = name_field(
        _("Family name"), "family-name", required=False, help_text=_("Leave empty if you have one name only.")
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        for name in ("given_name", "name_prefix", "family_name"):
            setattr(user, name, self.cleaned_data[name])
        user.language = get_language() or user.language
        user.save()


class ProfileForm(RecordForm):
    class Meta:
        model = User
        fields: ClassVar = ["given_name", "name_prefix", "family_name", "language"]
        field_classes: ClassVar = dict.fromkeys(["given_name", "name_prefix", "family_name"], NameField)
        widgets: ClassVar = {
            "given_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "family_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
        }
        help_texts: ClassVar = {"language": _("For the portal and for our mails to you.")}


class WorkAddressForm(forms.Form):
    email = forms.EmailField(
        label=_("Your address at work"),
        max_length=254,
        help_text=_("We mail a link to it. With that link you show that you work there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organisation: Organisation

    def clean_email(self) -> str:
        """Only the domain is judged here: whether somebody else has the address is told by mail only."""
        email = self.cleaned_data["email"].lower()
        organisation = verifying.organisation_of(email)
        if organisation is None:
            sentence = _t(
                "We do not know %(domain)s as the domain of an organisation. Use your address at work. Is it "
                "that already? Then ask the HR adviser of your organisation to let us add the domain."
            )
            raise forms.ValidationError(
                sentence % {"domain": email.rpartition("@")[2]}, code="unknown_domain"
            )
        self.organisation = organisation
        return email
