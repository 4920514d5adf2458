"""What the pages have in common on which somebody fills in and confirms one act."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy

from bwob.people.models import SignedInRequest
from bwob.privacy import reading
from doetanks.models import Challenge, Participation


def visible(request: HttpRequest, slug: str) -> Challenge:
    """The challenge, if this person may see it; 404 otherwise."""
    return get_object_or_404(Challenge.objects.visible_to(request.user).with_names(), slug=slug)


def visible_participation(request: SignedInRequest, key: str) -> Participation:
    """The participation, if this person may see it; who it is about sees later who looked."""
    shown = get_object_or_404(Participation.objects.visible_to(request.user).with_names(), key=key)
    reading.record(request.user, [shown], purpose=gettext_lazy("putting a Doetank together"))
    return shown


def act(request: HttpRequest, form: forms.BaseForm, back: Any, **words: Any) -> HttpResponse:
    """The page of one act. `words`: title, lead, button, is_final."""
    context = {"form": form, "back": back, **words}
    return render(request, "doetanks/act.html", context, status=422 if form.errors else 200)


def done(request: HttpRequest, to: Any, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(to)
