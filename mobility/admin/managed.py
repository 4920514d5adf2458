from typing import Any

from django.contrib import messages
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bwob.people.models import Role, SignedInRequest
from bwob.sight import ScopedAdmin
from bwob.workflow import Refused


class ManagedAdmin(ScopedAdmin):
    """What the own organisation manages; everything is read-only here and changes by the acts of its
    process.
    """

    actions_on_bottom = False

    def may_see(self, user: Any) -> bool:
        return user.has_role(Role.HR, Role.PROGRAMME)

    def carry_out(self, request: SignedInRequest, records: list[Any], act: Any, sentence: Any) -> None:
        """Do one act on each record; say how many went well, and for the others why not."""
        done = 0
        for record in records:
            try:
                act(record)
                done += 1
            except Refused as refused:
                self.message_user(request, f"{record}: {refused.reason}", messages.WARNING)
        if done:
            self.message_user(request, sentence(done) % done, messages.SUCCESS)


def link(record: Any, label: str, url: str = "") -> SafeString:
    """To where it is worked on the site."""
    return format_html('<a href="{}">{}</a>', url or record.get_absolute_url(), label)
