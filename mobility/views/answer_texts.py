from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bwob.acting import done
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.web import require
from mobility import rules, sentences
from mobility.answer_forms import AnswerTextForm
from mobility.models import AnswerText


@require_GET
def answer_texts(request: SignedInRequest) -> HttpResponse:
    """Who answers applicants reads them; HR writes them."""
    require(rules.may_write(request.user), _("Only HR and managers of an organisation offer workplaces."))
    own = AnswerText.objects.visible_to(request.user).select_related("organisation")
    context = {
        "texts": own.order_by("organisation__name", "act", "title")[: 5 * AnswerText.AT_MOST],
        "models": sentences.MODELS,
        "may_write_texts": rules.may_write_texts(request.user),
        "words": ", ".join(sentences.words()),
    }
    return render(request, "mobility/answer_texts.html", context)


@once
@require_http_methods(["GET", "POST"])
def write_answer_text(request: SignedInRequest) -> HttpResponse:
    """A new one, or a model text to make one's own."""
    require(rules.may_write_texts(request.user), _("HR of the organisation writes its texts for answers."))
    model = sentences.model(request.GET.get("van", ""))
    start = {"act": model.act, "title": model.title, "text": model.text} if model else {}
    form = fill(
        AnswerTextForm, request, user=request.user, initial=start | {"language": request.LANGUAGE_CODE}
    )
    if form.is_valid():
        form.save()
        told = _("The text has been saved. It stands above the form of that answer.")
        return done(request, "mobility:answer_texts", told)
    status = 422 if form.errors else 200
    return render(request, "mobility/write_answer_text.html", {"form": form}, status=status)


def own_text(request: SignedInRequest, number: int) -> AnswerText:
    """The text, if this person may see it and writes for its organisation; 404 or 403 otherwise."""
    text = get_object_or_404(
        AnswerText.objects.visible_to(request.user).select_related("organisation"), pk=number
    )
    require(rules.may_write_texts(request.user, text.organisation))
    return text


@once
@require_http_methods(["GET", "POST"])
def edit_answer_text(request: SignedInRequest, number: int) -> HttpResponse:
    text = own_text(request, number)
    form = fill(AnswerTextForm, request, instance=text, user=request.user)
    if form.is_valid():
        form.save()
        return done(request, "mobility:answer_texts", _("Your changes have been saved."))
    context = {"form": form, "text": text}
    status = 422 if form.errors else 200
    return render(request, "mobility/write_answer_text.html", context, status=status)


@once
@require_POST
def remove_answer_text(request: SignedInRequest, number: int) -> HttpResponse:
    own_text(request, number).delete()
    told = _("The text has been removed. Answers that were sent keep it.")
    return done(request, "mobility:answer_texts", told)
