from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from mobility import personal
from mobility.filters import ExchangeFilter
from mobility.results import Results


@login_not_required
@require_GET
def exchanges(request: HttpRequest) -> HttpResponse:
    """The search; for htmx only what changes with a filter."""
    results = Results(ExchangeFilter(request.GET))
    template = "mobility/exchanges.html#results" if request.htmx else "mobility/exchanges.html"  # type: ignore[attr-defined]
    context = results.context()
    if request.user.is_authenticated:
        viewpoint = personal.of(request.user)
        viewpoint.mark(context["exchanges"], new_since=personal.visit(request.user, viewpoint.reader))
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
