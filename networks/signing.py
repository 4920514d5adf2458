"""The link in the yearly mail with which somebody confirms a network, without signing in."""

from django.core import signing

from networks.models import Network

SALT = "networks.confirm"


def token(network: Network) -> str:
    """It counts until somebody has confirmed."""
    return signing.dumps([network.pk, network.confirmed_on.isoformat()], salt=SALT)


def network_of(text: str) -> Network | None:
    """The network that a link belongs to, confirmed since or not; None for a forged or outdated one."""
    try:
        pk, confirmed_on = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    found = Network.objects.unsure().with_names()
    return found.filter(pk=pk, confirmed_on=confirmed_on).first()
