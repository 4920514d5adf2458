"""schema.org JobPosting in every shape that websites give it, and JSON as they really write it."""

import json
from typing import Any

import pytest

from mobility.offers import Offer, Reading, Unreadable, read

POSTING: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "identifier": "V-1",
    "title": "Adviseur",
    "description": "Je adviseert het college over de inrichting van de stad en over wat bewoners vinden.",
    "validThrough": "2026-08-25",
}
SECOND = POSTING | {"identifier": "V-2"}


def json_of(value: Any) -> Reading:
    return read(json.dumps(value).encode(), "vacatures.json")


def page_of(*blocks: str) -> Reading:
    scripts = "".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)
    return read(f"<!doctype html><html><head>{scripts}</head></html>".encode(), "vacature.html")


def offer_of(**facts: Any) -> Offer:
    (offer,) = json_of(POSTING | facts).offers
    return offer


def ids_of(reading: Reading) -> list[str]:
    return [offer.external_id for offer in reading.offers]


@pytest.mark.parametrize(
    "value",
    [
        POSTING,
        [POSTING],
        [[POSTING]],
        {"@graph": [POSTING]},
        {"@graph": {"@type": "WebPage", "mainEntity": POSTING}},
        {"@type": "WebPage", "mainEntity": POSTING},
        {"@type": "WebPage", "mainEntity": [POSTING]},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": POSTING}]},
        {"@type": "Organization", "department": {"subOrganization": {"makesOffer": POSTING}}},
        POSTING | {"@type": ["Thing", "JobPosting"]},
        POSTING | {"@type": "http://schema.org/JobPosting"},
        POSTING | {"@type": "schema:JobPosting"},
        {f"schema:{key}" if key[0] != "@" else key: value for key, value in POSTING.items()},
        {key: [{"@value": value}] if key[0] != "@" else value for key, value in POSTING.items()},
    ],
)
def test_a_posting_is_found_wherever_it_stands(value: Any) -> None:
    assert ids_of(json_of(value)) == ["V-1"]
    assert ids_of(page_of(json.dumps(value))) == ["V-1"]


def test_several_postings_keep_the_order_of_the_file() -> None:
    reading = json_of({"@graph": [POSTING, {"mainEntity": SECOND}, POSTING | {"identifier": "V-0"}]})

    assert [(row.number, row.external_id) for row in reading.rows] == [(1, "V-1"), (2, "V-2"), (3, "V-0")]


def test_several_blocks_of_a_page_are_read_together() -> None:
    assert ids_of(page_of("", json.dumps(POSTING), "{broken", json.dumps([SECOND]))) == ["V-1", "V-2"]


def test_a_reference_to_another_object_is_followed() -> None:
    organisation = {"@id": "#us", "@type": "Organization", "name": " Gemeente Utrecht "}

    reading = json_of({"@graph": [POSTING | {"hiringOrganization": {"@id": "#us"}}, organisation]})

    assert [offer.organisation_name for offer in reading.offers] == ["Gemeente Utrecht"]


@pytest.mark.parametrize(
    "pattern",
    [
        "\ufeff{}",
        "{};",
        "<!-- {} -->",
        "<!--\n{}\n//-->",
        "//<![CDATA[\n{}\n//]]>",
        "/*<![CDATA[*/{}/*]]>*/",
        '/* comment with "quotes" and , ] */ {}',
        "[{},]",
    ],
)
def test_what_surrounds_the_json_is_forgiven(pattern: str) -> None:
    text = pattern.replace("{}", json.dumps(POSTING))

    assert ids_of(page_of(text)) == ["V-1"]


def test_comments_and_commas_inside_strings_stay() -> None:
    description = 'Kijk op https://example.nl /* echt */ en lees: "a,]" en "b,}" // dit hoort bij de tekst.'
    text = json.dumps(POSTING | {"description": description})[:-1] + ",}"

    assert [offer.tasks for offer in page_of(text).offers] == [description]


def test_line_ends_and_tabs_inside_strings_are_forgiven() -> None:
    text = json.dumps(POSTING).replace("over de", "over\n\tde")

    assert ids_of(page_of(text)) == ["V-1"]


def test_a_block_that_was_escaped_as_html_is_read() -> None:
    assert ids_of(page_of(json.dumps(POSTING).replace('"', "&quot;"))) == ["V-1"]


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("A-1", "A-1"),
        (123, "123"),
        ({"@type": "PropertyValue", "name": "Gemeente Utrecht", "value": 12}, "12"),
        ([{"value": "eerste"}, {"value": "tweede"}], "eerste"),
    ],
)
def test_the_identifier_is_read_in_each_shape(identifier: Any, expected: str) -> None:
    assert offer_of(identifier=identifier).external_id == expected


def test_without_identifier_the_address_is_the_id() -> None:
    assert offer_of(identifier=None, url="https://a.example/1").external_id == "https://a.example/1"
    assert offer_of(identifier=None, **{"@id": "https://a.example/2"}).external_id == "https://a.example/2"


