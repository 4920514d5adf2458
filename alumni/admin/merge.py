"""Two records side by side, to be put together or not."""

import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alumni import merging, rules
from alumni.models import Alumnus
from bwob.people.models import SignedInRequest
from bwob.sight import ScopedAdmin

COMPARED = ("email", "department", "left_on", "region", "state", "origin", "confirmed_at")


class MergeForm(forms.Form):
    """Which address stays."""

    email = forms.ChoiceField(label=gettext_lazy("Which address stays?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, pair: list[Alumnus], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["email"]
        field.choices = [(one.email, one.email) for one in pair]


def in_words(alumnus: Alumnus, name: str) -> str:
    value = getattr(alumnus, name)
    shown = getattr(alumnus, f"get_{name}_display", None)
    if isinstance(value, datetime.date):
        return date_format(value, "j F Y")
    return str((shown() if shown else value) or "–")


class MergeActions(ScopedAdmin):
    @admin.action(description=gettext_lazy("Put two records together"))
    def merge(self, request: SignedInRequest, queryset: QuerySet[Alumnus]) -> HttpResponse | None:
        pair = [one for one in queryset[:3] if rules.may_work_on(request.user, one)]
        if len(pair) != 2 or pair[0].network_id != pair[1].network_id:
            self.message_user(request, _("Choose two records of one network."), messages.WARNING)
            return None
        form = MergeForm(request.POST if "confirmed" in request.POST else None, pair=pair)
        if form.is_valid():
            kept = merging.merge(*pair, email=form.cleaned_data["email"], by=request.user)
            self.message_user(request, _("The records of %s are one now.") % kept, messages.SUCCESS)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Is this one person?"),
            "pair": pair,
            "rows": [self._compared(name, pair) for name in COMPARED] + [self._consents(pair)],
            "form": form,
            "opts": self.opts,
            "action": "merge",
        }
        return TemplateResponse(request, "admin/alumni/merge.html", context)

    def _compared(self, name: str, pair: list[Alumnus]) -> tuple[Any, list[str], bool]:
        """A fact of both: its name, both values in words, and whether they differ."""
        field: Any = Alumnus._meta.get_field(name)
        texts = [in_words(one, name) for one in pair]
        return field.verbose_name, texts, len(set(texts)) > 1

    def _consents(self, pair: list[Alumnus]) -> tuple[str, list[str], bool]:
        texts = ["; ".join(map(str, one.consents.all())) or "–" for one in pair]
        return _("consents"), texts, len(set(texts)) > 1
