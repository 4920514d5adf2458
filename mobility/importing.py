"""Importing offers of other systems as exchanges: each source and id once, with a report of every row."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bwob import history
from bwob.dutch import fold
from bwob.organisations.models import Organisation, Place
from bwob.people.models import User
from bwob.workflow import Refused
from mobility import writing
from mobility.models import Exchange
from mobility.offers import Offer, Problem, Reading, Row
from mobility.offers.row import Sentence, say, shown
from mobility.offers.words import words

SMALLEST_SHARE = 0.7
"""A feed with fewer offers than this share of the live ones is more likely broken than true."""

State = Exchange.State


class Act(models.TextChoices):
    """What an import does with a row."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    SAME = "same", _("unchanged")
    LEFT = "left", _("left alone")
    REFUSED = "refused", _("not taken")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row and what was (or in a dry run would be) done with it."""

    row: Row
    act: Act
    exchange: Exchange | None = None
    problems: tuple[Problem, ...] = ()
    notes: tuple[Sentence, ...] = ()
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did. `missing` are the open exchanges of this source that the file no longer has.

    They are closed, unless the import was `held` because the file is suspiciously small.
    """

    outcomes: tuple[Outcome, ...]
    missing: tuple[Exchange, ...] = ()
    held: bool = False
    dry_run: bool = False

    def count(self, act: Act) -> int:
        return sum(outcome.act == act for outcome in self.outcomes)

    @property
    def closed(self) -> tuple[Exchange, ...]:
        return () if self.held else self.missing


def source_of(reading: Reading, name: str) -> str:
    """Under which name a file's offers are known again: the website of a saved page, or the file's name."""
    hosts = (urlsplit(offer.url).hostname for offer in reading.offers if offer.url)
    host = next((host for host in hosts if host), "") if reading.kind == "html" else ""
    return (host or name)[:200]


@transaction.atomic
def import_offers(
    reading: Reading,
    *,
    organisation: Organisation,
    source: str,
    by: User | None,
    dry_run: bool = False,
    publish: bool = False,
    confirmed: bool = False,
) -> Report:
    """Store what is new or changed and close what the source no longer has; a row in error is left out.

    New exchanges are drafts unless `publish`. A saved web page shows a part of a source, so that nothing is
    closed for it. `confirmed` says that a person knows that the feed is really that much smaller. Two imports
    for one organisation at the same time take turns.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    made_before = Exchange.objects.filter(organisation=organisation, source=source).with_names()
    known = {exchange.external_id: exchange for exchange in made_before}
    matched = _Matching(organisation, source, known, Places(Place.objects.all()))
    outcomes = tuple(matched.outcome(row) for row in reading.rows)
    missing, held = _missing(reading, known.values())
    report = Report(outcomes, missing, held and not confirmed, dry_run)
    return report if dry_run else _carried_out(report, source=source, by=by, publish=publish)


def _missing(reading: Reading, known: Iterable[Exchange]) -> tuple[tuple[Exchange, ...], bool]:
    """The open exchanges that the feed no longer has, and whether the feed is too small to believe it."""
    if reading.kind == "html":
        return (), False
    listed = {row.external_id for row in reading.rows}
    live = [exchange for exchange in known if exchange.state == State.DRAFT or exchange.is_open]
    missing = tuple(e for e in live if e.is_open and e.external_id not in listed)
    is_too_small = len(reading.rows) < SMALLEST_SHARE * len(live)
    return missing, bool(missing) and (is_too_small or "" in listed)


def _carried_out(report: Report, *, source: str, by: User | None, publish: bool) -> Report:
    with history.because(by=by, reason=_("Read from a file of offers.")):
        outcomes = tuple(_stored(outcome) for outcome in report.outcomes)
    if publish:
        outcomes = tuple(_published(outcome, by=by) for outcome in outcomes)
    for exchange in report.closed:
        writing.close(exchange, by=by)
    return replace(report, outcomes=outcomes)


def _stored(outcome: Outcome) -> Outcome:
    if outcome.exchange and outcome.act == Act.NEW:
        outcome.exchange.save()
    elif outcome.exchange and outcome.act == Act.CHANGED:
        outcome.exchange.save(update_fields=outcome.changes)
    return outcome


def _published(outcome: Outcome, *, by: User | None) -> Outcome:
    """Make a draft public; one that cannot be stays a draft, and its row says why."""
    if outcome.act == Act.REFUSED or not outcome.exchange or outcome.exchange.state != State.DRAFT:
        return outcome
    try:
        writing.publish(outcome.exchange, by=by)
    except Refused as refusal:
        return replace(outcome, notes=(*outcome.notes, refusal.reason))
    return outcome


class Places:
    """All municipalities by name, and by their name without the province behind it where that is enough."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.by_name: dict[str, Place] = {}
        short: dict[str, list[Place]] = {}
        for place in places:
            for name in filter(None, (place.name, place.also_called)):
                self.by_name[fold(name)] = place
                short.setdefault(fold(name.partition("(")[0]), []).append(place)
        for name, sharing in short.items():
            if len(sharing) == 1:
                self.by_name.setdefault(name, sharing[0])
        self.short = short
        self.suggested: dict[str, list[str]] = {}

    def named(self, name: str) -> Place | None:
        folded = fold(name)
        return self.by_name.get(folded) or self.by_name.get(fold(folded.partition("(")[0]))

    def suggestions(self, name: str) -> list[str]:
        """Names that were perhaps meant: those that differ by their province, or by a letter or two."""
        folded = fold(name)[:100]
        if folded not in self.suggested:
            close = difflib.get_close_matches(folded, self.by_name, n=3, cutoff=0.75)
            likely = [*self.short.get(folded, []), *(self.by_name[found] for found in close)]
            self.suggested[folded] = list(dict.fromkeys(place.name for place in likely))
        return self.suggested[folded]


