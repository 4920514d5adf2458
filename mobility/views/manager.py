from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from bwob.forms import fill
from mobility import agreeing, linked, signing
from mobility.forms import ManagerAnswerForm


@login_not_required
@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def manager(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in the manager's mail. Opening it decides nothing; a used link says so."""
    application = signing.application_of(token)
    if application is None:
        return render(request, "mobility/manager_done.html", {"application": None}, status=404)
    form = fill(ManagerAnswerForm, request, may_talk=not application.talk_asked)
    if form.is_valid():
        agreeing.answer(application, choice=form.cleaned_data["answer"], code=form.cleaned_data["code"])
        return redirect("mobility:manager", token)
    if not application.waits_for_manager:
        return render(request, "mobility/manager_done.html", {"application": application})
    linked.note(application, [application])
    context = {"application": application, "exchange": application.exchange, "form": form}
    return render(request, "mobility/manager.html", context, status=422 if form.errors else 200)
