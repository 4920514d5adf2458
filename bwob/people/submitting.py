"""One record of a double click: a form's key is carried out once, and a second post leads to the same
page.
"""

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from bwob.forms import read_key
from bwob.people.models import SignedInRequest, Submission
from bwob.workflow import Refused

View = Callable[..., HttpResponse]


def once(view: View) -> View:
    """Carry out a posted form once. Of two posts at the same moment the second waits for the first to finish.

    A form that led nowhere (errors, or a refusal) can be posted again; what the view stored before stays.
    """

    @functools.wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        owner, key = read_key(request.POST.get("form_key", "")) or (None, "")
        if request.method != "POST" or not key or owner != request.user.pk:
            return view(request, *args, **kwargs)
        response = _carry_out(uuid.UUID(key), request.user, functools.partial(view, request, *args, **kwargs))
        if isinstance(response, Refused):
            raise response
        return response

    return guarded


@transaction.atomic
def _carry_out(key: uuid.UUID, user: Any, act: Callable[[], HttpResponse]) -> HttpResponse | Refused:
    submission, is_new = Submission.objects.get_or_create(key=key, defaults={"user": user})
    if not is_new:
        return redirect(submission.url)
    try:
        response = act()
    except Refused as refused:
        submission.delete()
        return refused
    if response.status_code == 302:
        submission.url = response["Location"]
        submission.save(update_fields=["url"])
    else:
        submission.delete()
    return response
