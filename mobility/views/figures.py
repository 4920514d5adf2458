from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bwob.people.models import Role, SignedInRequest
from bwob.web import require
from mobility import figures as figuring
from mobility import rules


@require_GET
def figures(request: SignedInRequest) -> HttpResponse:
    """Of one own organisation and one year; what is asked otherwise leads to the first and the newest."""
    require(rules.may_see_figures(request.user), _("HR sees the figures of its own organisation."))
    own = request.user.organisations(Role.HR)
    asked = request.GET.get("organisatie", "")
    organisation = next((one for one in own if one.code == asked), own[0])
    years = figuring.years(request.user, organisation)
    year = next((one for one in years if str(one) == request.GET.get("jaar", "")), years[0])
    context = {
        "figures": figuring.of(request.user, organisation, year),
        "organisation": organisation,
        "own": own,
        "year": year,
        "years": years,
    }
    return render(request, "mobility/figures.html", context)
