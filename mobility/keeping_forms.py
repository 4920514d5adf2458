"""What a person may type about what to keep up with."""

from typing import ClassVar

from bwob.forms import LineField, RecordForm
from mobility.models import SavedSearch


class SavedSearchForm(RecordForm):
    """The name of a saved search, and whether news comes by mail."""

    class Meta:
        model = SavedSearch
        fields: ClassVar = ["name", "mail"]
        field_classes: ClassVar = {"name": LineField}
