from typing import Any

from allauth.core.internal import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bwob import onward
from bwob.acting import act
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.web import require
from pitch import entering, rules, showing
from pitch.forms import AddressForm, AttachmentForm, EntryDraftForm, EntryForm, ReasonForm
from pitch.models import Attachment, Entry, TeamMember
from pitch.models.entries import NAMED_EDITIONS
from pitch.views.editions import visible as visible_edition

INVITATIONS: dict[str, Any] = {
    "app": "pitch",
    "action": "invite_member",
    "config": {"invite_member": "20/h/user"},  # the address is typed by hand, and may be anybody's
}


def visible(request: HttpRequest, key: str) -> Entry:
    """The plan, if this person may see it; 404 otherwise."""
    rows = Entry.objects.visible_to(request.user).with_names().select_related("blind")
    return get_object_or_404(rows, key=key)


def of_own_team(request: SignedInRequest, key: str) -> Entry:
    found = visible(request, key)
    require(rules.is_in_team(request.user, found), _("Only the team of this plan can do this."))
    return found


@once
@require_http_methods(["GET", "POST"])
def enter(request: SignedInRequest, slug: str) -> HttpResponse:
    edition = visible_edition(request, slug)
    begun = Entry(edition=edition)
    form = fill(EntryDraftForm, request, instance=begun)
    if form.is_valid():
        entering.begin(begun, by=request.user)
        messages.success(request, _("Your draft has been saved. Only your team sees it."))
        return redirect(begun)
    context = {"edition": edition, "form": form, "obstacle": rules.obstacle(request.user, edition)}
    return render(request, "pitch/enter.html", context, status=422 if form.errors else 200)


@login_not_required
@require_GET
def entry(request: HttpRequest, key: str) -> HttpResponse:
    shown = visible(request, key)
    is_own = rules.is_in_team(request.user, shown)
    may_manage = rules.may_manage(request.user, shown.edition)
    context = {
        "entry": shown,
        "edition": shown.edition,
        "text": shown if is_own or may_manage else showing.text_of(shown),
        "is_own": is_own,
        "may_manage": may_manage,
        "may_keep": may_manage and rules.may_keep(request.user, shown.edition),
        "may_edit": is_own and shown.can_be_edited,
        "is_named": shown.edition.state in NAMED_EDITIONS,
        "team": TeamMember.objects.visible_to(request.user).filter(entry=shown).select_related("user"),
        "attachments": Attachment.objects.visible_to(request.user).filter(entry=shown).defer("content"),
        **support_facts(request, shown),
        **afterwards(request, shown),
    }
    return render(request, "pitch/entry.html", context)


def support_facts(request: HttpRequest, shown: Entry) -> dict[str, Any]:
    count, user = shown.supports.count(), request.user
    return {
        "supports": count,
        "supported": user.is_authenticated and shown.supports.filter(user=user).exists(),
        "may_support": user.is_authenticated and rules.may_support(user, shown),
    }


def afterwards(request: HttpRequest, shown: Entry) -> dict[str, Any]:
    """What there is after the result: the own scores, and how a plan that won is carried out."""
    is_named = shown.edition.state in NAMED_EDITIONS
    return {
        "standing": getattr(shown, "standing", None) if is_named else None,
        "realisation": getattr(shown, "realisation", None),
        "may_offer_on": request.user.is_authenticated and rules.may_offer_on(request.user, shown),
        "offer": onward.path_of(shown) if shown.can_be_offered and shown.offered_at else "",
        "sequels": onward.sequels(request.user, shown) if shown.can_be_offered else [],
        "may_read_outcome": request.user.is_authenticated and rules.may_read_outcome(request.user, shown),
    }


@once
@require_http_methods(["GET", "POST"])
def edit_entry(request: SignedInRequest, key: str) -> HttpResponse:
    written = of_own_team(request, key)
    to_send = "submit" in request.POST
    form = fill(EntryForm if to_send else EntryDraftForm, request, instance=written)
    if form.is_valid():
        entering.save(written, by=request.user)
        return send_in(request, written) if to_send else kept(request, written)
    context = {"edition": written.edition, "entry": written, "form": form}
    return render(request, "pitch/edit_entry.html", context, status=422 if form.errors else 200)


def send_in(request: SignedInRequest, written: Entry) -> HttpResponse:
    if written.can_move_to(Entry.State.SUBMITTED):
        entering.submit(written, by=request.user)
        messages.success(request, _("Your plan has been sent in. You can change it until the close."))
    else:
        messages.success(request, _("Your changes have been saved."))
    return redirect(written)


