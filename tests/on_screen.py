"""Reading pages as a person does, and finding the way to them."""

import re
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from mobility.models import Application, Exchange


def page(act: str, application: Application) -> str:
    """The address of an act on an application; `application` is its own page."""
    return reverse(f"mobility:{act}", args=[application.key])


def apply_page(exchange: Exchange) -> str:
    return reverse("mobility:apply", args=[exchange.slug])


def text_of(response: Any) -> str:
    """The page with single spaces."""
    return re.sub(r"\s+", " ", response.content.decode())


def bare(response: HttpResponse, *names: str) -> str:
    """The page without what differs on every page: the safety code, and its own address."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    for name in names:
        text = text.replace(name, "NAME")
    return text


def form_key_of(response: HttpResponse) -> str:
    return re.findall(r'name="form_key" value="([^"]*)"', response.content.decode())[-1]
