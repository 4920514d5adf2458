"""The Toolkit: readable by anybody, workable by HR for the own organisation."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alumni import rules
from alumni import toolkit as steps
from alumni.forms import StepForm
from bwob.forms import fill
from bwob.web import require


@login_not_required
@require_GET
def toolkit(request: HttpRequest) -> HttpResponse:
    return render(request, "alumni/toolkit.html", steps.board(request.user))


@login_not_required
@require_GET
def toolkit_sheet(request: HttpRequest) -> HttpResponse:
    """All steps on paper, with boxes to tick; for HR with how far the own organisation is."""
    context = steps.board(request.user) | {"today": timezone.localdate()}
    return render(request, "alumni/toolkit_sheet.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
def toolkit_step(request: HttpRequest, number: int) -> HttpResponse:
    """One step with its model text; HR notes beside it how far the own organisation is."""
    if not 1 <= number <= len(steps.STEPS):
        raise Http404
    context = {"step": steps.STEPS[number - 1], "model": steps.model_texts().get(number), "next": number + 1}
    context["is_last"] = number == len(steps.STEPS)
    user: Any = request.user
    if rules.is_hr(user):
        form = fill(StepForm, request, instance=steps.progress_of(user, number))
        if form.is_valid():
            steps.save(form.instance, by=user)
            messages.success(request, _("The step has been saved."))
            return redirect("alumni:toolkit")
        return render(
            request, "alumni/toolkit_step.html", context | {"form": form}, status=422 if form.errors else 200
        )
    require(request.method == "GET", _("Only HR works on the steps."))
    return render(request, "alumni/toolkit_step.html", context)
