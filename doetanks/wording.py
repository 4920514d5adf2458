"""Facts of a challenge in a few words, as pages and mails show them."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def hours(number: int) -> str:
    return ngettext("%d hour a week", "%d hours a week", number) % number


def places(number: int) -> str:
    return ngettext("%d place", "%d places", number) % number


def region(place: Any) -> str:
    return str(place) if place else _("Whole country")
