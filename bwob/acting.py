"""The page on which somebody fills in and confirms one act, the same in every line."""

import dataclasses
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse


@dataclasses.dataclass(frozen=True)
class Page:
    """Where an act leads back to when that is not the page of a record."""

    title: str
    view: str
    args: tuple[str, ...] = ()

    def get_absolute_url(self) -> str:
        return reverse(self.view, args=self.args)


def act(
    request: HttpRequest, form: forms.BaseForm, back: Any, *, template: str = "act.html", **words: Any
) -> HttpResponse:
    """`back` is the record it is about. `words`: title, lead, button, is_final."""
    context = {"form": form, "back": back, **words}
    return render(request, template, context, status=422 if form.errors else 200)


def done(request: HttpRequest, to: Any, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(to)
