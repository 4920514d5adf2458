"""Two colleagues edit one record: the second sees both versions, and nothing is written over."""

import hashlib
import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from bwob.forms import RecordForm


def shown(value: Any) -> str:
    return (
        ", ".join(map(str, value)) if isinstance(value, list) else str("–" if value in (None, "") else value)
    )


class VersionedForm(RecordForm):
    """Knows which version of the record it showed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self.version(self.instance)

    def own_names(self) -> list[str]:
        fields = {field.name for field in self._meta.model._meta.concrete_fields}
        return [name for name in self.fields if name in fields]

    def version(self, record: models.Model) -> str:
        values = {name: getattr(record, self.key(name)) for name in self.own_names()}
        text = json.dumps(values, cls=DjangoJSONEncoder, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:20]

    def key(self, name: str) -> str:
        return str(self._meta.model._meta.get_field(name).attname)

    def clean(self) -> dict[str, Any]:
        """The row is locked until it is saved, so that nobody comes between."""
        cleaned = super().clean() or self.cleaned_data
        if not self.instance.pk or not cleaned.get("seen"):
            return cleaned
        rows: models.QuerySet = models.QuerySet(self._meta.model)  # the record itself came in by sight
        stored = rows.select_for_update(of=("self",)).get(pk=self.instance.pk)
        if self.version(stored) != cleaned["seen"]:
            typed: Any = self.data
            self.data = typed.copy()
            self.data["seen"] = self.version(stored)  # type: ignore[index]
            raise ValidationError(self.both_versions(stored))
        return cleaned

    def both_versions(self, stored: models.Model) -> str:
        lead = _("A colleague changed this meanwhile. Saving again puts your version in place of this:")
        pairs = [
            (self.fields[name].label, shown(getattr(stored, name)), shown(self.cleaned_data.get(name)))
            for name in self.own_names()
            if getattr(stored, name) != self.cleaned_data.get(name)
        ]
        lines = format_html_join("; ", _("{}: “{}”, and you typed “{}”"), pairs)
        return f"{lead} {lines}"
