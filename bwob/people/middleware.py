"""Sign-in for every page that does not say it is public, and a second factor for staff."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from bwob import forms

STRONG_METHODS = ("mfa", "socialaccount")


class SignInMiddleware(LoginRequiredMiddleware):
    """As Django's, and staff without a second factor are led to set one up before anything else."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if request.user.is_authenticated and lacks_second_factor(request):
            messages.warning(
                request, _("Set up a second step for signing in first: you see data of other people.")
            )
            return redirect("mfa_index")
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        """Lead to the sign-in page; what was being typed comes along."""
        if request.method == "POST":
            forms.keep_text(request)
        return super().handle_no_permission(request, view_func)


def lacks_second_factor(request: HttpRequest) -> bool:
    """Staff on a page other than the account pages, signed in by a password alone. No query for others."""
    in_account = request.resolver_match and request.resolver_match.route.startswith(
        ("account/", "en/account/")
    )
    if not settings.SECOND_FACTOR_FOR_STAFF or in_account or not request.user.is_staff:
        return False
    if any(record.get("method") in STRONG_METHODS for record in get_authentication_records(request)):
        return False
    return not get_adapter().is_mfa_enabled(request.user)
