"""The vote of the audience at the final: one each, for another team's plan, hidden until it is over.

A vote is encrypted with a key from the settings, and stands apart from who gave it. This hides it from pages,
administration and whoever reads the database or a backup, not from a portal that was changed in bad faith.
"""

import base64
import datetime
import hashlib
import hmac
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bwob import dutch
from bwob.workflow import Refused
from pitch import drafts, sealing, showing
from pitch.leading import locked
from pitch.models import AudienceCode, AudienceRound, AudienceVote, AudienceVoter, Edition, Entry, TeamMember

State = Edition.State
BEFORE_RESULT = [State.JUDGING, State.CLOSED, State.OPENED, State.DELIBERATION, State.DECIDED]
MOST_CODES = 2000
GROUP = 5
LETTERS = 10
"""Of 32 each: fifty bits, of which nobody guesses one while the vote is open."""


def code_of(audience_round: AudienceRound, number: int) -> str:
    """The code on a card, made from the secret of the portal, so that a card can be printed again."""
    text = f"audience code {audience_round.pk} {number}"
    made = hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).digest()
    letters = base64.b32encode(made).decode()[:LETTERS]
    return f"{letters[:GROUP]}-{letters[GROUP:]}"


def digest(code: str) -> str:
    """What is kept of a code; forgiving about how it was typed."""
    plain = "".join(code.upper().translate(sealing.MISREAD).split()).replace("-", "")
    return hashlib.sha256(f"audience code {plain}".encode()).hexdigest()


@transaction.atomic
def prepare(edition: Edition, *, finalists: Any, codes: int = 0, ticket: str = "card") -> AudienceRound:
    """Choose the plans in the final and what gives a vote: an account, or one of so many cards.

    More cards can follow, never fewer.
    """
    now = locked(edition)
    if now.state not in BEFORE_RESULT or not now.rules.has_audience_prize:
        raise Refused(_("The audience cannot vote in this edition now."), now)
    audience_round, _is_new = AudienceRound.objects.get_or_create(edition=now)
    if audience_round.opens_at:
        raise Refused(_("The audience votes already, or has done so."), now)
    audience_round.finalists.set(finalists)
    audience_round.ticket = ticket
    audience_round.save(update_fields=["ticket"])
    have = audience_round.codes.count()
    AudienceCode.objects.bulk_create(
        AudienceCode(round=audience_round, number=number, digest=digest(code_of(audience_round, number)))
        for number in range(have + 1, min(codes, MOST_CODES) + 1)
    )
    return audience_round


@transaction.atomic
def open_for(edition: Edition, time: datetime.timedelta) -> AudienceRound:
    """Let the audience vote from now on. It closes by itself; nobody can close it earlier or later."""
    now = locked(edition)
    audience_round = AudienceRound.objects.locked().filter(edition=now).first()
    if now.state not in BEFORE_RESULT or audience_round is None or not audience_round.finalists.exists():
        raise Refused(_("First choose the plans in the final."), now)
    if audience_round.is_by_card and not audience_round.codes.exists():
        raise Refused(_("The audience votes with cards, and there are none yet."), now)
    if audience_round.opens_at:
        raise Refused(_("The audience votes already, or has done so."), now)
    audience_round.opens_at = timezone.now()
    audience_round.closes_at = audience_round.opens_at + time
    audience_round.save(update_fields=["opens_at", "closes_at"])
    return audience_round


def choices_for(user: Any, audience_round: AudienceRound) -> QuerySet[Entry]:
    """The plans in the final, but for those of the own team."""
    plans = audience_round.finalists.select_related("edition__rules", "blind").order_by("title")
    if not user.is_authenticated:
        return plans
    return plans.exclude(pk__in=TeamMember.objects.filter(user=user).joined().values("entry"))


def on_stage(audience_round: AudienceRound) -> list[str]:
    """The names of the plans in the final as the public reads them now, by the alphabet."""
    plans = audience_round.finalists.select_related("edition__rules", "blind")
    return sorted((showing.text_of(plan).title for plan in plans), key=dutch.fold)


def can_be_prepared(edition: Edition) -> bool:
    return edition.state in BEFORE_RESULT and edition.rules.has_audience_prize


