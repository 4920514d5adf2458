"""Hours, scales, dates, durations, pay, kinds and fields of work in the ways other systems write them."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobility.offers import values, words
from mobility.offers.interpreting import interpret
from mobility.offers.pay import pay
from mobility.offers.row import Offer, Remarks, Row

GOOD = {
    "external_id": "1",
    "title": "Adviseur",
    "tasks": "Je adviseert het college over de inrichting van de stad en over wat bewoners daarvan vinden.",
    "closes_on": "25-08-2026",
}


def row_of(**cells: str) -> Row:
    return interpret(1, GOOD | cells, Remarks())


def offer_of(**cells: str) -> Offer:
    offer = row_of(**cells).offer
    assert offer
    return offer


def notes_of(**cells: str) -> list[str]:
    return [str(note) for note in row_of(**cells).notes]


def problems_of(**cells: str) -> list[tuple[str, str]]:
    return [(problem.column, str(problem.message)) for problem in row_of(**cells).problems]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("36", (36, 36)),
        ("36 uur", (36, 36)),
        ("36.0", (36, 36)),
        ("32-36 uur", (32, 36)),
        ("32 – 36 uur per week", (32, 36)),
        ("32/36", (32, 36)),
        ("32 tot en met 36", (32, 36)),
        ("32 tot 36 uur", (32, 36)),
        ("24 uur tot 32 uur", (24, 32)),
        ("32u-36u", (32, 36)),
        ("37,5", (38, 38)),
        ("36 uur, van 09:00 tot 17:00", (36, 36)),
        ("fulltime", (36, 36)),
        ("Voltijd", (36, 36)),
        ("fulltime (40 uur)", (40, 40)),
        ("in overleg", (None, None)),
        ("parttime", (None, None)),
        ("0,8 fte", (None, None)),
        ("", (None, None)),
    ],
)
def test_hours_are_read(text: str, hours: values.Range) -> None:
    remarks = Remarks()

    assert values.hours({"hours": text}, remarks) == hours
    assert remarks.problems == []


@pytest.mark.parametrize("text", ["0", "99", "36 - 99", "168"])
def test_hours_outside_a_week_are_a_problem(text: str) -> None:
    assert problems_of(hours=text) == [("hours", "The hours per week must lie between 1 and 40.")]


def test_hours_the_wrong_way_round_are_a_problem() -> None:
    assert problems_of(hours_min="36", hours_max="24") == [
        ("hours", "The lowest number of hours is higher than the highest.")
    ]


def test_hours_without_a_number_and_rounded_hours_are_notes() -> None:
    assert notes_of(hours="parttime") == ["No number of hours was found in “parttime”; it is left open."]
    assert notes_of(hours="37,5") == ["“37.5” was rounded to whole numbers."]


@given(
    st.integers(1, 40),
    st.integers(1, 40),
    st.sampled_from(["{}-{}", "{} – {} uur", "{} tot {}", "{}/{}", "{} t/m {}"]),
)
def test_hours_round_trip(one: int, other: int, pattern: str) -> None:
    low, high = sorted((one, other))

    assert values.hours({"hours": pattern.format(low, high)}, Remarks()) == (low, high)
    assert values.hours({"hours_min": str(low), "hours_max": str(high)}, Remarks()) == (low, high)


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("10", (10, 10)),
        ("schaal 10", (10, 10)),
        ("10-11", (10, 11)),
        ("schaal 10 of 11", (10, 11)),
        ("schaal 10 - schaal 11", (10, 11)),
        ("10A", (10, 10)),
        ("10A/11", (10, 11)),
        ("Cao Gemeenten 2026, schaal 9", (9, 9)),
        ("functieschaal 12", (12, 12)),
        ("n.v.t.", (None, None)),
    ],
)
def test_scales_are_read(text: str, scale: values.Range) -> None:
    assert values.scale({"scale": text}, Remarks()) == scale


@pytest.mark.parametrize("text", ["0", "99", "19", "schaal 0", "10-99"])
def test_a_scale_that_does_not_exist_is_a_problem(text: str) -> None:
    assert problems_of(scale=text) == [("scale", "The salary scale must lie between 1 and 18.")]


def test_scales_the_wrong_way_round_are_a_problem() -> None:
    assert problems_of(scale="11-10") == [("scale", "The lowest scale is higher than the highest.")]


@pytest.mark.parametrize("text", ["per direct", "z.s.m.", "in overleg", "", "doorlopend", "0000-00-00"])
def test_words_for_no_date_are_no_problem(text: str) -> None:
    row = row_of(starts_on=text)

    assert row.offer
    assert row.offer.starts_on is None
    assert row.notes == ()


@pytest.mark.parametrize("text", ["31-02-2026", "morgen", "augustus"])
def test_a_date_that_cannot_be_read_is_a_problem(text: str) -> None:
    assert [column for column, _ in problems_of(starts_on=text)] == ["starts_on"]


def test_words_before_a_date_are_left_out() -> None:
    assert offer_of(closes_on="uiterlijk 25 augustus 2026").closes_on == datetime.date(2026, 8, 25)
    assert offer_of(closes_on="t/m 25 augustus 2026").closes_on == datetime.date(2026, 8, 25)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00", "9999-12-31"])
def test_a_placeholder_date_is_left_out_with_a_note(text: str) -> None:
    assert notes_of(starts_on=text) == [f"The date {text} stands there to fill a field and is left out."]


def test_an_offer_without_closing_date_says_so() -> None:
    assert notes_of(closes_on="") == [
        "There is no closing date; the offer stays open until it is closed by hand."
    ]


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("12 maanden", (12, "month")),
        ("6 tot 12 maanden", (12, "month")),
        ("1 jaar", (12, "month")),
        ("anderhalf jaar", (18, "month")),
        ("een half jaar", (6, "month")),
        ("3 weken", (3, "week")),
        ("1 dag", (1, "day")),
        ("zes maanden", (6, "month")),
        ("onbepaalde tijd", (None, None)),
        ("", (None, None)),
        ("lang", (None, None)),
    ],
)
def test_durations_are_read(text: str, duration: values.Duration) -> None:
    assert values.duration({"duration": text}, None, Remarks()) == duration


@pytest.mark.parametrize(
    ("last_day", "duration"),
    [
        ("2026-09-01", (1, "day")),
        ("2026-09-03", (3, "day")),
        ("2026-09-14", (2, "week")),
        ("2026-09-12", (2, "week")),
        ("2026-09-30", (1, "month")),
        ("2027-02-28", (6, "month")),
        ("2027-08-31", (12, "month")),
        ("2027-09-01", (12, "month")),
    ],
)
def test_a_last_day_gives_the_duration(last_day: str, duration: values.Duration) -> None:
    found = values.duration({"ends_on": last_day}, datetime.date(2026, 9, 1), Remarks())

    assert found == duration


def test_an_end_before_the_start_is_a_problem() -> None:
    assert problems_of(starts_on="01-09-2026", ends_on="01-03-2026") == [
        ("ends_on", "The end lies before the start.")
    ]


def test_a_secondment_finds_its_duration_in_the_text_and_a_vacancy_does_not() -> None:
    tasks = "Je werkt 9 maanden mee aan de nieuwe omgevingsvisie, samen met bewoners en collega's."

    assert offer_of(kind="detachering", tasks=tasks).duration == 9
    assert offer_of(kind="vacature", tasks=tasks).duration is None


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"pay": "€ 3.496 - € 5.123 bruto per maand"}, ("3496", "5123", "month")),
        ({"pay": "€ 3.496 tot € 5.123 per maand bij 36 uur per week"}, ("3496", "5123", "month")),
        ({"pay": "schaal 10, max. € 5.123,- p.m."}, ("5123", "5123", "month")),
        ({"pay": "€ 18,96 per uur"}, ("18.96", "18.96", "hour")),
        ({"pay": "2.345 per 4 weken"}, ("2345", "2345", "four_weeks")),
        ({"pay": "€ 50.000 per jaar incl. 13e maand"}, ("50000", "50000", "year")),
        ({"pay_min": "1.239", "pay_max": "3.496", "pay_period": "MONTH"}, ("1239", "3496", "month")),
        ({"pay_min": "3496", "pay_max": "", "pay_period": "maand"}, ("3496", None, "month")),
        ({"pay_min": "", "pay_max": "3496", "pay_period": "maand"}, (None, "3496", "month")),
        ({"pay_min": "1", "pay_max": "5123", "pay_period": "MON"}, (None, "5123", "month")),
        ({"pay_min": "45000", "pay_period": "YEAR"}, ("45000", None, "year")),
        ({"pay": "3.496"}, ("3496", "3496", "month")),
        ({"pay": "100"}, (None, None, None)),
        ({"pay_min": "100", "pay_max": "100", "pay_period": "MONTH"}, (None, None, None)),
        ({"pay_min": "1", "pay_max": "99999", "pay_period": "MONTH"}, (None, None, None)),
        ({"pay_min": "120", "pay_period": "DAY"}, (None, None, None)),
        ({"pay_min": "4000", "pay_period": "MONTH", "pay_currency": "USD"}, (None, None, None)),
        ({"pay": "marktconform"}, (None, None, None)),
        ({"pay": "in overleg"}, (None, None, None)),
        ({}, (None, None, None)),
    ],
)
def test_pay_keeps_its_period(cells: dict[str, str], expected: tuple[str | None, ...]) -> None:
    low, high, period = pay(cells, Remarks())

    assert (low, high, period) == tuple(
        Decimal(part) if part and part[0].isdigit() else part for part in expected
    )


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        ({"pay": "100"}, "The pay “100” only fills a field and is left out."),
        (
            {"pay": "3.496"},
            "The file does not say for which period the pay is; it was taken as pay per month.",
        ),
        ({"pay": "marktconform"}, "No amount was found in “marktconform”; the pay is left out."),
        (
            {"pay_min": "120", "pay_period": "DAY"},
            "Pay per “DAY” is not known here; the pay is left out.",
        ),
        (
            {"pay_min": "1", "pay_max": "5123", "pay_period": "MON"},
            "The pay “1 - 5123” only fills a field and is left out.",
        ),
    ],
)
def test_pay_that_is_left_out_or_guessed_is_said(cells: dict[str, str], note: str) -> None:
    assert notes_of(**cells) == [note]


@given(
    st.decimals(min_value=400, max_value=25_000, places=2),
    st.decimals(min_value=400, max_value=25_000, places=2),
)
def test_pay_round_trips_in_dutch_writing(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    dutch = [f"€ {amount:,.2f}".translate(str.maketrans(",.", ".,")) for amount in (low, high)]

    assert pay({"pay": f"{dutch[0]} - {dutch[1]} per maand"}, Remarks()) == (low, high, "month")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Adviseur", "vacancy"),
        ("Detachering: adviseur", "secondment"),
        ("Werkervaringsplek archief", "secondment"),
        ("Interim manager", "assignment"),
        ("Opdracht: nieuwe website", "assignment"),
        ("Klus voor een vormgever", "gig"),
        ("Werkplekruil met Zwolle", "swap"),
        ("Meeloopdag bij de griffie", "shadowing"),
        ("Klusjesman", "vacancy"),
    ],
)
def test_the_kind_is_guessed_from_the_title(title: str, kind: str) -> None:
    assert offer_of(title=title).kind == kind


def test_a_kind_that_the_file_names_wins_from_the_title() -> None:
    assert offer_of(title="Meeloopdag organiseren", kind="klus").kind == "gig"


def test_an_unknown_kind_is_a_vacancy_with_a_note() -> None:
    assert notes_of(kind="kosmonautschap") == [
        "The kind “kosmonautschap” is not known here; it was taken as a vacancy."
    ]
    assert notes_of(kind="FULL_TIME") == []


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Beleidsadviseur water", "environment_water"),
        ("Beleidsadviseur", "policy"),
        ("Jurist omgevingsrecht", "law"),
        ("Financieel adviseur", "finance"),
        ("HR-adviseur", "personnel"),
        ("P&O-adviseur", "personnel"),
        ("ICT-beheerder", "data_it"),
        ("Toezichthouder bouw", "enforcement"),
        ("Wegbeheerder", "infrastructure"),
        ("Projectleider", "projects"),
        ("Wmo-consulent", "social"),
        ("Verpleegkundige", None),
    ],
)
def test_the_field_of_work_is_guessed_from_the_title(title: str, field: str | None) -> None:
    assert words.field_named(title) == field


def test_the_field_of_work_is_guessed_from_the_text_when_the_title_does_not_tell() -> None:
    tasks = "Je beheert de begroting, bewaakt het budget en maakt de financiële rapportage en de begroting."

    assert offer_of(tasks=tasks).field == "finance"
    assert notes_of(tasks=tasks) == ["The field of work was guessed from the description; check it."]


@pytest.mark.parametrize(
    ("text", "remote"),
    [
        ("ja", "partly"),
        ("nee", "none"),
        ("hybride", "partly"),
        ("volledig", "fully"),
        ("niet mogelijk", "none"),
        ("", "none"),
    ],
)
def test_work_from_home_is_read(text: str, remote: str) -> None:
    assert offer_of(remote=text).remote == remote


@pytest.mark.parametrize(
    ("name", "is_broker"),
    [
        ("Voorbeeld Detachering B.V.", True),
        ("Werving & Selectie Voorbeeld", True),
        ("Uitzendbureau Voorbeeld", True),
        ("Gemeente Utrecht", False),
        ("Waterschap Vallei en Veluwe", False),
    ],
)
def test_an_intermediary_is_known_by_its_name(name: str, is_broker: bool) -> None:
    assert offer_of(organisation_name=name).is_broker is is_broker


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "mailto:a@b.example", "www.example.nl", "http://[", "https://a:b@c.example/"],
)
def test_what_is_no_web_address_is_left_out_with_a_note(url: str) -> None:
    assert offer_of(url=url).url == ""
    assert notes_of(url=url) == [f"“{url}” is not a web address and is left out."]


def test_a_number_of_places_outside_sense_is_a_problem() -> None:
    assert offer_of(places="3").places == 3
    assert problems_of(places="0") == [("places", "The number of places must lie between 1 and 200.")]


def test_an_offer_without_id_is_known_again_by_its_words() -> None:
    first, again = offer_of(external_id=""), offer_of(external_id="", tasks=GOOD["tasks"] + " Nieuw.")

    assert first.external_id == again.external_id
    assert first.external_id.startswith("title-")


def test_a_title_with_contact_details_is_a_problem() -> None:
    assert problems_of(title="Adviseur, bel 06-12345678") == [
        ("title", "The title holds a mail address or a telephone number.")
    ]
