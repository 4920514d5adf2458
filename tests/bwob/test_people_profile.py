"""A person's name, in parts (rule R11), and language."""

import pytest

from bwob.people.models import User
from tests import make

pytestmark = pytest.mark.django_db
PAGE = "/en/mijn/profiel/"
NAME = {"given_name": "Sanne", "name_prefix": "van der", "family_name": "Berg", "language": "en"}


@pytest.fixture
def person(client):
    person = make.person("Before")
    client.force_login(person)
    return person


def test_the_profile_keeps_the_parts_of_a_name_and_sorts_it_the_dutch_way(client, person):
    response = client.post(PAGE, NAME)

    assert response.status_code == 302
    person.refresh_from_db()
    assert (person.full_name, person.sort_name) == ("Sanne van der Berg", "berg sanne van der")


@pytest.mark.parametrize(
    "facts",
    [
        {"given_name": "Suharto", "name_prefix": "", "family_name": ""},
        {"given_name": "A" * 197, "name_prefix": "van den", "family_name": "Ö" * 197},
        {"given_name": "Çelik", "family_name": "d'Ancona-Łukasz"},
    ],
)
def test_a_mononym_a_long_name_and_accents_are_names(client, person, facts):
    client.post(PAGE, NAME | facts)

    person.refresh_from_db()
    assert {name: getattr(person, name) for name in facts} == facts


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"given_name": ""}, "This field is required."),
        ({"given_name": "A" * 198}, "at most 197 characters"),
        ({"name_prefix": "x" * 41}, "at most 40 characters"),
        ({"family_name": "Berg\u202egreB"}, "a sign that cannot be seen"),
        ({"family_name": "Be\x00rg"}, "a sign that cannot be seen"),
        ({"given_name": "Win at evil.example/now"}, "A name has no : / or @ in it."),
        ({"language": "tlh"}, "Select a valid choice"),
    ],
)
def test_what_is_no_name_is_refused_with_a_sentence(client, person, facts, sentence):
    response = client.post(PAGE, NAME | facts)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    person.refresh_from_db()
    assert person.given_name == "Before"


def test_spaces_are_tidied_and_equal_letters_get_one_spelling(client, person):
    client.post(PAGE, NAME | {"given_name": "  Jose\u0301   Maria "})

    person.refresh_from_db()
    assert person.given_name == "Jos\u00e9 Maria"


def test_choosing_a_language_leads_to_the_page_in_that_language(client, person):
    assert client.post(PAGE, NAME | {"language": "nl"}).url == "/mijn/profiel/"
    assert client.post("/mijn/profiel/", NAME | {"language": "en"}).url == PAGE


def test_other_fields_cannot_be_posted_along(client, person):
    client.post(PAGE, NAME | {"email": "x@y.example", "is_active": "", "password": "x", "id": "1"})

    after = User.objects.get(pk=person.pk)
    assert (after.email, after.is_active, after.password) == (person.email, True, person.password)


def test_the_profile_asks_to_sign_in(client):
    assert client.get(PAGE).url == f"/en/account/login/?next={PAGE}"
