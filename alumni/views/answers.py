"""Answering a question of a former employer, by the signed link in its mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from alumni import answering, links
from alumni.forms import AnswerTextForm
from alumni.models import Answer, Question
from alumni.views.members import no_such_link
from bwob.forms import fill


@login_not_required
@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The question, and the own answer as long as it is open; the link counts as long as both exist."""
    found = links.to_answer(token)
    if found is None:
        return no_such_link(request)
    alumnus, question = found
    own = alumnus.answers.filter(question=question).first()
    form = fill(AnswerTextForm, request, instance=own or Answer(question=question, alumnus=alumnus))
    if form.is_valid():
        answering.answer(question, alumnus, **form.cleaned_data)
        messages.success(request, _("Your answer has been sent. Thank you."))
        return redirect("alumni:answer", token)
    context = {
        "question": question,
        "network": alumnus.network,
        "form": form,
        "own": own,
        "is_open": question.state == Question.State.OPEN,
    }
    return render(request, "alumni/answer.html", context, status=422 if form.errors else 200)