def test_the_pages_own_address_is_taken_for_its_only_posting() -> None:
    link = '<link rel="canonical" href="https://a.example/x">'
    script = f'<script type="application/ld+json">{json.dumps(POSTING)}</script>'

    reading = read(f"<html>{link}{script}</html>".encode(), "x.html")

    assert [offer.url for offer in reading.offers] == ["https://a.example/x"]


@pytest.mark.parametrize(
    ("salary", "expected"),
    [
        ({"value": {"minValue": 3496, "maxValue": 5123, "unitText": "MONTH"}}, ("3496", "5123", "month")),
        ({"value": {"minValue": 3496.5, "unitText": "MONTH"}}, ("3496.5", "None", "month")),
        ({"value": {"value": "€ 3.496", "unitText": "per maand"}}, ("3496", "3496", "month")),
        ({"minValue": 3496, "maxValue": 5123, "unitText": "MONTH"}, ("3496", "5123", "month")),
        ({"minPrice": 20, "maxPrice": 30, "unitText": "HOUR"}, ("20", "30", "hour")),
        ({"value": 3496, "unitText": "MON"}, ("3496", "3496", "month")),
        ([{"value": {"value": 45000, "unitText": "YEAR"}}], ("45000", "45000", "year")),
        ("€ 3.496 - € 5.123 per maand", ("3496", "5123", "month")),
        (3496, ("3496", "3496", "month")),
        ({"value": {"value": 100}}, ("None", "None", "None")),
        ({"value": {"minValue": 0, "maxValue": 0, "unitText": "MONTH"}}, ("None", "None", "None")),
        (None, ("None", "None", "None")),
    ],
)
def test_pay_is_read_in_each_shape(salary: Any, expected: tuple[str, str, str]) -> None:
    offer = offer_of(baseSalary=salary)

    assert (str(offer.pay_min), str(offer.pay_max), str(offer.pay_period)) == expected


def test_a_number_that_lost_its_thousands_to_json_is_repaired() -> None:
    text = (
        json.dumps(POSTING)[:-1]
        + ', "baseSalary": {"minValue": 1.239, "maxValue": 4.670, "unitText": "MONTH"}}'
    )

    (offer,) = read(text.encode(), "a.json").offers

    assert (offer.pay_min, offer.pay_max) == (1239, 4670)


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("Zwolle", "Zwolle"),
        ({"name": "Zwolle"}, "Zwolle"),
        ({"address": "Zwolle"}, "Zwolle"),
        ({"address": {"addressLocality": " Zwolle "}}, "Zwolle"),
        ({"address": [{"addressLocality": "8011 XX Zwolle"}]}, "Zwolle"),
        ([{"address": {"addressLocality": "Zwolle, Nederland"}}], "Zwolle"),
        ({"addressLocality": {"@value": "Zwolle"}}, "Zwolle"),
        (None, ""),
    ],
)
def test_the_place_is_read_in_each_shape(location: Any, expected: str) -> None:
    assert offer_of(jobLocation=location).place_name == expected


@pytest.mark.parametrize(
    ("facts", "remote"),
    [
        ({"jobLocationType": "TELECOMMUTE"}, "fully"),
        ({"jobLocationType": "TELECOMMUTE", "jobLocation": "Zwolle"}, "partly"),
        ({"jobLocationType": ["TELECOMMUTE"], "jobLocation": "Zwolle"}, "partly"),
        ({"jobLocation": "Zwolle"}, "none"),
    ],
)
def test_telecommute_is_partly_when_there_is_a_place(facts: dict[str, Any], remote: str) -> None:
    assert offer_of(**facts).remote == remote


def test_who_to_contact_is_left_out_with_a_note() -> None:
    reading = json_of(
        POSTING | {"applicationContact": {"name": "Sanne Voorbeeld", "telephone": "0612345678"}}
    )

    assert [str(note) for note in reading.rows[0].notes] == ["The contact person was left out."]
    assert "Sanne" not in repr(reading)


def test_qualifications_and_benefits_get_their_own_place() -> None:
    offer = offer_of(qualifications="Hbo.", jobBenefits=["Vrij.", "Fruit."], skills=["plannen", "schrijven"])

    assert (offer.requirements, offer.benefits) == ("Hbo.", "Vrij.\n\nFruit.")
    assert offer.skills == ("plannen", "schrijven")


@pytest.mark.parametrize("value", [[], {"@graph": []}, {"@type": "ItemList", "itemListElement": []}])
def test_a_feed_without_offers_is_an_empty_reading(value: Any) -> None:
    assert json_of(value).rows == ()


@pytest.mark.parametrize(
    "value", [{}, {"title": "Adviseur"}, "tekst", 1, None, {"@type": "Organization", "name": "x"}]
)
def test_json_about_something_else_is_refused(value: Any) -> None:
    with pytest.raises(Unreadable, match=r"There is no schema\.org JobPosting in this file\."):
        json_of(value)


def test_a_page_about_something_else_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"There is no schema\.org JobPosting in this page\."):
        page_of('{"@type": "Organization"}')


def test_a_page_with_only_broken_json_says_so() -> None:
    with pytest.raises(Unreadable, match="The JSON-LD in this page is broken"):
        page_of('{"@type": "JobPosting", ')
