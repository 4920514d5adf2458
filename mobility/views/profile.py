"""The own work profile."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bwob.acting import done
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from mobility import describing
from mobility.profile_forms import WorkProfileForm


@once
@require_http_methods(["GET", "POST"])
def work_profile(request: SignedInRequest) -> HttpResponse:
    profile = describing.begun_by(request.user)
    form = fill(WorkProfileForm, request, instance=profile)
    if form.is_valid():
        describing.save(form.instance, by=request.user)
        return done(request, "mobility:work_profile", _("Your work profile is saved."))
    stored = describing.begun_by(request.user)
    context = {"form": form, "profile": stored}
    return render(request, "mobility/work_profile.html", context, status=422 if form.errors else 200)


@require_POST
def confirm_profile(request: SignedInRequest) -> HttpResponse:
    """It still is as it stands: it counts for another year."""
    describing.confirm(request.user)
    return done(request, "mobility:work_profile", _("Thank you. Your work profile counts for another year."))


@require_POST
def remove_profile(request: SignedInRequest) -> HttpResponse:
    describing.remove(request.user)
    told = _("Your work profile is gone, and what it said before too.")
    return done(request, "mobility:work_profile", told)
