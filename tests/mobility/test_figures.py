"""Figures of the own organisation: counted without whom, and nothing small can be worked out (rule R8)."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from bwob.numbers import FEW
from bwob.organisations.models import Tier
from mobility import agreeing, applying, deciding, figures, veiling, waiting
from mobility.models import Application, MonthFigure
from tests import make
from tests.on_screen import text_of

pytestmark = pytest.mark.django_db
Measure = MonthFigure.Measure


def texts(division):
    return {key: cell.text for key, cell in division.items()}


def test_one_small_number_is_hidden_and_another_beside_it_when_the_total_is_told():
    by_tier = {"state": 20, "police": 2, "agency": 12}
    by_kind = {"gig": 14, "swap": 20}

    shown = [texts(division) for division in veiling.veil([by_tier, by_kind])]

    assert shown == [
        {"state": "20", "police": "<5", "agency": "not shown"},
        {"gig": "14", "swap": "20"},
    ]


def test_without_small_numbers_all_is_shown():
    assert [texts(one) for one in veiling.veil([{"a": 5, "b": 90}, {"c": 95}])] == [
        {"a": "5", "b": "90"},
        {"c": "95"},
    ]


def possible(cells, total, of=None):
    """Can these cells, as shown, add up to this total; and with this value for one that is small?"""
    shown = sum(cell.number or 0 for cell in cells)
    small = sum(cell.text == "<5" for cell in cells)
    beside = sum(cell.text == "not shown" for cell in cells)
    rest = total - shown - (of or 0) - FEW * beside
    most = (FEW - 1) * (small - (of is not None))
    return rest >= 0 and (bool(beside) or rest <= most)


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=60))
def test_no_small_number_can_be_worked_out_from_what_is_shown(people):
    divisions = [
        {key: sum(person[side] == key for person in people) for key in range(size)}
        for side, size in ((0, 4), (1, 3))
    ]

    shown = veiling.veil(divisions)

    totals = [total for total in range(120) if all(possible([*one.values()], total) for one in shown)]
    for counts, cells in zip(divisions, shown, strict=True):
        for key, count in counts.items():
            assert cells[key].number in (None, count)
            if count < FEW:
                assert cells[key].text == "<5"
                values = {
                    value
                    for value in range(FEW)
                    if any(possible([*cells.values()], total, of=value) for total in totals)
                }
                assert len(values) > 1


def figures_of(organisation):
    rows = MonthFigure.objects.filter(organisation=organisation)
    return sorted(rows.values_list("measure", "kind", "tier", "number", "days"))


def test_each_step_is_counted_once_at_the_side_it_belongs_to():
    here = make.organisation()
    hr = make.staff(at=here)
    exchange = make.exchange(organisation=here, places=3)
    lender = make.organisation("Waterschap Zuid", tier=Tier.WATER_AUTHORITY)
    draft = make.application("draft", exchange=exchange, applicant=make.person("Aad", works_at=lender))

    applying.submit(draft)
    sent_on = timezone.now() - datetime.timedelta(days=6)
    Application.objects.filter(pk=draft.pk).update(submitted_at=sent_on)
    draft.refresh_from_db()
    deciding.invite(draft, by=hr)
    day = timezone.localdate() + datetime.timedelta(days=30)
    deciding.offer(draft, by=hr, hours=24, starts_on=day, ends_on=day)
    applying.take(draft, manager_name="Wim", manager_email="wim@manager.example")
    agreeing.agree(draft)
    deciding.confirm(draft, by=hr)

    assert figures_of(here) == [
        ("answered", "secondment", "water_authority", 1, 6),
        ("applied", "secondment", "water_authority", 1, 0),
        ("came", "secondment", "water_authority", 1, 0),
    ]
    assert figures_of(lender) == [("went", "secondment", "municipality", 1, 0)]
    applying.withdraw(draft, by=draft.applicant)
    assert sum(row[3] for row in figures_of(lender)) == 0


def test_who_moves_within_the_own_organisation_neither_came_nor_went():
    here = make.organisation()
    hr = make.staff(at=here)
    exchange = make.exchange(organisation=here, own_staff_welcome=True)
    own = make.application("agreed", exchange=exchange, applicant=make.person("Aad", works_at=here))

    deciding.confirm(own, by=hr)

    assert figures_of(here) == []


def test_what_nobody_answered_is_counted_too():
    application = make.application(due_at=timezone.now() - datetime.timedelta(days=1))

    waiting.lapse(application)

    assert [row[0] for row in figures_of(application.exchange.organisation)] == ["unanswered"]


def year_of(organisation, came=0, went=0, **facts):
    """So many people who came from the State and went to a province."""
    month = timezone.localdate().replace(day=1)
    for measure, tier, number in (("came", "state", came), ("went", "province", went)):
        for _one in range(number):
            MonthFigure.objects.create(
                organisation=organisation, month=month, measure=measure, tier=tier, kind="gig", **facts
            )


def test_the_page_draws_what_the_table_says(client):
    hr = make.staff()
    year_of(hr.employer, came=6, went=4)
    other = make.organisation("Gemeente Zwolle")
    year_of(other, came=77)
    client.force_login(hr)

    shown = text_of(client.get(reverse("mobility:figures"), {"organisatie": other.code, "jaar": "1900"}))

    drawing = shown.split("bwob-flows")[1].split("</figure>")[0]
    assert drawing.count("<path") == 1
    assert ">State 6</text>" in drawing
    assert "Province" not in drawing
    assert '<th scope="row">State</th><td class="bwob-num">6</td><td class="bwob-num">&lt;5</td>' in shown
    assert "77</td>" not in shown


def test_lines_are_the_thicker_the_more_people_and_stay_in_the_picture():
    picture = figures.picture(
        {"state": veiling.Cell(40, "40"), "police": veiling.Cell(None, "<5")},
        {"province": veiling.Cell(5, "5"), "agency": veiling.Cell(20, "20")},
    )

    assert [(lane.label, lane.thickness) for lane in picture.came] == [("State", figures.THICKEST)]
    assert [lane.thickness for lane in picture.went] == [figures.THINNEST, figures.THICKEST // 2]
    assert all(12 < lane.label_y < lane.y < picture.height for lane in [*picture.came, *picture.went])


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_figures(client, django_assert_num_queries, rows):
    hr = make.staff()
    year_of(hr.employer, came=rows, went=rows)
    client.force_login(hr)

    with django_assert_num_queries(5):
        response = client.get(reverse("mobility:figures"))

    assert response.status_code == 200
