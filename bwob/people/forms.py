from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from bwob.people.models import User


class SignupForm(forms.Form):
    """The name asked beside e-mail address and password at sign-up (allauth calls `signup`)."""

    given_name = forms.CharField(label=_("Given name"), max_length=197)
    name_prefix = forms.CharField(
        label=_("Name prefix"), max_length=40, required=False, help_text=_("As in “van der”.")
    )
    family_name = forms.CharField(
        label=_("Family name"),
        max_length=197,
        required=False,
        help_text=_("Leave empty if you have one name only."),
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        for name in ("given_name", "name_prefix", "family_name"):
            setattr(user, name, self.cleaned_data[name])
        user.save()
