from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _


class EraseForm(forms.Form):
    """Typing the own address shows that nobody erases an account by a slip."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("Type the address you sign in with, to confirm."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *words: Any, user: Any, **options: Any) -> None:
        super().__init__(*words, **options)
        self.user = user

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if email.casefold() != self.user.email.casefold():
            raise forms.ValidationError(_t("This is not the address you sign in with."))
        return email
