from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from mobility.filters import ExchangeFilter
from mobility.results import Results


@login_not_required
@require_GET
def exchanges(request: HttpRequest) -> HttpResponse:
    """The search; for htmx only what changes with a filter."""
    results = Results(ExchangeFilter(request.GET))
    template = "mobility/exchanges.html#results" if request.htmx else "mobility/exchanges.html"  # type: ignore[attr-defined]
    response = render(request, template, results.context())
    patch_vary_headers(response, ["HX-Request"])
    return response
