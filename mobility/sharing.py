"""Scripts (*draaiboeken*): write, tick off, share with its lessons, and take over a copy."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bwob import history
from bwob.organisations.models import Organisation
from bwob.people.models import User
from bwob.workflow import Refused
from mobility.models import Script, ScriptStep

Steps = list[tuple[int, str]]


@transaction.atomic
def save(script: Script, steps: Steps, *, by: User) -> None:
    """Store it with these steps; a step whose words stay the same stays ticked off."""
    with history.because(by=by):
        script.save()
    done = dict(script.steps.exclude(done_at=None).values_list("text", "done_at"))
    script.steps.all().delete()
    ScriptStep.objects.bulk_create(
        ScriptStep(script=script, weeks=weeks, text=text, done_at=done.get(text)) for weeks, text in steps
    )


def tick(step: ScriptStep) -> None:
    """Done, or after all not."""
    ScriptStep.objects.filter(pk=step.pk).update(done_at=None if step.done_at else timezone.now())


def share(script: Script, *, by: User) -> None:
    """From now on everybody can read it and take it over."""
    with history.because(by=by):
        shared = Script.objects.filter(pk=script.pk, shared_at=None).update(shared_at=timezone.now())
    if not shared:
        raise Refused(_("This script is shared already."))


@transaction.atomic
def copy(script: Script, *, to: Organisation, by: User) -> Script:
    """The steps, none of them done, and where they come from; the lessons stay with the original."""
    taken = Script(organisation=to, title=script.title, origin=script)
    save(taken, list(script.steps.values_list("weeks", "text")), by=by)
    return taken


def organisation_of(user: User) -> Organisation:
    """For which organisation this person writes: the employer, if there is a role there, else the first."""
    own = user.organisations("hr", "manager", "programme")
    return user.employer if user.employer in own else own[0]