def is_known(user: Any) -> bool:
    """Somebody with an account whose work address was verified lately: then one person is one account."""
    return user.is_authenticated and bool(user.employer) and user.work.is_current


def knows(code: str) -> bool:
    """Is this the code of a card, used or not?"""
    return AudienceCode.objects.filter(digest=digest(code)).exists()


def round_for(rounds: QuerySet[AudienceRound], code: str) -> AudienceRound | None:
    """Of the votes that are on, the one that a card belongs to; without a card the newest."""
    own = rounds.filter(codes__digest=digest(code)).first() if code else None
    return own or rounds.order_by("-opens_at", "-pk").first()


def has_voted(user: Any, audience_round: AudienceRound) -> bool:
    return AudienceVoter.objects.visible_to(user).filter(round=audience_round).exists()


@transaction.atomic
def vote(audience_round: AudienceRound, entry: Entry, *, by: Any, code: str = "") -> None:
    """Put one vote in the box: with the account or with the code from a card, whichever this round asks.

    Of two votes with one code or account at once the second waits for the first and is refused.
    """
    if not choices_for(by, audience_round).filter(pk=entry.pk).exists():
        raise Refused(_("You cannot vote for this plan."))
    if not audience_round.is_by_card and not is_known(by):
        raise Refused(_("In this vote everybody votes with an account whose work address was verified."))
    try:
        with transaction.atomic():
            if audience_round.is_by_card:
                use(audience_round, code)
            else:
                AudienceVoter.objects.create(round=audience_round, user=by)
            AudienceVote.objects.create(round=audience_round, content=sealed(entry))
    except IntegrityError as problem:
        raise Refused(refusal(str(problem))) from None


def use(audience_round: AudienceRound, code: str) -> None:
    """Mark the code as used; Refused when there is none such, or it was used before."""
    found = AudienceCode.objects.filter(round=audience_round, digest=digest(code))
    if not found.free().update(used_at=timezone.now()):
        known = found.exists()
        raise Refused(_("This code was used already.") if known else _("We do not know this code."))


def refusal(problem: str) -> str:
    if "not voting now" in problem:
        return _("The vote is closed. Your vote was not taken.")
    return _("You have voted already. Everybody votes once.")


def sealed(entry: Entry) -> bytes:
    """All of one length, so that the size tells nothing."""
    return drafts.encrypt(f"{entry.pk:>20}".encode())


def turnout(audience_round: AudienceRound) -> int:
    """How many votes came in: all that anybody learns before the result."""
    return AudienceVote.objects.of(audience_round).count()


@transaction.atomic
def count(audience_round: AudienceRound) -> None:
    """Open all votes when the time is over by the clock of the database, and keep how many each plan has."""
    fresh = AudienceRound.objects.locked().filter(pk=audience_round.pk, closes_at__lte=Now()).first()
    if fresh is None:
        raise Refused(_("The audience can still vote."))
    opened = (
        drafts.decrypt(bytes(content))
        for content in AudienceVote.objects.of(fresh).values_list("content", flat=True)
    )
    votes = Counter(int(content) for content in opened if content)
    fresh.counts = {str(entry.pk): votes[entry.pk] for entry in fresh.finalists.all()}
    fresh.counted_at = timezone.now()
    fresh.save(update_fields=["counts", "counted_at"])


@dataclass(frozen=True)
class Outcome:
    """What the audience chose: the plan with the most votes; with equal votes they share the prize."""

    plans: list[Entry]
    votes: int
    total: int

    @property
    def votes_text(self) -> str:
        facts = {"votes": self.votes, "total": self.total}
        return ngettext("%(votes)d of %(total)d vote.", "%(votes)d of %(total)d votes.", self.total) % facts


def outcome(edition: Edition) -> Outcome | None:
    """None before the result of the edition is public, and where nobody voted.

    Plans that did not win are not counted out before everybody.
    """
    audience_round = AudienceRound.objects.filter(edition=edition, counted_at__isnull=False).first()
    if audience_round is None or not edition.shows_scores:
        return None
    most = max(audience_round.counts.values(), default=0)
    best = [int(pk) for pk, votes in audience_round.counts.items() if votes == most and most]
    plans = Entry.objects.filter(pk__in=best).select_related("edition", "organisation").order_by("title")
    return Outcome(list(plans), most, sum(audience_round.counts.values())) if best else None
