"""What a person may type about cafés, and on the board of asks and offers."""

import datetime
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob.forms import LineField, RecordForm
from doetanks.forms.challenges import MomentInput
from doetanks.models import Cafe, CafeQuestion, Notice, NoticeReply


class CafeForm(RecordForm):
    """A café as its organiser plans it."""

    class Meta:
        model = Cafe
        fields: ClassVar = ["title", "text", "starts_at", "ends_at", "where", "call", "capacity"]
        field_classes: ClassVar = {"title": LineField, "where": LineField}
        widgets: ClassVar = {
            "text": forms.Textarea(attrs={"rows": 6}),
            "starts_at": MomentInput(),
            "ends_at": MomentInput(),
        }

    def clean_starts_at(self) -> datetime.datetime:
        moment = self.cleaned_data["starts_at"]
        if moment < timezone.now():
            raise ValidationError(_("This moment has passed. Choose a later one."))
        return moment


class CodeForm(forms.Form):
    """The code on the wall."""

    code = forms.CharField(label=gettext_lazy("Code"), max_length=20)


class QuestionForm(RecordForm):
    """A question left at a café."""

    class Meta:
        model = CafeQuestion
        fields: ClassVar = ["text"]
        field_classes: ClassVar = {"text": LineField}


class NoticeForm(RecordForm):
    """Something asked or offered."""

    class Meta:
        model = Notice
        fields: ClassVar = ["kind", "title", "text"]
        field_classes: ClassVar = {"title": LineField}
        widgets: ClassVar = {"kind": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 5})}


class ReplyForm(RecordForm):
    """An answer to a notice."""

    class Meta:
        model = NoticeReply
        fields: ClassVar = ["text"]
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 5})}
