"""The frames of the demo's editions: what they are called, their dates, their rules."""

import datetime
from typing import Any

import pgtrigger
from django.utils import timezone

from pitch.models import Criterion, Edition, Realisation, Result, Rules

CRITERIA: list[dict[str, Any]] = [
    {
        "key": "effect",
        "name": "Effect voor inwoners",
        "question": "Wat merkt een inwoner of ondernemer ervan?",
        "weight": 35,
        "anchors": [
            "Niemand merkt iets",
            "Een kleine groep merkt iets",
            "Een duidelijke groep merkt verbetering",
            "Veel mensen merken snel verbetering",
            "Het verandert hoe mensen de overheid ervaren",
        ],
    },
    {
        "key": "uitvoerbaar",
        "name": "Uitvoerbaar",
        "question": "Kan dit in een jaar, met het team en het budget?",
        "weight": 25,
        "anchors": [
            "Niet zonder nieuwe wet of veel geld",
            "Alleen als veel partijen meewerken",
            "Met een flinke inspanning",
            "Met een goede voorbereiding",
            "Morgen te beginnen",
        ],
    },
    {
        "key": "grenzen",
        "name": "Over grenzen heen",
        "question": "Werken meer overheden of lagen echt samen?",
        "weight": 20,
        "anchors": [
            "Blijft binnen één team",
            "Blijft binnen één organisatie",
            "Twee organisaties doen mee",
            "Meer bestuurslagen doen mee",
            "Elke overheid kan het overnemen",
        ],
    },
    {
        "key": "nieuw",
        "name": "Nieuw",
        "question": "Is dit anders dan wat er al is?",
        "weight": 20,
        "anchors": [
            "Bestaat al bijna overal",
            "Kleine verbetering",
            "Nieuw voor de overheid",
            "Nieuw, met een slim begin",
            "Niemand deed dit eerder",
        ],
    },
]
PRIZES = "\n".join(
    [
        "Juryprijs, je plan wordt uitgevoerd: een jaar lang één dag per week vrij voor het team (voorbeeld).",
        "Publieksprijs: de zaal kiest. De winnaar krijgt drie maanden om het plan te testen (voorbeeld).",
        "Eervolle vermelding: een gesprek met wie met je plan aan de slag wil (voorbeeld).",
    ]
)
REPORTS = [
    ("good", "De eerste vijf mensen liepen een dag mee. Vier van hen schreven daarna een regel anders op."),
    (
        "slow",
        "Dagen plannen kost meer tijd dan gedacht. We vragen nu één aanspreekpunt per organisatie.",
    ),
    ("good", "Vijftig mensen deden mee. De handreiking is klaar en elke organisatie kan haar gebruiken."),
]


def archive() -> None:
    """What is known of the first two editions, from the programme's own brochure; nothing else."""
    facts = {"heading": "De eerste PITCH", "state": Edition.State.ENDED}
    Edition.objects.create(
        slug="pitch-2012",
        name="PITCH 2012",
        year=2012,
        summary="De eerste editie van de wedstrijd voor ideeën van ambtenaren.",
        story="WEEF won de eerste PITCH.",
        **facts,
    )
    Edition.objects.create(
        slug="pitch-2013",
        name="PITCH 2013",
        year=2013,
        summary="De tweede editie van de wedstrijd voor ideeën van ambtenaren.",
        story="‘Maak contact’ won: elke beleidsmedewerker loopt een dag mee met een uitvoeringsorganisatie.",
        **facts | {"heading": "Maak contact"},
    )


def made(year: int, **facts: Any) -> Edition:
    edition = Edition.objects.create(
        slug=f"pitch-{year}", name=f"PITCH {year}", year=year, prizes=PRIZES, **facts
    )
    rules = Rules.objects.create(edition=edition, ballots_wanted=4, min_ballots=3)
    for position, row in enumerate(CRITERIA, 1):
        Criterion.objects.create(rules=rules, position=position, **row)
    return edition


def after(days: int, hour: int = 17) -> datetime.datetime:
    moment = timezone.localtime() + datetime.timedelta(days=days)
    return moment.replace(hour=hour, minute=0, second=0, microsecond=0)


def running() -> Edition:
    return made(
        timezone.localdate().year,
        heading="Acht plannen. Eén wordt echt.",
        summary="De jury leest nu de plannen, zonder namen. Het beste plan wordt uitgevoerd. (Voorbeeld)",
        entries_open_on=after(-90).date(),
        entries_close_at=after(1),
        admission_until=after(-3).date(),
        judging_closes_at=after(4),
        final_at=after(16, hour=14),
        final_place="Zwolle en online",
        realisation_until=after(380).date(),
    )


def before() -> Edition:
    return made(
        timezone.localdate().year - 1,
        heading="Klein beginnen, groot worden",
        summary="Vier plannen deden mee. De uitslag en alle stembiljetten staan hier. (Voorbeeld)",
        entries_open_on=after(-420).date(),
        entries_close_at=after(1),
        admission_until=after(-380).date(),
        judging_closes_at=after(2),
        final_at=after(-330, hour=14),
        final_place="Utrecht",
        realisation_until=after(-10).date(),
    )


def coming() -> Edition:
    return made(
        timezone.localdate().year + 1,
        heading="Heb jij een idee dat werkt?",
        summary="Schrijf met je team op wat beter kan, en wat je eerste stap is. (Voorbeeld)",
        entries_open_on=after(-7).date(),
        entries_close_at=after(45),
        admission_until=after(55).date(),
        judging_closes_at=after(80),
        final_at=after(95, hour=14),
        final_place="Arnhem en online",
        realisation_until=after(460).date(),
    )


def set_rules_back(edition: Edition) -> None:
    """They were fixed two weeks before plans could come in, so that everybody could read them first."""
    first_day: Any = edition.entries_open_on
    at_noon = datetime.datetime.combine(first_day, datetime.time(12), timezone.get_current_timezone())
    with pgtrigger.ignore("pitch.Rules:frozen"):
        Rules.objects.filter(edition=edition).update(fixed_at=at_noon - datetime.timedelta(days=14))


def set_back(edition: Edition) -> None:
    """To the dates of a year ago; ballots keep the moment of the demo, for nothing may change them."""
    Edition.objects.filter(pk=edition.pk).update(
        entries_close_at=after(-390),
        judging_closes_at=after(-345),
        objections_until=after(-310).date(),
    )
    Result.objects.filter(edition=edition).update(published_at=after(-328), counted_at=after(-330))
    realisation = Realisation.objects.get(entry__edition=edition)
    Realisation.objects.filter(pk=realisation.pk).update(started_on=after(-300).date())
    for days, report in zip((40, 130, 220), realisation.reports.all(), strict=True):
        report.written_at = after(-days)
        report.save(update_fields=["written_at"])
