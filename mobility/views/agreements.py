from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from bwob.acting import act, done
from bwob.forms import ReasonForm, fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.privacy import reading
from bwob.web import require
from bwob.workflow import Refused
from mobility import agreement_text, contracting, linked, rules, signing
from mobility.agreement_forms import AgreementForm, ConsentForm, LenderForm
from mobility.models import Agreement, Consent
from mobility.views import applications


def visible(request: SignedInRequest, key: str) -> Agreement:
    """The agreement, if this person may see it; 404 otherwise. The person sees later who looked."""
    shown = get_object_or_404(Agreement.objects.visible_to(request.user).with_names(), key=key)
    reading.record(request.user, [shown], purpose=gettext_lazy("agreeing on a place"))
    return shown


@once
@require_http_methods(["GET", "POST"])
def write_agreement(request: SignedInRequest, key: str) -> HttpResponse:
    """HR of the borrower writes the text, from a sample, as long as it is a draft."""
    application = applications.visible(request, key)
    require(rules.may_write_agreement(request.user, application))
    draft = contracting.begun_for(application, get_language() or "nl")
    if not draft.is_draft:
        return redirect(draft)
    form = fill(AgreementForm, request, agreement=draft)
    if form.is_valid():
        contracting.write(draft, by=request.user, clauses=form.cleaned_data)
        told = _("Saved as a draft. Read it over, then put it before the three parties.")
        return done(request, draft, told)
    context = {"form": form, "application": application, "exchange": application.exchange}
    context["warning"] = agreement_text.warning()
    return render(request, "mobility/write_agreement.html", context, status=422 if form.errors else 200)


@require_GET
def agreement(request: SignedInRequest, key: str) -> HttpResponse:
    shown = visible(request, key)
    context = {
        "agreement": shown,
        "application": shown.application,
        "exchange": shown.application.exchange,
        "text": shown.content or agreement_text.frozen(shown),
        "consents": shown.consents.visible_to(request.user),
        "waits_for": contracting.waits_for(shown),
        "may_consent": contracting.parties_for(request.user, shown),
        "may_write": rules.may_write_agreement(request.user, shown.application),
        "sees_application": shown.application.is_visible_to(request.user),
    }
    return render(request, "mobility/agreement.html", context)


@require_GET
def agreement_pdf(request: SignedInRequest, key: str) -> HttpResponse:
    shown = visible(request, key)
    if not shown.pdf:
        raise Refused(_("There is a PDF once the text stands."), shown)
    headers = {"Content-Disposition": f'attachment; filename="overeenkomst-{shown.sha256[:8]}.pdf"'}
    return HttpResponse(bytes(shown.pdf), content_type="application/pdf", headers=headers)


@once
@require_http_methods(["GET", "POST"])
def ask_parties(request: SignedInRequest, key: str) -> HttpResponse:
    shown = visible(request, key)
    require(rules.may_write_agreement(request.user, shown.application))
    if not shown.is_draft:
        raise Refused(_("The text has been put before the parties already."), shown)
    form = fill(Form, request)
    if form.is_valid():
        contracting.ask(shown, by=request.user)
        return done(request, shown, _("The three parties get a mail. The text stands still from now on."))
    lead = _("From now on nobody can change the text. If a party does not agree, you write a new version.")
    return act(
        request, form, shown, title=_("Put it before the parties"), lead=lead, button=_("Ask all three")
    )


@once
@require_http_methods(["GET", "POST"])
def consent(request: SignedInRequest, key: str) -> HttpResponse:
    shown = visible(request, key)
    parties = contracting.parties_for(request.user, shown)
    require(bool(parties), _("This is not yours to agree to, or you have agreed already."))
    form = fill(ConsentForm, request, agreement=shown)
    if form.is_valid():
        seen, name = form.cleaned_data["seen"], request.user.full_name
        contracting.consent(shown, party=parties[0], by=request.user, name=name, seen=seen)
        return done(request, shown, _("You have agreed. Everybody gets a mail when all three have."))
    words = {"title": _("Agree to this text"), "button": _("I agree")}
    lead = _("You agree as %s, to the text with this mark:") % Consent.Party(parties[0]).label
    return act(request, form, shown, lead=f"{lead} {shown.sha256[:12]}…", **words)


@once
@require_http_methods(["GET", "POST"])
def refuse_agreement(request: SignedInRequest, key: str) -> HttpResponse:
    shown = visible(request, key)
    require(bool(contracting.parties_for(request.user, shown)))
    form = fill(ReasonForm, request)
    if form.is_valid():
        contracting.refuse(shown, by=request.user, reason=form.cleaned_data["reason"])
        return done(request, shown, _("The others get a mail with your reason."))
    lead = _("Say what should be different. The borrower can then write a new version.")
    return act(request, form, shown, title=_("I do not agree"), lead=lead, button=_("Send"), is_final=True)


@login_not_required
@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def lender(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link to who speaks for a lender without HR on the portal."""
    shown = signing.agreement_of(token)
    if shown is None:
        return render(request, "mobility/lender.html", {"agreement": None}, status=404)
    linked.note(shown.application, [shown])
    may_answer = contracting.waits_for_link(shown)
    if request.method == "POST" and not may_answer:
        raise Refused(_("Nothing is left to answer here."))
    form = fill(LenderForm, request, agreement=shown)
    if form.is_valid():
        contracting.answer_for_lender(shown, **form.cleaned_data)
        return redirect("mobility:lender", token)
    context = {
        "agreement": shown,
        "text": shown.content,
        "form": form if may_answer else None,
    }
    return render(request, "mobility/lender.html", context, status=422 if form.errors else 200)
