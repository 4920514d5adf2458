"""Erasing an account: everything about the person goes, history included, outside the exceptions in `STAYS`.

A line that must act first (withdraw what runs, tell who waits) registers that in its `retention` module:
`erasing.before_erasure(withdraw_all)`. A task that it enqueues runs when the person's rows are gone.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bwob.privacy import forgetting, labels, tasks
from bwob.privacy.models import Farewell

logger = logging.getLogger(__name__)
first_acts: list[Callable[[Any], None]] = []

STAYS: list[tuple[str | Promise, str | Promise]] = [
    (
        _("Exchanges that you wrote or are the contact of"),
        _("They belong to the organisation. Your name is taken off them."),
    ),
    (
        _("What you looked at and changed for your work"),
        _("People may know that somebody of your employer saw their data, and when. Your name is taken out."),
    ),
    (
        _("Your name where a colleague named you as manager"),
        _("It belongs to the application of your colleague and goes together with it."),
    ),
    (
        _("Mails that were already sent"),
        _("They are in the mailboxes of the people who received them."),
    ),
    (
        _("Backups"),
        _("They are overwritten within a few weeks. If one has to be put back, your data are erased again."),
    ),
]


def before_erasure(act: Callable[[Any], None]) -> Callable[[Any], None]:
    """Register what a line does with a person's running matters before the rows go. Usable as a decorator."""
    if act not in first_acts:
        first_acts.append(act)
    return act


@transaction.atomic
def erase(user: Any, *, farewell: bool = True) -> None:
    """Remove this person. The row is locked first, so that nothing can be added to the account meanwhile.

    The last mail waits in a `Farewell` row, not in a job: a job keeps what it was given for days.
    """
    people = get_user_model()
    found = people._base_manager.select_for_update().filter(pk=user.pk).first()
    if found is None:  # a second click waited for the first
        return
    user = found
    for act in first_acts:
        act(user)
    if farewell:
        last = Farewell.objects.create(email=user.email, language=user.language)
        tasks.send_farewell.defer(farewell_id=last.pk)
    end_sessions(user)
    for model, path in _paths_to(user):
        forgetting.forget(forgetting.rows(model).filter(**{path: user.pk}))
        _forget_earlier_history(model, path, user)
    _forget_mentions(user)
    forgetting.forget(forgetting.rows(people).filter(pk=user.pk))
    _forget_acts(user)
    facts = {"account": user.pk}
    transaction.on_commit(lambda: logger.info("account erased", extra={"facts": facts}))


def _paths_to(user: Any) -> list[tuple[type[models.Model], str]]:
    """Where rows about a person are, the farthest from the account first."""
    found = [(model, of.person) for model, of in labels.personal_models() if of.person]
    return sorted(found, key=lambda pair: pair[1].count("__"), reverse=True)


def _forget_earlier_history(model: type[models.Model], path: str, user: Any) -> None:
    """History of records of this person that somebody removed before."""
    if "__" in path:
        return
    for history in forgetting.histories_of(model):
        forgetting.drop(forgetting.rows(history).filter(**{path: user.pk}))


def end_sessions(user: Any) -> None:
    """Sign out everywhere, and end sessions in which somebody is signing in with this address."""
    for session in Session.objects.iterator():
        inside = session.get_decoded()
        if inside.get("_auth_user_id") == str(user.pk) or user.email.casefold() in str(inside).casefold():
            session.delete()


def _forget_mentions(user: Any) -> None:
    """Empty the foreign keys by which records of others name this person, and the texts beside those keys."""
    for model in (*labels.all_models(), *labels.history_models()):
        of = labels.labels_of(model)
        beside = of.beside if isinstance(of, labels.Personal) else {}
        for key in labels.mentions(model):
            values: dict[str, Any] = {key.name: None}
            if key.name in beside:
                values[beside[key.name]] = ""
            forgetting.overwrite(forgetting.rows(model).filter(**{key.name: user.pk}), **values)


def _forget_acts(user: Any) -> None:
    """History of other records says that somebody changed them, no longer who."""
    for history in labels.history_models():
        mine = forgetting.rows(history).filter(pgh_context__user=user.pk)
        forgetting.overwrite(mine, pgh_context=forgetting.FORGET_USER)
