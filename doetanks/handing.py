"""What began on another page of the portal: challenges that name it as their origin."""

from typing import Any

from django.utils.translation import gettext as _

from bwob import onward
from doetanks.models import Challenge


@onward.begins
def begun(user: Any, path: str) -> list[onward.Sequel]:
    challenges = Challenge.objects.visible_to(user).filter(came_from=path).order_by("pk")
    return [onward.Sequel(_("A Doetank"), one.title, one.get_absolute_url()) for one in challenges]
