"""Profile and match: what fits is said in words, to the person alone."""

import pytest
from django.test import Client
from django.utils import timezone

from bwob.privacy.models import AccessLog
from mobility import describing
from mobility.matching import Matcher
from mobility.models import Profile
from tests import make

pytestmark = pytest.mark.django_db
URL = "/en/mijn/werkprofiel/"


@pytest.fixture
def person(client: Client):
    user = make.person("Petra", language="en")
    client.force_login(user)
    return user


def verdicts(profile: Profile, **facts) -> dict[str, str]:
    exchange = make.exchange(**facts)
    exchange.refresh_from_db()  # a trigger notes its region
    return {one.label: one.verdict for one in Matcher(profile).fit(exchange).criteria}


@pytest.mark.parametrize(
    ("own", "offered", "label", "verdict"),
    [
        ({"skills": ["Omgevingsrecht"]}, {"skills": ["omgevingsrecht"]}, "omgevingsrecht", "yes"),
        ({"skills": ["Zoë"]}, {"skills": ["Omgevingsrecht"]}, "Omgevingsrecht", "unknown"),
        ({"work_fields": ["law"]}, {"field": "law"}, "Field of work", "yes"),
        ({"work_fields": ["law"]}, {"field": "finance"}, "Field of work", "no"),
        ({}, {"field": "finance"}, "Field of work", "unknown"),
        ({"kinds": ["gig", "secondment"]}, {"kind": "gig"}, "Kind", "yes"),
        ({"kinds": ["gig"]}, {"kind": "secondment"}, "Kind", "no"),
        ({"hours_min": 32, "hours_max": 36}, {"hours_min": 24, "hours_max": 32}, "Hours", "yes"),
        ({"hours_min": 33, "hours_max": 36}, {"hours_min": 24, "hours_max": 32}, "Hours", "no"),
        ({}, {}, "Hours", "unknown"),
        ({"regions": ["midden-utrecht"]}, {}, "Region", "yes"),
        ({"regions": ["zeeland"]}, {}, "Region", "unknown"),  # a region that no longer exists
        ({"regions": ["zeeland"]}, {"remote": "fully"}, "Region", "yes"),
        ({"scale": 10}, {"scale_min": 10, "scale_max": 11}, "Scale", "yes"),
        ({"scale": 9}, {"scale_min": 10, "scale_max": 11}, "Scale", "no"),
        ({"scale": 12}, {"scale_min": 10, "scale_max": 11}, "Scale", "no"),
        ({"scale": 12}, {"scale_min": None, "scale_max": None}, "Scale", "unknown"),
        ({}, {}, "Scale", "unknown"),
    ],
)
def test_each_criterion_says_whether_it_fits(own, offered, label, verdict):
    assert verdicts(Profile(**own), **offered)[label] == verdict


def test_another_region_does_not_fit():
    make.place("Middelburg", region=make.region("Zeeland"))

    assert verdicts(Profile(regions=["zeeland"]))["Region"] == "no"


def test_the_free_words_are_never_compared():
    exchange = make.exchange("Letters", skills=["letters"])
    with_words, without = Profile(wishes="letters, Secondment, Law"), Profile()

    assert Matcher(with_words).fit(exchange) == Matcher(without).fit(exchange)


def test_the_page_of_an_exchange_says_why_and_the_card_in_one_line(client: Client, person):
    exchange = make.exchange(skills=["Writing", "Statistics"], field="law")
    describing.save(Profile(user=person, skills=["writing"], work_fields=["law"], scale=8), by=person)

    page = client.get(f"/en/uitwisselingen/{exchange.slug}/")
    cards = client.get("/en/uitwisselingen/")

    verdicts = [one.verdict for one in page.context["fit"].criteria]
    assert verdicts == ["yes", "yes", "no", "unknown", "unknown", "unknown", "unknown"]
    assert page.context["fit"].summary == "2 things fit, 1 does not. 4 things we do not know."
    assert "You have scale 8, this is scale 10–11" in page.content.decode()
    assert cards.context["exchanges"][0].match_text == "Fits your profile: Writing, Law"
    assert "Fits your profile: Writing, Law" in cards.content.decode()


def test_nobody_else_reads_why_it_fits(client: Client, person):
    exchange = make.exchange(contact=make.staff(), skills=["Writing"])
    describing.save(Profile(user=person, skills=["writing"]), by=person)
    for user in (None, make.person(), exchange.contact):
        other = Client(headers={"accept-language": "en"})
        if user:
            other.force_login(user)

        page = other.get(f"/en/uitwisselingen/{exchange.slug}/")

        assert not page.context.get("fit")
        assert "Fits your profile" not in other.get("/en/uitwisselingen/").content.decode()
    assert not AccessLog.objects.exists()


def test_a_profile_begins_narrow_and_is_saved_as_typed(client: Client, person):
    make.exchange()  # and with it a region
    form = client.get(URL).context["form"]
    assert {block["step"].initial for block in form.blocks} == {"me"}

    steps = {f"{block['name']}_for": "me" for block in form.blocks}
    client.post(
        URL,
        steps
        | {
            "skills": "Writing, writing ,Law, Law",
            "work_fields": ["law", "finance"],
            "kinds": ["gig"],
            "regions": ["midden-utrecht"],
            "hours_min": "8",
            "hours_max": "16",
            "scale": "10",
            "skills_for": "governments",
            "is_findable": "on",
        },
    )

    profile = Profile.objects.get()
    assert (profile.user, profile.skills) == (person, ["Writing", "writing", "Law"])
    assert (profile.work_fields, profile.kinds, profile.regions) == (
        ["law", "finance"],
        ["gig"],
        ["midden-utrecht"],
    )
    assert (profile.skills_for, profile.scale_for, profile.is_findable) == ("governments", "me", True)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"hours_min": "20"}, "hours_max"),
        ({"hours_min": "20", "hours_max": "8"}, "hours_max"),
        ({"scale": "19"}, "scale"),
        ({"is_findable": "on"}, "is_findable"),
        ({"regions": ["atlantis"]}, "regions"),
        ({"skills": ",".join(str(number) for number in range(21))}, "skills"),
        ({"skills_for": "world"}, "skills_for"),
    ],
)
def test_what_makes_no_sense_is_named(client: Client, person, typed, field):
    steps = {
        f"{block}_for": "me" for block in ("skills", "work_fields", "wishes", "regions", "hours", "scale")
    }

    response = client.post(URL, steps | typed)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Profile.objects.exists()


def test_one_click_confirms_for_a_year_and_another_takes_all_away(client: Client, person):
    profile = Profile(user=person, skills=["Writing"])
    describing.save(profile, by=person)
    Profile.objects.update(confirmed_at=timezone.now() - Profile.FRESH)
    assert not Profile.objects.get().is_fresh

    client.post(f"{URL}bevestigen/")
    assert Profile.objects.get().is_fresh

    client.post(f"{URL}verwijderen/")
    assert not Profile.objects.exists()
    assert not Profile.pgh_event_models[next(iter(Profile.pgh_event_models))].objects.exists()


def test_match_and_bookmarks_cost_one_query(client: Client, person, django_assert_num_queries):
    describing.save(Profile(user=person, skills=["writing"]), by=person)
    for _number in range(3):
        make.exchange(skills=["Writing"])
    client.get("/en/uitwisselingen/")

    with django_assert_num_queries(6):  # session, person, roles; facets, list; what is the person's own
        client.get("/en/uitwisselingen/")
