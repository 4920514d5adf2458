"""The pages of an import: the file, what was read, and how far it is."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alumni import importing, intake
from alumni.admin.asking import HrAdmin
from alumni.models import AlumniFile, AlumniNetwork
from bwob import export
from bwob.people.models import SignedInRequest

SHOWN = 100


class UploadForm(forms.Form):
    network = forms.ModelChoiceField(AlumniNetwork.objects.none(), label=gettext_lazy("Alumni network"))
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or Excel (.xlsx), at most 5 MB and 5,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )

    def __init__(self, *args: Any, networks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["network"]
        field.queryset, field.initial = networks, networks.first()


class ColumnsForm(forms.Form):
    """Which column is what."""

    def __init__(self, *args: Any, file: AlumniFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [("", _("not in the file"))] + [
            (str(at), title or "–") for at, title in enumerate(file.headers)
        ]
        for name, label in intake.FIELDS.items():
            self.fields[f"column_{name}"] = forms.ChoiceField(
                label=label, choices=titles, required=False, initial=str(file.columns.get(name, ""))
            )

    def chosen(self) -> dict[str, int]:
        picked = {name: self.cleaned_data[f"column_{name}"] for name in intake.FIELDS}
        return {name: int(place) for name, place in picked.items() if place}


class IntakePages(HrAdmin):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("importeren/", wrap(self.import_file), name="alumni_alumnus_import"),
            path("importeren/<int:number>/", wrap(self.import_check), name="alumni_alumnus_import_check"),
            path(
                "importeren/<int:number>/fouten/", wrap(self.import_wrong), name="alumni_alumnus_import_wrong"
            ),
        ]
        return own + super().get_urls()

    def import_file(self, request: SignedInRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        posted = (request.POST, request.FILES) if request.method == "POST" else ()
        form = UploadForm(*posted, networks=self.own_networks(request))
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                content = upload.read(intake.sheets.MOST_BYTES + 1)
                return redirect(
                    importing.upload(form.cleaned_data["network"], content, upload.name, by=request.user)
                )
            except intake.Unreadable as problem:
                form.add_error("file", str(problem))
        context = {"form": form, "title": _("Import former colleagues")}
        return self._page(request, "admin/alumni/import.html", context)

    def _file(self, request: SignedInRequest, number: int) -> AlumniFile:
        if not self.has_add_permission(request):
            raise PermissionDenied
        files = AlumniFile.objects.visible_to(request.user).select_related("network__organisation")
        return get_object_or_404(files, pk=number)

    def import_check(self, request: SignedInRequest, number: int) -> HttpResponse:
        """What was read, and nothing stored; then how far it is, by a page that comes again by itself."""
        file = self._file(request, number)
        if file.state != AlumniFile.State.READ:
            response = self._page(
                request, "admin/alumni/import_progress.html", {"file": file, "title": _("Import")}
            )
            if file.state == AlumniFile.State.STORING:
                response["Refresh"] = "3"
            return response
        if "stop" in request.POST:
            file.delete()
            self.message_user(request, _("Stopped. Nothing was stored, and the file is gone."), messages.INFO)
            return redirect("admin:alumni_alumnus_changelist")
        if "store" in request.POST:
            picked = {
                name[5:]
                for name, value in request.POST.items()
                if name.startswith("twin_") and value == "two"
            }
            importing.confirm(file, twins=[int(one) for one in picked if one.isdecimal()], by=request.user)
            return redirect(file)
        return self._preview(request, file)

    def _preview(self, request: SignedInRequest, file: AlumniFile) -> HttpResponse:
        form = ColumnsForm(request.POST if request.method == "POST" else None, file=file)
        if form.is_valid():
            file.columns = form.chosen()
            file.save(update_fields=["columns"])
            return redirect(file)
        report = importing.look_over(file)
        problems = [
            (row.number, intake.FIELDS.get(field, field), row.raw.get(field, ""), sentence)
            for row in report.wrong[:SHOWN]
            for field, sentence in row.problems
        ]
        context = {
            "file": file,
            "report": report,
            "problems": problems,
            "form": form,
            "total": len(file.rows),
        }
        context |= {"title": _("Check your import"), "samples": report.good[:5]}
        return self._page(request, "admin/alumni/import_check.html", context)

    def import_wrong(self, request: SignedInRequest, number: int) -> HttpResponse:
        """The rows with a mistake, to be mended and sent again."""
        file = self._file(request, number)
        rows = [
            [*file.rows[row.number - 2], "; ".join(sentence for _field, sentence in row.problems)]
            for row in importing.look_over(file).wrong
        ]
        return export.as_csv("fouten", [*file.headers, _("What is wrong?")], rows)

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        whole = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, template, whole)
