from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from doetanks import toolbox


@login_not_required
@require_GET
def tools(request: HttpRequest) -> HttpResponse:
    return render(request, "doetanks/tools.html", {"tools": toolbox.tools()})


@login_not_required
@require_GET
def tool(request: HttpRequest, slug: str) -> HttpResponse:
    shown = toolbox.tool(slug)
    if shown is None:
        raise Http404
    return render(request, "doetanks/tool.html", {"tool": shown})
