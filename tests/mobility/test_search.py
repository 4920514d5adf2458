"""The search page: addresses that can be shared, chips, the empty state, and input that makes no sense."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.test.utils import ContextList
from django.utils import timezone, translation

from mobility.models import Exchange
from tests import make

pytestmark = pytest.mark.django_db

URL = "/en/uitwisselingen/"


def search(client: Client, query: str = "") -> ContextList:
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    return response.context


def titles(page: ContextList) -> list[str]:
    return [exchange.title for exchange in page["exchanges"]]


def options(page: ContextList, name: str) -> dict[str, int]:
    [facet] = [facet for facet in page["facets"] if facet.name == name]
    return {option.value: option.hits for option in facet.options}


def test_a_visitor_sees_what_is_open_and_nothing_else(client: Client):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    make.exchange("Open")
    make.exchange("Open until filled", closes_on=None)
    make.exchange("Closes today", closes_on=timezone.localdate())
    make.exchange("Closed", closes_on=yesterday)
    make.exchange("Draft", state=Exchange.State.DRAFT, published_at=None)
    make.exchange("Filled", state=Exchange.State.FILLED)
    make.exchange("Withdrawn", state=Exchange.State.WITHDRAWN)

    page = search(client)

    assert sorted(titles(page)) == ["Closes today", "Open", "Open until filled"]
    assert page["count_text"] == "3 exchanges found"


def test_hr_finds_in_the_search_what_a_visitor_finds(client: Client):
    hr = make.staff()
    make.exchange("Own draft", state=Exchange.State.DRAFT, published_at=None)
    make.exchange("Open")
    client.force_login(hr)

    page = search(client)

    assert titles(page) == ["Open"]
    assert options(page, "kind")["secondment"] == 1


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("letter", True),
        ("utrechtse", True),
        ("gemeente utrecht", True),
        ("stadsgesprek", True),
        ("vergunningen", True),
        ("omgevingsrecht", True),
        ("rechten", True),
        ("dijk", False),
    ],
)
def test_words_are_sought_in_title_organisation_place_skills_summary_and_tasks(
    client: Client, typed: str, found: bool
):
    make.exchange(
        "Letters",
        skills=["Omgevingsrecht"],
        summary="Je leidt een stadsgesprek.",
        tasks="Je toetst een vergunning.",
        requirements="Kennis van het recht",
    )

    assert bool(titles(search(client, f"q={typed}"))) is found


def test_the_best_match_has_the_word_in_its_title(client: Client):
    make.exchange("Jurist")
    make.exchange("Adviseur", tasks="Je werkt samen met een jurist.")

    assert titles(search(client, "q=jurist&sort=best")) == ["Jurist", "Adviseur"]
    assert titles(search(client, "q=jurist")) == ["Adviseur", "Jurist"]


def test_each_choice_has_a_chip_that_removes_only_itself(client: Client):
    make.exchange()

    page = search(client, "sort=closing&kind=secondment&q=letters&kind=gig&near=Utrecht&hours=25-32")

    assert [(chip.label, chip.remove_url) for chip in page["chips"]] == [
        ("“letters”", f"{URL}?kind=secondment&kind=gig&hours=25-32&near=Utrecht&sort=closing"),
        ("Secondment", f"{URL}?q=letters&kind=gig&hours=25-32&near=Utrecht&sort=closing"),
        ("Gig beside your job", f"{URL}?q=letters&kind=secondment&hours=25-32&near=Utrecht&sort=closing"),
        ("25–32 hours", f"{URL}?q=letters&kind=secondment&kind=gig&near=Utrecht&sort=closing"),
        ("Within 30 km of Utrecht", f"{URL}?q=letters&kind=secondment&kind=gig&hours=25-32&sort=closing"),
    ]
    assert page["clear_url"] == URL


def test_an_order_that_makes_no_sense_any_more_leaves_the_address_with_its_filter(client: Client):
    make.exchange()

    page = search(client, "q=letters&sort=best&near=Utrecht")

    assert [chip.remove_url for chip in page["chips"]] == [
        f"{URL}?near=Utrecht",
        f"{URL}?q=letters&sort=best",
    ]


def test_the_orders_on_offer_fit_what_is_asked(client: Client):
    make.exchange()

    def orders(query: str) -> list[str]:
        return [order.value for order in search(client, query)["sorts"]]

    assert orders("") == ["newest", "closing"]
    assert orders("q=letters") == ["best", "newest", "closing"]
    assert orders("near=Utrecht") == ["newest", "closing", "distance"]
    assert search(client, "sort=best")["sort"] == "newest"
    assert search(client, "sort=distance")["sort"] == "newest"


def test_what_is_no_option_is_left_out_and_told(client: Client):
    make.exchange()

    page = search(client, "kind=secondment&kind=sabbatical&region=atlantis&within=31&sort=luck&colour=red")

    assert titles(page) == ["Project leader for clear letters"]
    assert sorted(page["problems"]) == [
        "We left out “31”: it is not a choice for “Within”.",
        "We left out “atlantis”: it is not a choice for “Labour-market region”.",
        "We left out “luck”: it is not a choice for “Sort by”.",
        "We left out “sabbatical”: it is not a choice for “Kind of exchange”.",
    ]
    assert [chip.label for chip in page["chips"]] == ["Secondment"]


def test_too_many_words_are_told_and_kept_in_the_box(client: Client):
    make.exchange()

    page = search(client, "q=" + "woord+" * 40)

    assert page["problems"] == ["Your words are too long to search. Use at most 200 characters."]
    assert titles(page) == ["Project leader for clear letters"]
    assert page["q"].startswith("woord woord")
    assert len(page["q"]) == 200


NONSENSE = [
    *(
        "%00",
        "a%00b",
        "%ED%A0%80",
        "%FF",
        "%F0%9F%98%80",
        "%E2%80%AEabc",
        "'",
        '"',
        "%3Cscript%3E",
        "%25",
        "%5C",
    ),
    *("-1", "0", "9" * 30, "9" * 5000, "1-1", "1795600000000000-51", "0-0-0", "-", "--", "٣-٣", "1e9-1"),
    *("%C2%B2-%C2%B2", "None", "[]", "{}", "x" * 5000, "%25s", "%28%28", "a%26b"),
]


@pytest.mark.parametrize("key", ["q", "kind", "region", "hours", "near", "within", "sort", "after", "other"])
def test_no_address_is_an_error(client: Client, key: str):
    make.exchange()

    for value in NONSENSE:
        response = client.get(f"{URL}?{key}={value}&{key}={value}")
        assert response.status_code == 200
        assert b"<script>" not in response.content
        assert b"\x00" not in response.content


def test_lone_surrogates_from_elsewhere_are_no_error(rf):
    from django.http import QueryDict

    from mobility.filters import ExchangeFilter
    from mobility.results import Results

    data = QueryDict(mutable=True)
    data.update({"q": "brief\ud800", "near": "\udfff", "kind": "\ud800"})

    assert Results(ExchangeFilter(data)).context()["count_text"] == "0 exchanges found"


def test_when_nothing_fits_it_says_which_filter_to_drop_and_what_that_gives(client: Client):
    for _number in range(3):
        make.exchange("Brief", kind=Exchange.Kind.GIG)
    make.exchange("Dijk", kind=Exchange.Kind.SECONDMENT)
    make.exchange("Dijk", kind=Exchange.Kind.SECONDMENT, field=Exchange.Field.LAW)

    page = search(client, "q=brief&kind=secondment&field=communication")

    assert page["count_text"] == "0 exchanges found"
    assert [(way.label, way.hits, way.url) for way in page["loosen"]] == [
        ("Without a choice for “Kind of exchange”", 3, f"{URL}?q=brief&field=communication"),
        ("Without the words “brief”", 1, f"{URL}?kind=secondment&field=communication"),
    ]


def test_when_nothing_is_near_it_offers_the_whole_country(client: Client):
    make.place("Groningen", latitude=53.22, longitude=6.57)
    make.exchange()

    page = search(client, "near=Groningen")

    assert [(way.label, way.hits, way.url) for way in page["loosen"]] == [("Anywhere in the country", 1, URL)]


def test_it_counts_what_dropping_the_words_would_give_only_up_to_the_cap(client: Client):
    from mobility.results import capped

    assert [capped(hits) for hits in (0, 999, 1000, 1001, 98_765)] == [
        "0",
        "999",
        "1,000",
        "1,000+",
        "1,000+",
    ]
    with translation.override("nl"):
        assert capped(2000) == "1.000+"


def test_one_hit_is_counted_in_the_singular(client: Client):
    make.exchange()

    assert search(client)["count_text"] == "1 exchange found"


def test_htmx_gets_only_what_changes(client: Client):
    make.exchange()

    whole = client.get(URL)
    part = client.get(URL, headers={"HX-Request": "true"})

    assert b"<title>" in whole.content
    assert b"<title>" not in part.content
    assert b"Project leader for clear letters" in part.content
    assert [response["Vary"].count("HX-Request") for response in (whole, part)] == [1, 1]


def test_the_address_keeps_its_keys_in_one_order_whatever_order_they_came_in(client: Client):
    for _number in range(21):
        make.exchange()

    one = search(client, "sort=closing&scale=9-10&scale=11-12&kind=secondment&within=50&near=utrecht")[
        "next_url"
    ]
    other = search(client, "kind=secondment&near=Utrecht&scale=11-12&scale=9-10&within=50&sort=closing")[
        "next_url"
    ]

    assert one == other
    assert one.startswith(
        f"{URL}?kind=secondment&scale=9-10&scale=11-12&near=Utrecht&within=50&sort=closing&after="
    )


@pytest.mark.parametrize(("rows", "few"), [(1, 1), (3, 0), (30, 0)])
def test_a_list_takes_as_many_statements_however_long_it_is(
    client: Client, rows: int, few: int, django_assert_num_queries
):
    """With fewer than three hits for the words it also looks for other words."""
    for number in range(rows):
        make.exchange(organisation=make.organisation(f"Gemeente {number}"))

    with django_assert_num_queries(3):  # places and regions (then remembered), facets, list
        search(client)
    with django_assert_num_queries(2 + few):  # facets, list
        search(client, "q=letters&kind=secondment&hours=25-32&near=Utrecht&sort=distance")
    with django_assert_num_queries(2 + few):
        search(client, "q=letters&sort=best")
    with django_assert_num_queries(3):  # facets, did you mean, without the words
        search(client, "q=lettters&kind=gig&tier=police&near=Utrecht")


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_signed_in_it_takes_four_more(client: Client, rows: int, django_assert_num_queries):
    for _number in range(rows):
        make.exchange()
    client.force_login(make.person())
    search(client)  # a visit begins

    with django_assert_num_queries(6):  # session, person, roles; facets, list; what is the person's own
        search(client)


def test_the_search_passes_the_door_of_visitors():
    make.exchange("Open")

    from mobility.criteria import offered

    door = Exchange.objects.visible_to(AnonymousUser()).open()
    assert [str(offered().query), offered().count()] == [str(door.query), 1]
