"""Scripts (*draaiboeken*) of career days: to read, to tick off, to share and to take over."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bwob.acting import done
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.web import require
from mobility import day_rules, sharing
from mobility.day_forms import ScriptForm
from mobility.models import Script, ScriptStep


def visible_script(request: HttpRequest, key: uuid.UUID) -> Script:
    return get_object_or_404(Script.objects.visible_to(request.user).with_names(), key=key)


def managed_script(request: SignedInRequest, key: uuid.UUID) -> Script:
    script = visible_script(request, key)
    require(day_rules.may_manage_script(request.user, script))
    return script


@login_not_required
@require_GET
def day_scripts(request: HttpRequest) -> HttpResponse:
    may_organise = day_rules.may_organise(request.user)
    own = Script.objects.none()
    if may_organise:
        own = Script.objects.manageable_by(request.user).with_names()
    shared = Script.objects.visible_to(request.user).shared().with_names()
    context = {"own": own, "shared": shared[:100], "may_organise": may_organise}
    return render(request, "mobility/day_scripts.html", context)


@login_not_required
@require_GET
def day_script(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    script = visible_script(request, key)
    origin = script.origin if script.origin and script.origin.shared_at else None
    context = {
        "script": script,
        "origin": origin,
        "steps": script.steps.all(),
        "may_manage": day_rules.may_manage_script(request.user, script),
        "may_copy": day_rules.may_organise(request.user),
    }
    return render(request, "mobility/day_script.html", context)


@once
@require_http_methods(["GET", "POST"])
def write_day_script(request: SignedInRequest) -> HttpResponse:
    sentence = _("HR, managers and the programme office organise career days.")
    require(day_rules.may_organise(request.user), sentence)
    script = Script(organisation=sharing.organisation_of(request.user))
    return writing_script(request, script)


@once
@require_http_methods(["GET", "POST"])
def edit_day_script(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    return writing_script(request, managed_script(request, key))


def writing_script(request: SignedInRequest, script: Script) -> HttpResponse:
    form = fill(ScriptForm, request, instance=script, user=request.user)
    if form.is_valid():
        sharing.save(script, form.cleaned_data["steps"], by=request.user)
        return done(request, script, _("Your script has been saved."))
    context = {"form": form, "script": script}
    return render(request, "mobility/write_day_script.html", context, status=422 if form.errors else 200)


@require_POST
def tick_script_step(request: SignedInRequest, number: int) -> HttpResponse:
    steps = ScriptStep.objects.visible_to(request.user).select_related("script__organisation")
    step = get_object_or_404(steps, pk=number)
    require(day_rules.may_manage_script(request.user, step.script))
    sharing.tick(step)
    return redirect(step.script)


@once
@require_POST
def share_script(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    script = managed_script(request, key)
    sharing.share(script, by=request.user)
    return done(request, script, _("Shared: other organisations can take it over, with your lessons."))


@once
@require_POST
def copy_script(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    script = visible_script(request, key)
    require(day_rules.may_organise(request.user))
    taken = sharing.copy(script, to=sharing.organisation_of(request.user), by=request.user)
    return done(request, taken, _("This is your own copy. Make it fit your day."))
