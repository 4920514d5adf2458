from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.privacy import reading
from bwob.web import require
from mobility import owning, rules
from mobility.answer_forms import OwnerForm
from mobility.models import CoOwner
from mobility.views.exchanges import visible


@once
@require_http_methods(["GET", "POST"])
def owners(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = visible(request, slug)
    require(rules.may_manage(request.user, shown))
    form = fill(OwnerForm, request, people=owning.candidates(shown))
    if form.is_valid():
        owning.add(shown, form.chosen, by=request.user)
        messages.success(request, _("%s may work this exchange now, and gets its mails.") % form.chosen)
        return redirect("mobility:owners", shown.slug)
    rows = list(CoOwner.objects.visible_to(request.user).filter(exchange=shown).select_related("person"))
    reading.record(request.user, rows, purpose=gettext_lazy("working an exchange together"))
    context = {"exchange": shown, "owners": rows, "form": form}
    return render(request, "mobility/owners.html", context, status=422 if form.errors else 200)


@once
@require_POST
def remove_owner(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    shown = visible(request, slug)
    require(rules.may_manage(request.user, shown))
    rows = CoOwner.objects.visible_to(request.user).select_related("person", "exchange")
    owner = get_object_or_404(rows, exchange=shown, pk=number)
    owning.remove(owner, by=request.user)
    messages.success(request, _("%s is no longer a co-owner.") % owner.person)
    still = rules.may_manage(request.user, shown)
    return redirect("mobility:owners", shown.slug) if still else redirect("mobility:own_exchanges")
