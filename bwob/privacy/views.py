"""What a person can see and do about the own data: what is kept, take it along, who saw it, erase it all."""

import itertools
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bwob.privacy import erasing, exporting
from bwob.privacy.forms import EraseForm
from bwob.privacy.models import AccessLog

PAGE = 50


@require_GET
def my_data(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy/my_data.html", {"kept": exporting.overview(request.user)})


@require_POST
@reauthentication_required
def download(request: HttpRequest) -> HttpResponse:
    name = f"{_('my-data')}-{timezone.localdate():%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(exporting.archive(request.user), content_type="application/zip", headers=headers)


@require_GET
def seen(request: HttpRequest) -> HttpResponse:
    """Newest first, a page at a time; `before` is the number of the last line of the page before."""
    before = request.GET.get("before", "")
    user: Any = request.user
    views = user.views_of_me.newest_first().earlier_than(int(before) if before.isdecimal() else None)
    shown = list(views[: PAGE + 1])
    context = {
        "months": months(shown[:PAGE]),
        "next_url": f"?before={shown[PAGE - 1].pk}" if len(shown) > PAGE else "",
        "first_url": request.path if before else "",
    }
    return render(request, "privacy/seen.html", context)


def months(views: list[AccessLog]) -> list[dict[str, object]]:
    """The lines under the month they fall in: [{"name": "November 2026", "views": […]}]."""
    groups = itertools.groupby(views, key=lambda view: date_format(timezone.localtime(view.seen_at), "F Y"))
    return [{"name": name, "views": list(group)} for name, group in groups]


@require_http_methods(["GET", "POST"])
@reauthentication_required(allow_get=True)
def erase(request: HttpRequest) -> HttpResponse:
    form = EraseForm(request.POST or None, user=request.user)
    if form.is_valid():
        erasing.erase(request.user)
        logout(request)
        messages.success(request, _("Your account and your data have been erased. A last mail confirms it."))
        return redirect("home")
    context = {"form": form, "goes": exporting.overview(request.user), "stays": erasing.STAYS}
    return render(request, "privacy/erase.html", context, status=422 if form.is_bound else 200)
