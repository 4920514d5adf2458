"""Sample applications: moved by the real acts, so that each has a true history; then spread over past
days.
"""

import contextlib
import datetime
import random
import tomllib
from pathlib import Path
from typing import Any

import pgtrigger
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy

from bwob.people.models import Membership, User
from bwob.privacy import reading
from bwob.workflow import Refused
from mobility import agreeing, applying, deciding, rules, waiting, writing
from mobility.models import Application, Exchange

TEXTS = tomllib.loads((Path(__file__).parent / "people.toml").read_text(encoding="utf-8"))
State = Application.State
ROADS = {
    State.DRAFT: [],
    State.SUBMITTED: ["submit"],
    State.CONVERSATION: ["submit", "invite"],
    State.OFFERED: ["submit", "invite", "offer"],
    State.TAKEN: ["submit", "invite", "offer", "take"],
    State.AGREED: ["submit", "invite", "offer", "take", "agree"],
    State.CONFIRMED: ["submit", "invite", "offer", "take", "agree", "confirm"],
    State.DECLINED: ["submit", "invite", "decline"],
    State.WITHDRAWN: ["submit", "withdraw"],
    State.LAPSED: ["submit", "lapse"],
}
FOR_FIXED = [
    State.OFFERED,
    State.TAKEN,
    State.CONVERSATION,
    State.SUBMITTED,
    State.DRAFT,
    State.CONFIRMED,
    State.DECLINED,
]


def load(
    exchanges: list[Exchange], people: list[User], fixed: dict[str, User], chance: random.Random
) -> None:
    """About a hundred applications in every state, most at the two organisations whose HR has a demo
    account.
    """
    shown = [one for one in exchanges if one.organisation.code in ("gm0344", "pv25")]
    others = [
        one for one in exchanges if one not in shown and Membership.objects.hr_of(one.organisation).exists()
    ]
    for participant in (fixed["deelnemer"], fixed["deelnemer2"]):
        for state, exchange in zip(FOR_FIXED, chance.sample(shown, len(FOR_FIXED)), strict=True):
            _application(exchange, participant, state, chance)
    for exchange in shown + chance.sample(others, 30):
        for state in chance.sample(list(ROADS), chance.choice([1, 2, 3])):
            _application(exchange, chance.choice(people), state, chance)
    _endings(shown, fixed)


def _application(exchange: Exchange, applicant: User, state: str, chance: random.Random) -> None:
    """One application along its road, unless this person cannot apply there."""
    exchange.refresh_from_db()
    taken = exchange.applications.filter(applicant=applicant).exists()
    if (
        taken
        or rules.obstacle(applicant, exchange)
        or (state == State.CONFIRMED and exchange.places_left < 1)
    ):
        return
    application = Application(exchange=exchange, applicant=applicant, state=State.DRAFT)
    application.motivation = chance.choice(TEXTS["motivation"])["text"]
    applying.save_draft(application)
    decider = Membership.objects.hr_of(exchange.organisation)[0].user
    with contextlib.suppress(Refused):  # a clash of periods, as in life: the application stays where it is
        for step in ROADS[State(state)]:
            STEPS[step](application, decider, chance)
    if state != State.DRAFT:
        reading.record(decider, [application], purpose=gettext_lazy("deciding on an application"))
    _spread(application, days=chance.randrange(2, 24) if application.is_live else chance.randrange(5, 40))


def _offer(application: Application, decider: User, chance: random.Random) -> None:
    exchange = application.exchange
    starts_on = exchange.starts_on or timezone.localdate() + datetime.timedelta(
        days=chance.randrange(30, 400)
    )
    shifted = Exchange(starts_on=starts_on, duration=exchange.duration, duration_unit=exchange.duration_unit)
    deciding.offer(
        application,
        by=decider,
        hours=exchange.hours_max,
        starts_on=starts_on,
        ends_on=shifted.ends_on,
        note=_remark("offer", chance),
    )


def _take(application: Application, _decider: User, _chance: random.Random) -> None:
    domain = str(application.applicant.work).rpartition("@")[2]
    applying.take(application, manager_name="Marijke Hofstra", manager_email=f"leidinggevende@{domain}")


def _lapse(application: Application, _decider: User, _chance: random.Random) -> None:
    Application.objects.filter(pk=application.pk).update(due_at=timezone.now())
    """As if the four weeks had passed."""
    Application.objects.filter(pk=application.pk).update(due_at=timezone.now())
    waiting.lapse(application)
    application.refresh_from_db()


STEPS: dict[str, Any] = {
    "submit": lambda application, decider, chance: applying.submit(application),
    "invite": lambda application, decider, chance: deciding.invite(
        application, by=decider, reason=_remark("conversation", chance)
    ),
    "offer": _offer,
    "take": _take,
    "agree": lambda application, decider, chance: agreeing.agree(application),
    "confirm": lambda application, decider, chance: deciding.confirm(application, by=decider),
    "decline": lambda application, decider, chance: deciding.decline(
        application,
        by=decider,
        code=chance.choice(Application.HR_CODES[:4]),
        reason=_remark("refusal", chance),
    ),
    "withdraw": lambda application, decider, chance: applying.withdraw(application, by=application.applicant),
    "lapse": _lapse,
}


def _remark(moment: str, chance: random.Random) -> str:
    return chance.choice([one["text"] for one in TEXTS["remark"] if one["moment"] == moment])


def _spread(application: Application, days: int) -> None:
    """Set what happened back in time, evenly over `days`: the acts above all happened just now."""
    with pgtrigger.ignore("mobility.ApplicationEvent:append_only"), connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE mobility_applicationevent AS event
            SET pgh_created_at = now()
                - make_interval(hours => (%s * (place.total - place.nth + 1) / place.total)::int)
            FROM (
                SELECT pgh_id, row_number() OVER (ORDER BY pgh_id) AS nth, count(*) OVER () AS total
                FROM mobility_applicationevent WHERE pgh_obj_id = %s
            ) AS place
            WHERE event.pgh_id = place.pgh_id
            """,
            [days * 24, application.pk],
        )
    Application.objects.filter(pk=application.pk).update(
        moved_at=timezone.now()
        - datetime.timedelta(hours=days * 24 // (len(ROADS[State(application.state)]) + 1)),
        submitted_at=application.submitted_at and timezone.now() - datetime.timedelta(days=days - 1),
    )


def _endings(shown: list[Exchange], fixed: dict[str, User]) -> None:
    """Exchanges of the two organisations that are drafts, closed early or withdrawn."""
    for code, name in (("gm0344", "hr-a"), ("pv25", "hr-b")):
        own = [one for one in shown if one.organisation.code == code]
        for exchange in own:
            exchange.refresh_from_db()
        still_open = [one for one in own if one.is_open]
        writing.duplicate(still_open[0], by=fixed[name])
        writing.close(still_open[-1], by=fixed[name])
        writing.withdraw(still_open[-2], by=fixed[name], reason="Het team is al op volle sterkte.")
