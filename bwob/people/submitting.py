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

View = Callable[..., HttpResponse]


def once(view: View) -> View:
    """Carry out a posted form once. Of two posts at the same moment the second waits for the first to
    finish.
    """

    @functools.wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = read_key(request.POST.get("form_key", "")) if request.method == "POST" else None
        return (
            _carry_out(uuid.UUID(key[1]), view, request, *args, **kwargs)
            if key
            else view(request, *args, **kwargs)
        )

    return guarded


@transaction.atomic
def _carry_out(
    key: uuid.UUID, view: View, request: SignedInRequest, *args: Any, **kwargs: Any
) -> HttpResponse:
    submission, is_new = Submission.objects.get_or_create(key=key, defaults={"user": request.user})
    if not is_new:
        return redirect(submission.url)
    response = view(request, *args, **kwargs)
    if response.status_code == 302:
        submission.url = response["Location"]
        submission.save(update_fields=["url"])
    else:
        transaction.set_rollback(True)
    return response
