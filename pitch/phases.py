"""The acts on a whole edition, by the word in their address: who may, from which state, and what it means."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pitch import (
    assigning,
    closing,
    deliberating,
    holding,
    leading,
    opening,
    realising,
    rules,
)
from pitch.models import Edition

State = Edition.State


@dataclass(frozen=True)
class Act:
    """`states`: from which it can be done. `run` gets the edition, `by`, and `reason` if it asks for one."""

    word: str
    title: str | Promise
    lead: str | Promise
    may: Callable[[Any, Edition], bool]
    states: tuple[str, ...]
    run: Callable[..., object]
    done: str | Promise
    asks_reason: bool = False
    is_final: bool = False
    is_main: bool = True


def plain(act: Callable[[Edition], object]) -> Callable[..., object]:
    """For acts that keep no name."""
    return lambda edition, by: act(edition)


ACTS = [
    Act(
        "vaststellen",
        _("Fix the rules"),
        _("The rules get a version and a hash. After the opening nobody can change them."),
        rules.may_prepare,
        (State.DRAFT,),
        leading.fix_rules,
        _("The rules are fixed and public."),
    ),
    Act(
        "heropenen",
        _("Change the rules again"),
        _("Possible until plans may come in. Fixing them again makes a new version."),
        rules.may_prepare,
        (State.FIXED,),
        leading.reopen_rules,
        _("The edition is in preparation again."),
        asks_reason=True,
        is_main=False,
    ),
    Act(
        "openstellen",
        _("Open for plans"),
        _("Teams can send in plans from now on. The rules stay as they are."),
        rules.may_prepare,
        (State.FIXED,),
        leading.open_for_entries,
        _("Plans can come in."),
    ),
    Act(
        "inzending-sluiten",
        _("Start admission"),
        _("Plans no longer come in. The portal does this by itself at the moment that was announced."),
        rules.may_keep,
        (State.OPEN,),
        leading.close_entries,
        _("Admission has begun."),
    ),
    Act(
        "verdelen",
        _("Divide the plans over the jury"),
        _("Everybody gets about as many, and nobody a plan in which he or she has an interest."),
        rules.may_keep,
        (State.ADMISSION, State.REHEARSAL, State.JUDGING),
        plain(assigning.assign),
        _("The plans have been divided."),
        is_main=False,
    ),
    Act(
        "toelating-afronden",
        _("Finish admission"),
        _("Every plan has its ruling. Now the jury gets ready, and the keys are tried."),
        rules.may_keep,
        (State.ADMISSION,),
        leading.finish_admission,
        _("Admission is done."),
    ),
    Act(
        "slot-maken",
        _("Make the lock"),
        _("All three key holders have taken their key. The portal makes the lock and forgets its own key."),
        rules.may_keep,
        (State.FIXED, State.OPEN, State.ADMISSION, State.REHEARSAL),
        plain(holding.make_lock),
        _("The lock has been made. Now two key holders try it."),
        is_main=False,
    ),
    Act(
        "slot-vervangen",
        _("Throw the lock away"),
        _("When a key was lost before the jury starts. All three key holders take a new key."),
        rules.may_keep,
        (State.FIXED, State.OPEN, State.ADMISSION, State.REHEARSAL),
        plain(holding.start_again),
        _("The lock is gone. The key holders take new keys."),
        is_final=True,
        is_main=False,
    ),
    Act(
        "jury-starten",
        _("Let the jury start"),
        _("The jury gets a mail and can judge until the announced moment. The plans become public."),
        rules.may_chair,
        (State.REHEARSAL,),
        leading.start_judging,
        _("The jury has started."),
    ),
    Act(
        "sluiten",
        _("Close the judging"),
        _("No ballot comes in after this. Everybody in the jury gets the seal over all ballots."),
        rules.may_chair,
        (State.JUDGING,),
        closing.close,
        _("Judging is closed and the ballots are under seal."),
        is_final=True,
    ),
    Act(
        "stemmen-openen",
        _("Open the ballots"),
        _("The ballots of this edition are not sealed with keys, so you open them alone."),
        rules.may_chair,
        (State.CLOSED,),
        opening.open_unsealed,
        _("The ballots are open and counted."),
    ),
    Act(
        "beraad-starten",
        _("Start the deliberation"),
        _("The jury sees the count and meets."),
        rules.may_chair,
        (State.OPENED,),
        deliberating.begin,
        _("The deliberation has begun."),
    ),
    Act(
        "publiceren",
        _("Publish the result"),
        _("Everybody sees result, count and ballots. Teams see their own scores and can object."),
        rules.may_chair,
        (State.DECIDED,),
        deliberating.publish,
        _("The result is public."),
    ),
    Act(
        "uitvoering-starten",
        _("Make the result final"),
        _("The time to object is over. From here on the plan that won is carried out."),
        rules.may_chair,
        (State.PUBLISHED,),
        realising.settle,
        _("The result is final."),
    ),
    Act(
        "afronden",
        _("End this edition"),
        _("Everything was carried out or stopped. The edition goes to the archive."),
        rules.may_chair,
        (State.REALISATION,),
        realising.end,
        _("The edition has ended."),
    ),
    Act(
        "annuleren",
        _("Cancel this edition"),
        _("All teams and the jury get a mail with your reason."),
        rules.may_prepare,
        (State.DRAFT, State.FIXED, State.OPEN, State.ADMISSION, State.REHEARSAL),
        leading.cancel,
        _("The edition has been cancelled."),
        asks_reason=True,
        is_final=True,
        is_main=False,
    ),
]


def open_to(user: Any, edition: Edition) -> list[Act]:
    """What this person can do now, the next step first."""
    fitting = [act for act in ACTS if edition.state in act.states and suits(act, edition)]
    return sorted((act for act in fitting if act.may(user, edition)), key=lambda act: not act.is_main)


def suits(act: Act, edition: Edition) -> bool:
    """Sealed editions have one lock, which must be there before it can be replaced; others open alone."""
    is_sealed = edition.rules.is_sealed if hasattr(edition, "rules") else True
    has_lock = hasattr(edition, "lock")
    fitting = {
        "slot-maken": is_sealed and not has_lock,
        "slot-vervangen": is_sealed and has_lock,
        "stemmen-openen": not is_sealed,
    }
    return fitting.get(act.word, True)


def named(word: str) -> Act | None:
    return next((act for act in ACTS if act.word == word), None)
