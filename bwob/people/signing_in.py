"""How allauth's sign-in fits this portal: its mail, its secrets, a proven address as proof of the workplace.

Mail about signing in is sent at once and not through the outbox: see `docs/decisions/0003-sign-in-mail.md`.
"""

import base64
import logging
from smtplib import SMTPException
from typing import Any

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.forms import CharField
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bwob.people import emails, verifying
from bwob.people.models import User

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    def login(self, request: HttpRequest, user: User) -> None:
        """Log who came in, by the number of the account: a name or an address does not belong in a log."""
        super().login(request, user)
        logger.info("signed in", extra={"facts": {"account": user.pk}})

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        logger.warning("sign-in refused")

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """An address that was just proven, at the domain of an organisation, proves the workplace too."""
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            verifying.note_proven_address(email_address.user, email_address.email)
        return confirmed

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of allauth's mails in our own words; if the mail server fails, the page says so."""
        name = template_prefix.rpartition("/")[2]
        language = getattr(context.get("user"), "language", "") or get_language() or settings.LANGUAGE_CODE
        try:
            emails.about_signing_in(name, email, language, context)
        except (SMTPException, OSError) as failure:
            logger.error("sign-in mail failed", extra={"facts": {"why": type(failure).__name__}})
            sentence = _(
                "We could not send the mail just now. Wait a few minutes, then sign in or try again."
            )
            messages.error(self.request, sentence)


class SignupForm(forms.SignupForm):
    """As allauth's, but as slow for an address that has an account already: the time would tell that."""

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        user, response = super().try_save(request)
        if user is None:
            make_password(self.cleaned_data["password1"])
        return user, response


class AddPasskeyForm(AddWebAuthnForm):
    """As allauth's, with a label in the reader's language."""

    name = CharField(label=gettext_lazy("Name of this passkey"), required=False, max_length=100)


class EditPasskeyForm(EditWebAuthnForm):
    name = CharField(label=gettext_lazy("Name of this passkey"), max_length=100)


class EmployerAdapter(DefaultSocialAccountAdapter):
    """Signing in with the account of the employer (OpenID Connect)."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Fill in the name that the employer gives; the person can correct it in the profile."""
        user = super().populate_user(request, sociallogin, data)
        first, _blank, rest = (data.get("name") or "").partition(" ")
        user.given_name = (data.get("first_name") or first)[:197]
        user.family_name = (data.get("last_name") or rest)[:197]
        return user


class SecondFactorAdapter(DefaultMFAAdapter):
    """The secret of a second factor is encrypted in the database with a key made from SECRET_KEY."""

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode()).decode()


def cipher() -> MultiFernet:
    """Encrypts with SECRET_KEY and still reads what an earlier one (SECRET_KEY_FALLBACKS) encrypted."""
    return MultiFernet(
        [Fernet(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _key(secret: str | bytes) -> bytes:
    digest = salted_hmac("bwob.people.second-factor", "", secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)
