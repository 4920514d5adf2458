from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.workflow import Refused
from pitch import holding, opening
from pitch.forms import KeyForm
from pitch.models import Edition, KeyShare, Part
from pitch.views.editions import visible


def held(request: SignedInRequest, slug: str) -> Part:
    """The own part as key holder of this edition; for everybody else there is nothing here."""
    edition = visible(request, slug)
    rows = Part.objects.visible_to(request.user).key_holders().select_related("edition__rules")
    return get_object_or_404(rows, edition=edition, user=request.user)


@require_GET
def keys(request: SignedInRequest, slug: str) -> HttpResponse:
    part = held(request, slug)
    return page(request, part, KeyForm())


def page(request: SignedInRequest, part: Part, form: KeyForm) -> HttpResponse:
    edition = part.edition
    lock = getattr(edition, "lock", None)
    context = {
        "edition": edition,
        "form": form,
        "share": KeyShare.objects.visible_to(request.user).filter(part=part).first(),
        "lock": lock,
        "may_take": lock is None and edition.state in holding.MAKING,
        "may_try": lock is not None and edition.state == Edition.State.REHEARSAL,
        "may_open": lock is not None and edition.state == Edition.State.CLOSED,
    }
    return render(request, "pitch/keys.html", context, status=422 if form.errors else 200)


@require_POST
def take_key(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the key, once: it is stored nowhere, so this page is not led away from."""
    part = held(request, slug)
    code = holding.take_key(part)
    return render(request, "pitch/take_key.html", {"edition": part.edition, "code": code.split("-")})


@sensitive_post_parameters("code")
@require_POST
def hand_in(request: SignedInRequest, slug: str) -> HttpResponse:
    """Try the key in the rehearsal, or open the ballots with it after the close. Its text is never kept."""
    part = held(request, slug)
    if part.edition.state not in (Edition.State.REHEARSAL, Edition.State.CLOSED):
        raise Refused(_("There is nothing to do for you now."), part.edition)
    form = fill(KeyForm, request)
    if not form.is_valid():
        return page(request, part, form)
    try:
        is_done = act(request, part, form.cleaned_data["code"])
    except Refused as refused:
        form.add_error("code", refused.reason)
        return page(request, part, form)
    messages.success(request, said(part.edition, is_done))
    return redirect("pitch:keys", part.edition.slug)


def act(request: SignedInRequest, part: Part, code: str) -> bool:
    if part.edition.state == Edition.State.REHEARSAL:
        return holding.rehearse(part, code, by=request.user)
    return opening.hand_in(part, code, by=request.user)


def said(edition: Edition, is_done: bool) -> str:
    if not is_done:
        return _("Your key fits. One more key holder is needed.")
    if edition.state == Edition.State.REHEARSAL:
        return _("Two keys opened the lock. The jury can start.")
    return _("The ballots are open and counted.")
