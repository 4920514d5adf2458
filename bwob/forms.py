"""Forms that lose nothing: one look for all fields, constraints checked whole, typed text kept (rule R7)."""

import unicodedata
import uuid
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy

KEPT = "kept_text"
JOINERS = "\u200c\u200d"
UNSEEN = ("Cc", "Cf", "Cs", "Co")  # control, format, surrogate, private use
KEEP_AT_MOST = 100_000  # characters, over all fields


class PortalRenderer(TemplatesSetting):
    """Renders every form and field through `templates/django/forms/`."""

    form_template_name = "django/forms/div.html"
    field_template_name = "django/forms/field.html"


def visible(text: str) -> str:
    """One line of it, without signs that cannot be seen.

    A sign that turns the direction of writing makes one text look like another. Joiners are part of letters.
    """
    kept = (
        sign
        for sign in unicodedata.normalize("NFC", text)
        if sign.isspace() or sign in JOINERS or unicodedata.category(sign) not in UNSEEN
    )
    return " ".join("".join(kept).split())


class LineField(forms.CharField):
    """A line of text as one sees it; line ends become spaces."""

    def to_python(self, value: Any) -> str:
        return visible(super().to_python(value) or "")


class RecordForm(forms.ModelForm):
    """A ModelForm that checks all database constraints, also those that touch a field not on the form.

    Django skips a constraint when one of its fields is excluded. The record has those fields already, so
    only a field that is in error itself is left out. The sentence is shown at the field that its code names.
    """

    def validate_constraints(self) -> None:
        try:
            self.instance.validate_constraints(exclude=set(self.errors))
        except ValidationError as problem:
            for name, errors in problem.error_dict.items():
                for error in errors:
                    places = [field for field in (name, error.code) if field in self.fields]
                    self.add_error(places[0] if places else None, error)


def fill[F: forms.BaseForm](form_class: type[F], request: HttpRequest, **options: Any) -> F:
    """The form with what was posted, or else with what this person typed here before signing in again."""
    if request.method == "POST":
        return form_class(as_typed(request.POST), request.FILES, **options)
    return form_class(initial=options.pop("initial", {}) | kept_text(request), **options)


def as_typed(posted: QueryDict) -> QueryDict:
    """With one character for each line end, as the browser counted it: it sends two, which limits forget."""
    typed = posted.copy()
    for name, values in posted.lists():
        typed.setlist(name, [value.replace("\r\n", "\n") for value in values])
    return typed


def numbers(texts: list[str]) -> set[int]:
    """The keys of records that a list of checkboxes posted; what is no number is left out."""
    return {int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 19}


def key_for(user: Any) -> str:
    """A signed key for one showing of a form: whose it is, and which submission it will be."""
    return signing.dumps([user.pk, uuid.uuid4().hex], salt="form-key")


def read_key(text: str) -> tuple[int | None, str] | None:
    try:
        owner, key = signing.loads(text, salt="form-key")
    except signing.BadSignature:
        return None
    return owner, key


def keep_text(request: HttpRequest) -> None:
    """The session ended while somebody typed: keep the text over the sign-in, for the one who typed it.

    The form's key says who that is; without one it could come before somebody else's eyes, and is not kept.
    """
    key = read_key(request.POST.get("form_key", ""))
    fields = {
        name: request.POST.getlist(name)
        for name in request.POST
        if name not in ("csrfmiddlewaretoken", "form_key")
    }
    if key and sum(len(value) for values in fields.values() for value in values) <= KEEP_AT_MOST:
        request.session[KEPT] = {"path": request.path, "owner": key[0], "fields": fields}


def kept_text(request: HttpRequest) -> dict[str, Any]:
    """What was kept for this page and this person, once; nothing for anybody else."""
    kept = request.session.get(KEPT)
    if not kept or kept["path"] != request.path or kept["owner"] != request.user.pk:
        return {}
    del request.session[KEPT]
    return {
        name: values if len(values) > 1 else values[0] for name, values in kept["fields"].items() if values
    }


class ReasonForm(forms.Form):
    """A few words that the other side reads, and that stay in the history."""

    reason = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("In plain words, at most 1,000 characters."),
    )

    def __init__(self, *args: Any, required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = required
