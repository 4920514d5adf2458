"""Rule R11: Dutch order of names; and working days, which a term is counted in."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bwob import dutch
from bwob.people.models import User
from tests import make

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
names = st.text(max_size=197)
minutes = st.integers(0, 20 * 366 * 24 * 60).map(lambda number: datetime.timedelta(minutes=number))
moments = minutes.map(
    lambda later: (datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC) + later).astimezone(AMSTERDAM)
)


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        (("Berg", "Sanne", "van der"), "berg sanne van der"),
        (("Berg", "Sanne", ""), "berg sanne"),
        (("", "Suharto", ""), "suharto"),
        (("", "Madonna", "van"), "madonna van"),
        (("Çelik", "Ömer", ""), "celik omer"),
        (("Łukasz", "Zoë", "d'"), "łukasz zoe d'"),
        (("IJsselstein", "Jan", "van"), "ijsselstein jan van"),
        (("Weiß", "Anne", ""), "weiss anne"),
        (("  Bakker ", " Piet", ""), "bakker piet"),
    ],
)
def test_a_person_is_sorted_by_family_name_without_prefix_or_accents(parts, key):
    assert dutch.sort_key(*parts) == key


@pytest.mark.django_db
def test_people_stand_in_dutch_order():
    people = [
        ("Bram", "", "Zwart"),
        ("Sanne", "van der", "Berg"),
        ("Anne", "", "Berg"),
        ("Suharto", "", ""),
        ("Ömer", "", "Çelik"),
        ("Sanne", "", "Berg"),
        ("Daan", "'t", "Hart"),
        ("Eva", "de", "Vries"),
        ("Zoë", "", "berg"),
    ]
    for given_name, name_prefix, family_name in people:
        make.person(given_name, name_prefix=name_prefix, family_name=family_name)

    assert [person.full_name for person in User.objects.order_by("sort_name")] == [
        "Anne Berg",
        "Sanne Berg",
        "Sanne van der Berg",
        "Zoë berg",
        "Ömer Çelik",
        "Daan 't Hart",
        "Suharto",
        "Eva de Vries",
        "Bram Zwart",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given_name", "family_name"),
    [("A" * 197, "Ö" * 197), ("\ufdfa" * 197, "\ufdfa" * 197), ("😀" * 197, "")],
)
def test_the_longest_name_with_a_prefix_is_kept_whole(given_name, family_name):
    person = make.person(
        given_name,
        name_prefix="van der",
        family_name=family_name,
        email=f"long{len(family_name)}@mail.example",
    )

    person.refresh_from_db()
    assert person.full_name == " ".join(part for part in (given_name, "van der", family_name) if part)
    assert len(person.sort_name) <= 600


@given(names, names, names)
def test_any_name_has_a_key_that_fits(family_name, given_name, name_prefix):
    assert len(dutch.sort_key(family_name, given_name, name_prefix)) <= 600


@given(names)
def test_folding_twice_is_folding_once_for_the_order(text):
    assert dutch.fold(dutch.fold(text)) == dutch.fold(text)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-02 10:00", "2026-03-09"),  # Monday: the weekend does not count
        ("2026-03-06 17:00", "2026-03-13"),  # Friday
        ("2026-03-07 12:00", "2026-03-13"),  # Saturday: counted from Monday
        ("2026-03-08 12:00", "2026-03-13"),  # Sunday
        ("2026-04-01 09:00", "2026-04-10"),  # Good Friday and Easter Monday
        ("2026-04-23 09:00", "2026-05-01"),  # King's Day
        ("2026-05-11 09:00", "2026-05-19"),  # Ascension Day
        ("2026-05-21 09:00", "2026-05-29"),  # Whit Monday
        ("2026-12-23 09:00", "2026-12-31"),  # Christmas
        ("2026-12-24 09:00", "2027-01-04"),  # Christmas and New Year's Day
        ("2027-04-23 09:00", "2027-05-03"),  # King's Day again
        ("2026-03-27 09:00", "2026-04-07"),  # over the start of summer time, Good Friday and Easter
        ("2026-10-23 09:00", "2026-10-30"),  # over its end
        ("2026-03-01 23:59", "2026-03-06"),  # the last minute of a Sunday
        ("2026-03-02 00:00", "2026-03-09"),  # the first of a Monday
    ],
)
def test_five_working_days_end_at_the_end_of_the_fifth(start, end):
    moment = datetime.datetime.fromisoformat(start).replace(tzinfo=AMSTERDAM)

    due = dutch.working_days_after(moment, 5)

    assert due == datetime.datetime.combine(
        datetime.date.fromisoformat(end), datetime.time(23, 59), tzinfo=AMSTERDAM
    )


def test_the_day_is_the_dutch_one_whatever_the_zone_of_the_moment():
    late_on_sunday = datetime.datetime(2026, 3, 1, 23, 30, tzinfo=datetime.UTC)  # Monday in the Netherlands

    due = dutch.working_days_after(late_on_sunday, 5)

    assert due.date() == datetime.date(2026, 3, 9)


def test_liberation_day_is_a_holiday_once_in_five_years():
    assert datetime.date(2026, 5, 5) not in dutch.public_holidays()
    assert datetime.date(2030, 5, 5) in dutch.public_holidays()


def test_kings_day_moves_from_a_sunday_to_the_day_before():
    assert datetime.date(2031, 4, 26) in dutch.public_holidays()


@given(moments, st.integers(1, 30))
def test_a_term_of_working_days_ends_on_a_working_day_and_one_more_day_is_later(moment, days):
    due = dutch.working_days_after(moment, days)

    assert due.weekday() < 5
    assert due.date() not in dutch.public_holidays()
    assert dutch.working_days_after(moment, days + 1) > due


@given(moments)
def test_the_end_of_a_day_is_on_that_day(moment):
    end = dutch.end_of_day(moment)

    assert (end.date(), end.hour, end.minute) == (moment.date(), 23, 59)
    assert end.utcoffset() in (datetime.timedelta(hours=1), datetime.timedelta(hours=2))
