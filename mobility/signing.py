"""The signed links with which a manager answers, without an account. A newer link makes an older one void."""

from django.core import signing

from mobility.models import Agreement, Application, RingPlace

SALT = "mobility.manager"
RING_SALT = "mobility.ring-manager"
LENDER_SALT = "mobility.lender"


def manager_token(application: Application) -> str:
    return signing.dumps([application.key.hex, _moment(application)], salt=SALT)


def application_of(token: str) -> Application | None:
    """The application a manager's link belongs to; None for a forged, outdated or erased one."""
    try:
        key, moment = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    application = Application.objects.with_names().filter(key=key).first()
    return application if application and _moment(application) == moment else None


def _moment(application: Application) -> str:
    return application.asked_manager_at.isoformat() if application.asked_manager_at else ""


def place_token(place: RingPlace) -> str:
    return signing.dumps([place.pk, _asked(place)], salt=RING_SALT)


def place_of(token: str) -> RingPlace | None:
    """The place in a ring that a manager's link belongs to; None for a forged, outdated or erased one."""
    try:
        number, moment = signing.loads(token, salt=RING_SALT)
    except signing.BadSignature:
        return None
    place = RingPlace.objects.with_names().filter(pk=number).first()
    return place if place and _asked(place) == moment else None


def _asked(place: RingPlace) -> str:
    return place.asked_manager_at.isoformat() if place.asked_manager_at else ""


def agreement_token(agreement: Agreement) -> str:
    """For who speaks for the lender without an account; it holds the hash of the text it was sent for."""
    return signing.dumps([agreement.key.hex, agreement.sha256], salt=LENDER_SALT)


def agreement_of(token: str) -> Agreement | None:
    """The agreement that a lender's link belongs to; None for a forged or erased one."""
    try:
        key, sha256 = signing.loads(token, salt=LENDER_SALT)
    except signing.BadSignature:
        return None
    return Agreement.objects.with_names().filter(key=key, sha256=sha256).first()
