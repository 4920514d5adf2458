"""Dates and amounts as Dutch files write them, and folded text."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bwob.dutch import fold, read_amount, read_date

MONTH_NAMES = "januari februari maart april mei juni juli augustus september oktober november december"
MONTHS = MONTH_NAMES.split()


@pytest.mark.parametrize(
    "text",
    [
        "25 augustus 2026",
        " 25  Augustus 2026 ",
        "dinsdag 25 augustus 2026",
        "di. 25 aug. 2026",
        "25e augustus 2026",
        "25-08-2026",
        "25-8-2026",
        "25/08/2026",
        "25.08.2026",
        "25 08 2026",
        "25-08-2026 23:59",
        "25 augustus 2026 om 12.00 uur",
        "20260825",
        "2026-08-25",
        "2026/08/25",
        "2026-08-25T23:59",
        "2026-08-25T23:59:00",
        "2026-08-25 00:00:00",
        "2026-08-25T23:59:59+02:00",
        "2026-08-25T10:00:00.000Z",
        "2026-08-24T22:00:00Z",  # midnight in the Netherlands
        "2026-08-25T10:00:00+0200",
        "August 25, 2026",
        "25 August 2026",
    ],
)
def test_a_date_is_read_however_it_is_written(text: str) -> None:
    assert read_date(text) == date(2026, 8, 25)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "morgen",
        "31 februari 2026",
        "31-02-2026",
        "08/25/2026",
        "25-08-26",
        "2026",
        "0000-00-00",
        "25 plok 2026",
        "25-08/2026",
        "2026-08-25T99:99:00Z",
        "٢٥-٠٨-٢٠٢٦",
        "9" * 5000,
        "25 augustus 2026 en later",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (every refusal is this one error, whatever its words)
        read_date(text)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_placeholder_year_is_still_a_date(text: str) -> None:
    assert read_date(text).year in {1, 9999}


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31)))
def test_every_dutch_date_round_trips(day: date) -> None:
    assert read_date(f"{day.day} {MONTHS[day.month - 1]} {day.year}") == day
    assert read_date(f"{day.day}-{day.month:02}-{day.year}") == day
    assert read_date(f"{day:%Y%m%d}") == day
    assert read_date(f"{day.isoformat()}T12:00:00+01:00") == day


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.239", "1239"),
        ("€ 3.496", "3496"),
        ("€3.496,-", "3496"),
        ("€ 3.496,--", "3496"),
        ("3.496,–", "3496"),
        ("€ 3.496,50", "3496.50"),
        ("3,496.50", "3496.50"),
        ("1,239", "1239"),
        ("3 496", "3496"),
        ("3\u00a0496,00", "3496.00"),
        ("3'496", "3496"),
        ("3496", "3496"),
        ("3496.5", "3496.5"),
        ("3496,00", "3496.00"),
        ("3496.0000", "3496.0000"),
        ("EUR 3496", "3496"),
        ("3496 euro", "3496"),
        ("1.239.000", "1239000"),
        ("0.500", "0.500"),
        ("100", "100"),
    ],
)
def test_an_amount_is_read_however_it_is_written(text: str, amount: str) -> None:
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["", "€", "veel", "-5", "1.2.3", "12.34,5.6", "3.496 - 5.123", "1e5", "NaN", "٣"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_amount(text)


@given(st.decimals(min_value=0, max_value=10**9, places=2))
@example(Decimal("1239.00"))
@example(Decimal("0.01"))
def test_every_amount_round_trips(amount: Decimal) -> None:
    dutch = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))

    assert read_amount(f"€ {dutch}") == amount
    assert read_amount(f"{amount:.2f}") == amount
    assert read_amount(f"{amount:,.2f}") == amount


def test_folding_makes_writings_of_one_word_equal() -> None:
    assert fold("Één CAFÉ, Fryslân, Ĳsselstein") == "een cafe, fryslan, ijsselstein"


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 30)))
def test_a_moment_late_in_the_utc_evening_is_the_next_day_here(day: date) -> None:
    assert read_date(f"{day.isoformat()}T23:30:00Z") == day + timedelta(days=1)
