from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from bwob.acting import Page, act
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.web import require
from networks import importing, intake, rules
from networks.import_forms import NetworkFileForm
from networks.models import NetworkFile

LIST = "networks:networks"
SHOWN = 50


def require_importer(request: SignedInRequest) -> None:
    require(rules.may_import(request.user), _("Coordinators and the programme office import networks."))


@once
@require_http_methods(["GET", "POST"])
def import_networks(request: SignedInRequest) -> HttpResponse:
    """Upload a file; it leads to a preview, and nothing is stored as a network yet."""
    require_importer(request)
    form = fill(NetworkFileForm, request)
    if form.is_valid():
        name = form.cleaned_data["file"].name[:200]
        file = NetworkFile(uploaded_by=request.user, name=name, content=form.content)
        file.save()
        return redirect(file)
    back = Page(_("Networks"), LIST)
    lead = _("First you see what we read, row by row. Nothing is stored before you say so.")
    return act(request, form, back, title=_("Import networks"), lead=lead, button=_("Read the file"))


@require_http_methods(["GET", "POST"])
def import_preview(request: SignedInRequest, key: object) -> HttpResponse:
    """What would become of each row; only "store" stores, and both buttons throw the file away."""
    require_importer(request)
    file = get_object_or_404(NetworkFile.objects.visible_to(request.user), key=key)
    rows = intake.read(bytes(file.content))
    if request.method == "POST":
        return _finish(request, file, rows)
    found = importing.check(rows, by=request.user)
    good = [outcome for outcome in found if outcome.is_good]
    problems = [(one.number, *problem) for one in found for problem in one.problems]
    context = {
        "file": file,
        "counts": importing.counts(found),
        "good": good,
        "more_good": max(0, len(good) - SHOWN),
        "wrong": sum(outcome.act == importing.Act.WRONG for outcome in found),
        "problems": problems[:SHOWN],
        "more_problems": max(0, len(problems) - SHOWN),
    }
    return render(request, "networks/import_preview.html", context)


def _finish(request: SignedInRequest, file: NetworkFile, rows: list[intake.Row]) -> HttpResponse:
    if "store" in request.POST:
        stored = sum(outcome.is_good for outcome in importing.store(rows, by=request.user))
        messages.success(request, ngettext("%d network stored.", "%d networks stored.", stored) % stored)
    else:
        messages.info(request, _("Stopped. Nothing was stored, and the file is gone."))
    file.delete()
    return redirect(LIST)
