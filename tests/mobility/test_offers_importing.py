"""Importing offers: each source and id once, changes alone, and never a feed that looks broken."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from mobility.importing import Act, Report, import_offers, source_of
from mobility.models import Exchange
from mobility.offers import Offer, Problem, Reading, Row, read
from tests import make

pytestmark = pytest.mark.django_db

FIELDS = set(Offer.__dataclass_fields__) & {field.name for field in Exchange._meta.get_fields()}


@pytest.fixture(autouse=True)
def adviser() -> None:
    """Somebody gets the applications; without that nothing can be published."""
    make.staff()


def offer(number: int = 1, **facts: Any) -> Offer:
    defaults: dict[str, Any] = {
        "external_id": f"V-{number}",
        "title": f"Adviseur {number}",
        "summary": "Je adviseert.",
        "tasks": "- Je adviseert",
        "field": "policy",
        "place_name": "Utrecht",
        "hours_min": 24,
        "hours_max": 32,
    }
    return Offer(**defaults | facts)


def reading(*offers: Offer, refused: int = 0, kind: Any = "csv") -> Reading:
    good = tuple(Row(number, made, external_id=made.external_id) for number, made in enumerate(offers, 2))
    bad = tuple(
        Row(90 + number, None, (Problem("scale", "99", "No."),), external_id=f"V-{number}")
        for number in range(1, refused + 1)
    )
    return Reading(good + bad, kind)


def run(*offers: Offer, refused: int = 0, kind: Any = "csv", **options: Any) -> Report:
    defaults: dict[str, Any] = {"organisation": make.organisation(), "source": "feed", "by": None}
    return import_offers(reading(*offers, refused=refused, kind=kind), **defaults | options)


def acts(report: Report) -> list[str]:
    return [outcome.act.value for outcome in report.outcomes]


def problems(report: Report) -> list[tuple[str, str]]:
    return [(p.column, str(p.message)) for outcome in report.outcomes for p in outcome.problems]


def notes(report: Report) -> list[str]:
    return [str(note) for outcome in report.outcomes for note in outcome.notes]


def stored() -> list[tuple[str, str, str]]:
    return list(Exchange.objects.order_by("external_id").values_list("external_id", "title", "state"))


def closed_ids() -> list[str]:
    return sorted(Exchange.objects.closed().values_list("external_id", flat=True))


def test_every_fact_of_an_offer_arrives_in_the_exchange():
    given = offer(
        kind="secondment",
        requirements="Hbo.",
        benefits="Rust.",
        skills=("plannen",),
        starts_on=datetime.date(2027, 1, 1),
        duration=6,
        duration_unit="month",
        scale_min=10,
        scale_max=11,
        closes_on=timezone.localdate(),
        pay_min=Decimal("3496.50"),
        pay_max=Decimal("5123"),
        pay_period="four_weeks",
        places=2,
        remote="partly",
        language="en",
    )

    run(given)

    made = Exchange.objects.get()
    arrived = {name: getattr(made, name) for name in FIELDS}
    assert arrived == {name: getattr(given, name) for name in FIELDS} | {"skills": ["plannen"]}
    assert (made.organisation, made.place, made.source) == (make.organisation(), make.place(), "feed")
    assert (made.state, made.contact) == ("draft", None)


def test_importing_again_changes_nothing():
    run(offer(1), offer(2, pay_min=Decimal("3496.50"), pay_period="month"))
    before = list(Exchange.objects.values())

    report = run(offer(1), offer(2, pay_min=Decimal("3496.5"), pay_period="month"))

    assert acts(report) == ["same", "same"]
    assert list(Exchange.objects.values()) == before


def test_only_what_changed_is_written():
    run(offer(1), offer(2))

    report = run(offer(1), offer(2, title="Senior adviseur", hours_max=36))

    assert acts(report) == ["same", "changed"]
    assert report.outcomes[1].changes == ("title", "hours_max")
    assert stored() == [("V-1", "Adviseur 1", "draft"), ("V-2", "Senior adviseur", "draft")]


def test_what_a_person_filled_in_here_stays_when_the_file_says_nothing():
    run(offer(1))
    Exchange.objects.update(scale_min=10, scale_max=10, requirements="Hbo.")

    report = run(offer(1, field=None, hours_min=None, hours_max=None))

    assert acts(report) == ["same"]
    made = Exchange.objects.get()
    assert (made.scale_min, made.requirements, made.field, made.hours_max) == (10, "Hbo.", "policy", 32)


def test_a_dry_run_tells_all_and_stores_nothing():
    run(offer(1), publish=True)

    report = run(offer(2), offer(1, title="Anders"), refused=1, dry_run=True, source="feed")

    assert acts(report) == ["new", "changed", "refused"]
    assert report.dry_run
    assert stored() == [("V-1", "Adviseur 1", "published")]


def test_nothing_of_a_row_in_error_is_stored():
    report = run(offer(5), refused=2)

    assert acts(report) == ["new", "refused", "refused"]
    assert report.count(Act.REFUSED) == 2
    assert stored() == [("V-5", "Adviseur 5", "draft")]


def test_a_row_in_error_does_not_close_what_was_imported_before():
    run(offer(1), offer(2), publish=True)

    report = run(offer(2), refused=1)

    assert report.missing == ()
    assert closed_ids() == []


def test_the_same_id_of_another_source_or_organisation_is_another_exchange():
    run(offer(1))
    run(offer(1), source="elders")
    run(offer(1), organisation=make.organisation("Gemeente Zwolle"))

    assert len(stored()) == 3


def test_new_ones_are_published_only_when_asked():
    run(offer(1))
    assert stored() == [("V-1", "Adviseur 1", "draft")]

    run(offer(1), publish=True)

    assert stored() == [("V-1", "Adviseur 1", "published")]


def test_what_is_no_longer_in_the_feed_is_closed_and_opens_again_when_it_comes_back():
    run(*map(offer, range(1, 6)), publish=True)

    report = run(*map(offer, range(1, 5)))

    assert [exchange.external_id for exchange in report.closed] == ["V-5"]
    assert closed_ids() == ["V-5"]

    run(*map(offer, range(1, 6)))

    assert closed_ids() == []


def test_only_missing_ones_of_that_source_are_closed():
    run(*map(offer, range(1, 5)), publish=True)
    run(offer(9), source="elders", publish=True)
    make.exchange()

    run(*map(offer, range(1, 4)))

    assert closed_ids() == ["V-4"]


@pytest.mark.parametrize(
    ("remaining", "is_held"), [(0, True), (6, True), (7, False), (9, False), (10, False)]
)
def test_an_empty_or_much_smaller_feed_closes_nothing(remaining: int, is_held: bool):
    run(*map(offer, range(10)), publish=True)

    report = run(*map(offer, range(remaining)))

    assert report.held is is_held
    assert len(report.missing) == 10 - remaining
    assert len(closed_ids()) == (0 if is_held else 10 - remaining)


def test_a_held_feed_still_brings_its_news():
    run(*map(offer, range(10)), publish=True)

    report = run(offer(1, title="Anders"), offer(77))

    assert report.held
    assert acts(report) == ["changed", "new"]


def test_a_person_can_confirm_that_a_feed_is_smaller():
    run(*map(offer, range(10)), publish=True)

    report = run(offer(1), confirmed=True)

    assert not report.held
    assert len(closed_ids()) == 9


def test_a_row_that_cannot_be_told_apart_holds_the_closing():
    run(*map(offer, range(1, 6)), publish=True)
    unknown = Row(7, None, (Problem("", "", "Broken."),))

    report = import_offers(
        Reading((*reading(*map(offer, range(1, 5))).rows, unknown), "csv"),
        organisation=make.organisation(),
        source="feed",
        by=None,
    )

    assert report.held
    assert closed_ids() == []


def test_a_saved_page_closes_nothing_since_it_is_no_feed():
    run(offer(1), kind="html", publish=True)
    report = run(offer(2), kind="html", publish=True)

    assert (report.missing, report.held) == ((), False)
    assert closed_ids() == []


@pytest.mark.parametrize("state", ["withdrawn", "filled"])
def test_what_ended_here_is_left_alone(state: str):
    run(offer(1), publish=True)
    Exchange.objects.get().move_to(state, by=None)

    report = run(offer(1, title="Anders"))

    assert acts(report) == ["left"]
    assert stored() == [("V-1", "Adviseur 1", state)]


@pytest.fixture
def places() -> None:
    for name, other in [
        ("'s-Gravenhage", "Den Haag"),
        ("Hengelo (O.)", ""),
        ("Bergen (NH.)", ""),
        ("Bergen (L.)", ""),
        ("Súdwest-Fryslân", ""),
    ]:
        make.place(name, also_called=other)


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Utrecht", "Utrecht"),
        ("UTRECHT", "Utrecht"),
        ("Den Haag", "'s-Gravenhage"),
        ("'s-Gravenhage", "'s-Gravenhage"),
        ("Hengelo", "Hengelo (O.)"),
        ("Bergen (NH.)", "Bergen (NH.)"),
        ("Sudwest-Fryslan", "Súdwest-Fryslân"),
        ("Utrecht (stad)", "Utrecht"),
    ],
)
def test_the_municipality_is_found_by_its_names(name: str, found: str):
    make.organisation()

    run(offer(1, place_name=name))

    assert Exchange.objects.get().place.name == found


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Utrect", "This is not a Dutch municipality. Did you mean Utrecht?"),
        ("Bergen", "This is not a Dutch municipality. Did you mean Bergen (L.), Bergen (NH.)?"),
        ("Atlantis", "This is not a Dutch municipality. Fill in the one where the work is done."),
    ],
)
def test_an_unknown_municipality_is_a_problem_with_a_suggestion(name: str, sentence: str):
    make.organisation()

    report = run(offer(1, place_name=name))

    assert problems(report) == [("place_name", sentence)]
    assert stored() == []


def test_without_a_place_the_organisations_own_is_taken_with_a_note():
    report = run(offer(1, place_name=""))

    assert notes(report) == ["The place was not given; Utrecht was taken."]
    assert Exchange.objects.get().place == make.place()


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"hours_min": None, "hours_max": None}, ("hours", "The hours per week are missing.")),
        ({"field": None}, ("field", "The field of work could not be told. Add a column for it.")),
        ({"kind": "gig"}, ("duration", "How long it lasts is missing; only a vacancy is for good.")),
        ({"closes_on": datetime.date(2020, 1, 1)}, ("closes_on", "The closing date has passed.")),
    ],
)
def test_what_an_exchange_cannot_do_without_is_named(facts: dict[str, Any], problem: tuple[str, str]):
    report = run(offer(1, **facts))

    assert problems(report) == [problem]
    assert stored() == []


@pytest.mark.parametrize(
    ("name", "is_noted"),
    [
        ("Gemeente Utrecht", False),
        ("gemeente utrecht, Stadsbeheer", False),
        ("Utrecht", False),
        ("", False),
        ("Gemeente Zwolle", True),
    ],
)
def test_an_offer_of_somebody_else_is_noted(name: str, is_noted: bool):
    report = run(offer(1, organisation_name=name))

    sentence = f"The file says that this is an offer of “{name}”, not of Gemeente Utrecht."
    assert notes(report) == ([sentence] if is_noted else [])


def test_who_imported_and_why_is_kept():
    hr = make.staff()

    run(offer(1), by=hr)

    event = Exchange.objects.get().events.get()
    assert event.pgh_context["user"] == hr.pk
    assert event.pgh_context["reason"] == "Read from a file of offers."


def test_the_number_of_queries_does_not_grow_with_unchanged_rows(django_assert_num_queries: Any):
    organisation, rows = make.organisation(), reading(*map(offer, range(30)))
    import_offers(rows, organisation=organisation, source="feed", by=None)

    with django_assert_num_queries(5):  # savepoint, lock, exchanges, places, release
        import_offers(rows, organisation=organisation, source="feed", by=None)


def test_a_saved_page_is_known_by_its_website_and_a_feed_by_its_name():
    offers = offer(1, url="https://werken.example/vacatures/1")

    assert source_of(reading(offers, kind="html"), "pagina.html") == "werken.example"
    assert source_of(reading(offers, kind="csv"), "plekken.csv") == "plekken.csv"
    assert source_of(reading(kind="html"), "pagina.html") == "pagina.html"


def test_everything_that_reading_can_say_fits_the_exchange():
    text = "nummer;functie;omschrijving;uren;schaal;soort;duur;vakgebied;plaats;thuiswerken"
    text += ";salaris per vier weken;aantal\n"
    text += "1;Adviseur;Je adviseert.;1-40;1-18;klus;120 maanden;Juridisch;Utrecht;ja;23.000;200\n"

    report = import_offers(
        read(text.encode(), "a.csv"), organisation=make.organisation(), source="a.csv", by=None
    )

    assert problems(report) == []
    made = Exchange.objects.get()
    made.full_clean(exclude=["slug", "tier"])
    assert (made.hours_text, made.scale_text, made.pay_text) == (
        "1–40 hours a week",
        "Scale 1–18",
        "€ 23,000 per four weeks",
    )
