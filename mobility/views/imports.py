from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from bwob.acting import done
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.web import require
from mobility import importing, offers, rules
from mobility.forms import COLUMNS, ColumnsForm, OfferFileForm
from mobility.models import OfferFile


@once
@require_http_methods(["GET", "POST"])
def import_offers(request: SignedInRequest) -> HttpResponse:
    """Upload a file of offers; it leads to a preview, and nothing is stored as an exchange yet."""
    require(rules.may_import(request.user), _("Only HR of an organisation imports offers."))
    form = fill(OfferFileForm, request, user=request.user)
    if form.is_valid():
        form.instance.uploaded_by = request.user
        return redirect(form.save())
    return render(request, "mobility/import_offers.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def import_preview(request: SignedInRequest, key: str) -> HttpResponse:
    """What the file holds, row by row; the columns can be corrected, and only "store" stores."""
    file = get_object_or_404(OfferFile.objects.visible_to(request.user), key=key)
    require(rules.may_import(request.user), _("Only HR of an organisation imports offers."))
    if "stop" in request.POST:
        file.delete()
        messages.info(request, _("Stopped. Nothing was stored, and the file is gone."))
        return redirect("mobility:own_exchanges")
    if "store" in request.POST:
        return _store(request, file)
    return _preview(request, file)


def _preview(request: SignedInRequest, file: OfferFile) -> HttpResponse:
    reading = offers.read(bytes(file.content), file.name, columns=file.columns)
    form = fill(ColumnsForm, request, columns=reading.columns)
    if request.method == "POST" and form.is_valid():
        file.columns = form.cleaned_columns()
        file.save(update_fields=["columns"])
        return redirect(file)
    report = importing.import_offers(reading, by=request.user, dry_run=True, **_target(file))
    tallies = [(act, report.count(act)) for act in importing.Act if report.count(act)]
    context = {
        "file": file,
        "reading": reading,
        "report": report,
        "tallies": tallies,
        "problems": [
            (outcome.row.number, COLUMNS.get(problem.column, problem.column), problem)
            for outcome in report.outcomes
            for problem in outcome.problems
        ],
        "form": form,
    }
    return render(request, "mobility/import_preview.html", context, status=422 if form.errors else 200)


def _store(request: SignedInRequest, file: OfferFile) -> HttpResponse:
    reading = offers.read(bytes(file.content), file.name, columns=file.columns)
    report = importing.import_offers(
        reading, by=request.user, confirmed="confirmed" in request.POST, **_target(file)
    )
    file.delete()
    stored = report.count(importing.Act.NEW) + report.count(importing.Act.CHANGED)
    told = ngettext("%d exchange stored.", "%d exchanges stored.", stored) % stored
    return done(request, "mobility:own_exchanges", told)


def _target(file: OfferFile) -> dict[str, Any]:
    return {"organisation": file.organisation, "source": file.source, "publish": file.publish}
