"""The upload of a file of networks."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks import intake


class NetworkFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "GeoJSON or CSV as the list of networks gives it, at most 5 MB and 200 networks."
        ),
    )

    def clean_file(self) -> UploadedFile:
        """Its size is known before a byte is read; what cannot be used is refused here, with the reason."""
        upload = self.cleaned_data["file"]
        if upload.size > intake.MAX_BYTES:
            raise ValidationError(_("This file is larger than 5 MB."))
        self.content = upload.read()
        try:
            self.rows = intake.read(self.content)
        except intake.Unreadable as error:
            raise ValidationError(str(error)) from error
        return upload
