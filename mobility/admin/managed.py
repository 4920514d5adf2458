from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from bwob.people.models import Role
from bwob.sight import ScopedAdmin


class ManagedAdmin(ScopedAdmin):
    """What the own organisation manages; everything is read-only here and changes by the acts of its
    process.
    """

    actions_on_bottom = False

    def may_see(self, user: Any) -> bool:
        return user.has_role(Role.HR, Role.PROGRAMME)


def link(record: Any, label: str, url: str = "") -> SafeString:
    """To where it is worked on the site."""
    return format_html('<a href="{}">{}</a>', url or record.get_absolute_url(), label)
