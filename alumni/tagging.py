"""Tags with which HR finds people back; the alumnus sees them."""

from django.utils.translation import gettext as _

from alumni.models import Alumnus
from bwob import history
from bwob.people.models import User
from bwob.workflow import Refused

MOST = 10


def add(alumnus: Alumnus, tag: str, *, by: User) -> None:
    """Add a tag, once."""
    tags = list(dict.fromkeys([*alumnus.tags, " ".join(tag.split())]))
    if len(tags) > MOST:
        raise Refused(_("Somebody has at most ten tags."), alumnus)
    with history.because(by=by):
        Alumnus.objects.filter(pk=alumnus.pk).update(tags=tags)