@dataclass(frozen=True, slots=True)
class _Matching:
    """The offers of one source beside the exchanges that were made of them before."""

    organisation: Organisation
    source: str
    known: dict[str, Exchange]
    places: Places

    def outcome(self, row: Row) -> Outcome:
        if row.offer is None:
            return Outcome(row, Act.REFUSED, self.known.get(row.external_id), row.problems, row.notes)
        exchange = self.known.get(row.offer.external_id)
        if exchange and exchange.state in (State.FILLED, State.WITHDRAWN):
            return Outcome(row, Act.LEFT, exchange, notes=(*row.notes, _LEFT[State(exchange.state)]))
        return self._compared(row, row.offer, exchange)

    def _compared(self, row: Row, offer: Offer, exchange: Exchange | None) -> Outcome:
        place, problems = self._place(offer)
        facts = _facts(offer) | {"place": place}
        notes = (*row.notes, *self._notes(offer))
        problems += _lacking(offer, exchange)
        if problems:
            return Outcome(row, Act.REFUSED, exchange, tuple(problems), notes)
        if exchange is None:
            given = {name: value for name, value in facts.items() if value is not None}
            made = Exchange(**self._key(offer), **given)
            return Outcome(row, Act.NEW, made, notes=notes)
        changes = _changes(exchange, facts)
        for name in changes:
            setattr(exchange, name, facts[name])
        return Outcome(row, Act.CHANGED if changes else Act.SAME, exchange, notes=notes, changes=changes)

    def _key(self, offer: Offer) -> dict[str, Any]:
        return {
            "organisation": self.organisation,
            "source": self.source,
            "external_id": offer.external_id,
            "state": State.DRAFT,
        }

    def _place(self, offer: Offer) -> tuple[Place | None, list[Problem]]:
        if not offer.place_name and self.organisation.place:
            return self.organisation.place, []
        place = self.places.named(offer.place_name)
        if place:
            return place, []
        suggestions = self.places.suggestions(offer.place_name)
        message = say(_UNKNOWN_MAYBE if suggestions else _UNKNOWN, suggestions=", ".join(suggestions))
        return None, [Problem("place_name", shown(offer.place_name), message)]

    def _notes(self, offer: Offer) -> list[Sentence]:
        notes: list[Sentence] = []
        if not offer.place_name and self.organisation.place:
            notes.append(say(_("The place was not given; {place} was taken."), place=self.organisation.place))
        if offer.organisation_name and not offer.is_broker and not self._is_own(offer.organisation_name):
            notes.append(
                say(
                    _("The file says that this is an offer of “{name}”, not of {organisation}."),
                    name=shown(offer.organisation_name),
                    organisation=self.organisation.name,
                )
            )
        return notes

    def _is_own(self, name: str) -> bool:
        """Whether the name is the organisation's, with or without its kind ("Gemeente") or a department."""
        own, other = (set(words(text).split()) - _KINDS_OF_BODIES for text in (self.organisation.name, name))
        return own <= other or (bool(other) and other <= own)


