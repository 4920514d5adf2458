"""The few tags that every template may load."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bwob import forms, markdown

register = template.Library()


@register.simple_tag(takes_context=True)
def form_key(context: Any) -> SafeString:
    """The hidden key of a form: one record of a double click, and typed text back to the one who typed it."""
    key = forms.key_for(context["request"].user)
    return format_html('<input type="hidden" name="form_key" value="{}">', key)


@register.simple_tag
def origin() -> str:
    """Where the portal lives, for addresses that other programs read: `https://bwob.example`."""
    return settings.ORIGIN


@register.filter
def rich(text: str) -> SafeString:
    """Markdown that a person wrote, as safe HTML."""
    return markdown.render(text)
