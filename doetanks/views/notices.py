from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bwob.acting import act, done
from bwob.forms import fill
from bwob.people.models import SignedInRequest
from bwob.people.submitting import once
from bwob.privacy import reading
from bwob.web import require
from doetanks import offering, rules
from doetanks.forms import NoticeForm, ReplyForm
from doetanks.models import Notice, NoticeReply
from doetanks.views.acting import BOARD

VERIFY_FIRST = gettext_lazy("First verify your work address in your profile.")


def of(request: HttpRequest, key: str) -> Notice:
    return get_object_or_404(Notice.objects.visible_to(request.user).select_related("employer"), key=key)


@login_not_required
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """What is asked and offered, the newest first; a hundred is more than a board holds."""
    rows = list(Notice.objects.visible_to(request.user).open().select_related("employer")[:100])
    context = {
        "asked": [one for one in rows if one.kind == Notice.Kind.ASK],
        "offered": [one for one in rows if one.kind == Notice.Kind.OFFER],
    }
    return render(request, "doetanks/notices.html", context)


@login_not_required
@require_GET
def notice(request: HttpRequest, key: str) -> HttpResponse:
    shown, user = of(request, key), request.user
    is_author = user.is_authenticated and shown.author_id == user.pk
    replies = shown.replies.visible_to(user) if user.is_authenticated else shown.replies.none()
    rows = list(replies.select_related("person__work_address"))
    if is_author:
        reading.record(user, rows, purpose=gettext_lazy("answers to one's notice"))
    context = {
        "notice": shown,
        "is_author": is_author,
        "replies": rows,
        "may_answer": not is_author and not rows,
    }
    return render(request, "doetanks/notice.html", context)


@once
@require_http_methods(["GET", "POST"])
def post_notice(request: SignedInRequest) -> HttpResponse:
    require(rules.works_somewhere(request.user), str(VERIFY_FIRST))
    form = fill(NoticeForm, request)
    if form.is_valid():
        made = form.save(commit=False)
        offering.post(made, by=request.user)
        return done(request, made, _("It is on the board, with your employer and without your name."))
    lead = _("Everybody can read it. Only your employer stands with it.")
    return act(
        request, form, BOARD, title=_("Ask or offer something"), lead=lead, button=_("Put it on the board")
    )


@once
@require_http_methods(["GET", "POST"])
def answer_notice(request: SignedInRequest, key: str) -> HttpResponse:
    shown = of(request, key)
    require(rules.works_somewhere(request.user), str(VERIFY_FIRST))
    reply = NoticeReply(notice=shown, person=request.user)
    form = fill(ReplyForm, request, instance=reply)
    if form.is_valid():
        offering.answer(form.save(commit=False))
        return done(request, shown, _("Your answer has been sent."))
    return act(request, form, shown, title=_("Answer"), lead=shown.title, button=_("Send"))


@once
@require_POST
def close_notice(request: SignedInRequest, key: str) -> HttpResponse:
    shown = of(request, key)
    require(shown.author_id == request.user.pk)
    offering.close(shown, by=request.user)
    return done(request, shown, _("It is off the board."))