_KINDS_OF_BODIES = {"gemeente", "provincie", "waterschap", "ministerie", "van", "de", "het", "der", "en"}
_UNKNOWN = _("This is not a Dutch municipality. Fill in the one where the work is done.")
_UNKNOWN_MAYBE = _("This is not a Dutch municipality. Did you mean {suggestions}?")
_LEFT: dict[State, Sentence] = {
    State.FILLED: _("All places were given here; it is left as it is."),
    State.WITHDRAWN: _("This was withdrawn here; it is left as it is."),
}


def _facts(offer: Offer) -> dict[str, Any]:
    """The offer as values of an exchange; None where the file does not say."""
    return {
        "kind": offer.kind,
        "title": offer.title,
        "summary": offer.summary,
        "tasks": offer.tasks,
        "requirements": offer.requirements or None,
        "benefits": offer.benefits or None,
        "field": offer.field,
        "skills": list(offer.skills) or None,
        "hours_min": offer.hours_min,
        "hours_max": offer.hours_max,
        "starts_on": offer.starts_on,
        "duration": offer.duration,
        "duration_unit": offer.duration_unit,
        "scale_min": offer.scale_min,
        "scale_max": offer.scale_max,
        "pay_min": offer.pay_min,
        "pay_max": offer.pay_max,
        "pay_period": offer.pay_period,
        "places": offer.places,
        "remote": offer.remote,
        "closes_on": offer.closes_on,
        "language": offer.language,
    }


_MAY_BE_EMPTIED = {"closes_on", "starts_on"}


def _changes(exchange: Exchange, facts: dict[str, Any]) -> tuple[str, ...]:
    """What the file says otherwise; where it says nothing, what a person filled in here stays."""
    return tuple(
        name
        for name, value in facts.items()
        if (value is not None or name in _MAY_BE_EMPTIED) and getattr(exchange, name) != value
    )


def _lacking(offer: Offer, exchange: Exchange | None) -> list[Problem]:
    """What an exchange cannot do without, and neither the file nor an earlier correction here says."""
    lacking = []
    if offer.hours_max is None and exchange is None:
        lacking.append(Problem("hours", "", _("The hours per week are missing.")))
    if offer.field is None and exchange is None:
        lacking.append(Problem("field", "", _("The field of work could not be told. Add a column for it.")))
    has_duration = offer.duration or (exchange and exchange.duration)
    if offer.kind != Exchange.Kind.VACANCY and not has_duration:
        lacking.append(
            Problem("duration", "", _("How long it lasts is missing; only a vacancy is for good."))
        )
    if exchange is None and offer.closes_on and offer.closes_on < timezone.localdate():
        lacking.append(Problem("closes_on", str(offer.closes_on), _("The closing date has passed.")))
    return lacking