def kept(request: SignedInRequest, written: Entry) -> HttpResponse:
    messages.success(request, _("Your changes have been saved."))
    return redirect(written)


@once
@require_POST
def submit(request: SignedInRequest, key: str) -> HttpResponse:
    written = of_own_team(request, key)
    entering.submit(written, by=request.user)
    messages.success(request, _("Your plan has been sent in. You can change it until the close."))
    return redirect(written)


@once
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, key: str) -> HttpResponse:
    written = of_own_team(request, key)
    form = fill(ReasonForm, request, required=False)
    if form.is_valid():
        entering.withdraw(written, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(
            request, _("Your plan has been withdrawn. Until the close you can send it in again.")
        )
        return redirect(written)
    lead = _("Your plan then takes no part. The secretary gets a mail.")
    title, button = _("Withdraw your plan"), _("Withdraw")
    return act(request, form, written, title=title, lead=lead, button=button, is_final=True)


@once
@require_http_methods(["GET", "POST"])
def invite_member(request: SignedInRequest, key: str) -> HttpResponse:
    written = of_own_team(request, key)
    require(written.can_be_edited, _("This plan can no longer be changed."))
    form = fill(AddressForm, request)
    if form.is_valid():
        if refused := ratelimit.consume_or_429(request, **INVITATIONS):
            return refused
        entering.invite(written, email=form.cleaned_data["email"])
        messages.success(request, _("The invitation has been sent."))
        return redirect(written)
    lead = _("This person gets a mail with a link, and needs an account with a verified work address.")
    title, button = _("Ask somebody into your team"), _("Send the invitation")
    return act(request, form, written, title=title, lead=lead, button=button)


@once
@require_http_methods(["GET", "POST"])
def team_invitation(request: SignedInRequest, key: str) -> HttpResponse:
    """Whoever has the link from the mail may see it: the key in the address is the proof."""
    member = get_object_or_404(TeamMember.objects.invited_with(key))
    form = fill(forms.Form, request)
    if form.is_valid():
        entering.join(member, by=request.user)
        messages.success(request, _("You are in the team now."))
        return redirect(member.entry)
    context = {
        "member": member,
        "entry": member.entry,
        "edition": member.entry.edition,
        "obstacle": rules.obstacle(request.user, member.entry.edition),
    }
    return render(request, "pitch/team_invitation.html", context)


@once
@require_POST
def leave_team(request: SignedInRequest, key: str, pk: int) -> HttpResponse:
    written = of_own_team(request, key)
    member = get_object_or_404(TeamMember.objects.visible_to(request.user), entry=written, pk=pk)
    entering.leave(member, by=request.user)
    messages.success(request, _("The team has been changed."))
    return redirect(written if member.user_id != request.user.pk else written.edition)


@once
@require_http_methods(["GET", "POST"])
def attach(request: SignedInRequest, key: str) -> HttpResponse:
    written = of_own_team(request, key)
    require(written.can_be_edited, _("This plan can no longer be changed."))
    form = fill(AttachmentForm, request)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        entering.attach(written, content=upload.read(), name=upload.name)
        messages.success(request, _("The file has been added."))
        return redirect(written)
    lead = _("The jury does not see it where it reads without names. After the result everybody does.")
    title, button = _("Add a picture or a PDF"), _("Add")
    return act(request, form, written, title=title, lead=lead, button=button)


@login_not_required
@require_GET
def attachment(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The file itself, only to who may see it; its type is what its content is, and no browser guesses."""
    shown = visible(request, key)
    found = get_object_or_404(Attachment.objects.visible_to(request.user), entry=shown, pk=pk)
    kind = "inline" if found.is_picture else "attachment"
    extension = "jpg" if found.kind == Attachment.Kind.JPEG else found.kind
    name = f"plan-{shown.number or 'concept'}.{extension}"
    return HttpResponse(
        bytes(found.content),
        content_type=Attachment.TYPES[Attachment.Kind(found.kind)],
        headers={"Content-Disposition": f'{kind}; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )


@once
@require_POST
def support(request: SignedInRequest, key: str) -> HttpResponse:
    shown = visible(request, key)
    require(rules.may_support(request.user, shown), _("You cannot say this of this plan."))
    if "undo" in request.POST:
        entering.take_back_support(shown, by=request.user)
    else:
        entering.support(shown, by=request.user)
    return redirect(shown)
