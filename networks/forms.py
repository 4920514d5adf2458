"""What a person may type about networks."""

from typing import Any, ClassVar

from bwob.forms import RecordForm
from bwob.organisations.models import Organisation
from bwob.people.models import Role, User
from networks import rules
from networks.models import Network, Partnership


class TieForm(RecordForm):
    """A tie of a network. HR that does not speak for the network can tie the own organisation only."""

    class Meta:
        model = Partnership
        fields: ClassVar = ["kind", "organisation", "other"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        network = self.instance.network
        organisations, networks = self.fields["organisation"], self.fields["other"]
        networks.queryset = Network.objects.visible_to(user).existing().exclude(pk=network.pk)  # type: ignore[attr-defined]
        if rules.may_speak_for(user, network):
            organisations.queryset = Organisation.objects.current()  # type: ignore[attr-defined]
            return
        del self.fields["other"]
        own = [one.pk for one in user.organisations(Role.HR)]
        organisations.queryset = Organisation.objects.current().filter(pk__in=own)  # type: ignore[attr-defined]
        organisations.required = True
