"""What search engines and job boards are told: JobPosting, sitemap, robots.txt."""

import datetime
import json
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from mobility import offers, posting
from tests import make

pytestmark = pytest.mark.django_db


def test_the_page_carries_a_posting_that_our_own_import_reads(client):
    shown = make.exchange(
        "Adviser for clear & short letters",
        pay_min=Decimal(3000),
        pay_max=Decimal(4500),
        pay_period="month",
        starts_on=timezone.localdate() + datetime.timedelta(days=40),
    )

    page = client.get(shown.get_absolute_url()).content
    offer = offers.read(page, "page.html").rows[0].offer

    assert (offer.title, offer.organisation_name) == (shown.title, str(shown.organisation))
    assert (offer.closes_on, offer.starts_on) == (shown.closes_on, shown.starts_on)
    assert (offer.pay_min, offer.pay_max, offer.pay_period) == (3000, 4500, "month")
    assert offer.external_id == shown.slug


def test_no_text_can_end_the_element_early():
    shown = make.exchange("Adviser </script><script>alert(1)</script>")

    assert str(posting.script(shown)).count("</script>") == 1


def test_pay_per_four_weeks_is_left_out():
    shown = make.exchange(pay_min=Decimal(3000), pay_max=Decimal(4500), pay_period="four_weeks")

    assert "baseSalary" not in posting.posting(shown)


def test_a_contact_is_not_told():
    shown = make.exchange(contact=make.staff(given_name="Geheim"))

    assert "Geheim" not in json.dumps(posting.posting(shown), default=str)


def test_what_is_closed_has_no_posting(client):
    closed = make.exchange(closes_on=timezone.localdate() - datetime.timedelta(days=1))

    assert b"ld+json" not in client.get(closed.get_absolute_url()).content


def test_the_sitemap_names_what_is_on_offer_in_both_languages(client):
    shown, closed = make.exchange(), make.exchange("Draft", state="draft", published_at=None)

    index = client.get(reverse("sitemap")).content.decode()
    part = client.get(reverse("sitemap_part", args=["exchanges"])).content.decode()

    assert re.findall(r"<loc>[^<]*?(/sitemap-\w+\.xml)</loc>", index) == [
        "/sitemap-portal.xml",
        "/sitemap-exchanges.xml",
    ]
    assert part.count(f"{shown.slug}/</loc>") == 2
    assert closed.slug not in part


def test_robots_are_kept_out_of_what_is_personal(client):
    text = client.get(reverse("robots")).content.decode()

    assert "Disallow: /mijn/\n" in text
    assert text.endswith("Sitemap: http://localhost:8000/sitemap.xml\n")
