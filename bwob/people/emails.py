"""The mails about an account and its work address."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from bwob import dutch, mail
from bwob.people.models import AddressClaim, User, WorkAddress

NOTICES = {
    "email_changed": _("The e-mail address of your account has been changed."),
    "email_confirm": _("An e-mail address of your account has been confirmed."),
    "email_deleted": _("An e-mail address has been removed from your account."),
    "password_changed": _("Your password has been changed."),
    "password_reset": _("You have a new password."),
    "password_set": _("You have a password now."),
    "recovery_codes_generated": _("You have new recovery codes. The old ones no longer work."),
    "totp_activated": _("Signing in now asks for a code of your authenticator app."),
    "totp_deactivated": _("Signing in no longer asks for a code of your authenticator app."),
    "webauthn_added": _("A passkey or security key has been added to your account."),
    "webauthn_removed": _("A passkey or security key has been removed from your account."),
    "account_connected": _("You can now also sign in with the account of your employer."),
    "account_disconnected": _("You can no longer sign in with the account of your employer."),
}


def link(claim: AddressClaim) -> None:
    """To an address that somebody says to have at work: the link that proves it, for a day."""
    context = {
        "name": claim.user.full_name,
        "organisation": claim.organisation.name,
        "url": page("people:confirm_address", claim.user.language, claim.token),
    }
    _send("work_address", claim.user, claim.email, f"claim {claim.stamp}", context)


def warning(address: WorkAddress, *, on: datetime.date) -> None:
    """To the owner of a work address, when somebody else says to have it; a mail reader shows one a day."""
    context = {"url": page("people:work_address", address.user.language)}
    _send("work_address_taken", address.user, address.email, f"taken {address.pk} {on}", context)


def reminder(address: WorkAddress) -> None:
    """To a work address of which the proof lapses within two weeks: the link that renews it until then."""
    with translation.override(address.user.language):
        until = dutch.date_text(timezone.localtime(address.expires_at).date())
    context = {
        "organisation": address.organisation.name,
        "url": page("people:confirm_address", address.user.language, address.token),
        "until": until,
    }
    _send("work_address_lapses", address.user, address.email, f"lapses {address.stamp}", context)


def about_signing_in(name: str, to: str, language: str, context: dict[str, Any]) -> None:
    """Send at once the mail that allauth calls `name`; its docstring below says to whom and when."""
    if name in NOTICES:
        notice(name, to, language)
    elif name == "password_reset_key":
        new_password(to, language, context["uid"], context["key"])
    elif name == "account_already_exists":
        account_exists(to, language)
    elif name == "unknown_account":
        no_account(to, language)
    else:
        code(to, language, context["code"])


def notice(name: str, to: str, language: str) -> None:
    """To the owner of an account, after a change to how one signs in: so that a stranger's change shows."""
    with translation.override(language):
        change = str(NOTICES[name])
    _send_now(
        "account_changed", to, language, {"change": change, "url": page("account_reset_password", language)}
    )


def code(to: str, language: str, number: str) -> None:
    """To an address that somebody signs up with or adds: the code that proves it, for 15 minutes."""
    _send_now("code", to, language, {"code": number})


def account_exists(to: str, language: str) -> None:
    """To the owner of an account, when somebody signs up with the same address: the screen does not tell."""
    _send_now("account_exists", to, language, {"url": page("account_reset_password", language)})


def no_account(to: str, language: str) -> None:
    """To an address without an account, when somebody asks a new password: the screen does not tell."""
    _send_now("no_account", to, language, {"url": page("account_signup", language)})


def new_password(to: str, language: str, account: str, key: str) -> None:
    """To the owner of an account who asked for it: the link to choose a new password.

    Its address comes from the settings: with the Host of the request a stranger could aim the link elsewhere.
    """
    url = page("account_reset_password_from_key", language, account, key)
    _send_now("new_password", to, language, {"url": url})


def page(name: str, language: str, *words: str) -> str:
    """The full address of a page in this language."""
    with translation.override(language):
        return mail.absolute(reverse(name, args=words))


def _send(name: str, user: User, to: str, about: str, context: dict[str, Any]) -> None:
    mail.send(f"people/email/{name}.txt", to=to, language=user.language, about=about, context=context)


def _send_now(name: str, to: str, language: str, context: dict[str, Any]) -> None:
    """Each of these is a message of its own, however alike they are, hence the moment in what it is about."""
    about = f"{name} {timezone.now().isoformat()}"
    mail.send(f"people/email/{name}.txt", to=to, language=language, about=about, context=context)
