"""An exchange as a JobPosting (https://schema.org/JobPosting), for search engines and job boards."""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from bwob import markdown
from bwob.api import page_of
from mobility.models import Exchange

UNITS = {"hour": "HOUR", "month": "MONTH", "year": "YEAR"}
"""schema.org has no word for four weeks, and four weeks are no month: such pay is left out."""
FULL_TIME = 36
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def script(exchange: Exchange) -> SafeString:
    """The element for its page. It holds data, which browsers do not run."""
    text = json.dumps(posting(exchange), ensure_ascii=False, default=str).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped


def posting(exchange: Exchange) -> dict[str, Any]:
    """Its facts as JSON-LD. Who to ask is not told."""
    facts = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "url": page_of(exchange),
        "identifier": {"@type": "PropertyValue", "name": str(exchange.organisation), "value": exchange.slug},
        "title": exchange.title,
        "description": description(exchange),
        "datePosted": exchange.published_at and exchange.published_at.date(),
        "validThrough": exchange.closes_on,
        "employmentType": employment(exchange),
        "hiringOrganization": {
            "@type": "GovernmentOrganization",
            "name": str(exchange.organisation),
            "sameAs": exchange.organisation.uri,
        },
        "jobLocation": location(exchange),
        "jobStartDate": exchange.starts_on,
        "workHours": exchange.hours_text,
        "totalJobOpenings": exchange.places,
        "skills": ", ".join(exchange.skills),
        "baseSalary": salary(exchange),
        "inLanguage": exchange.language,
        "directApply": True,
    }
    if exchange.remote == Exchange.Remote.FULLY:
        facts["jobLocationType"] = "TELECOMMUTE"
        facts["applicantLocationRequirements"] = {"@type": "Country", "name": "NL"}
    return {name: value for name, value in facts.items() if value not in (None, "", {})}


def description(exchange: Exchange) -> str:
    """All texts as HTML."""
    texts = [exchange.summary, exchange.tasks, exchange.requirements, exchange.benefits]
    return "".join(markdown.render(text) for text in texts if text)


def employment(exchange: Exchange) -> list[str]:
    is_full = exchange.hours_max >= FULL_TIME
    return ["FULL_TIME" if is_full else "PART_TIME"] + (["TEMPORARY"] if exchange.duration else [])


def location(exchange: Exchange) -> dict[str, Any]:
    place = exchange.place
    address = {"@type": "PostalAddress", "addressLocality": str(place), "addressCountry": "NL"}
    return {"@type": "Place", "address": address}


def salary(exchange: Exchange) -> dict[str, Any]:
    if not exchange.pay_min or exchange.pay_period not in UNITS:
        return {}
    amount = {
        "@type": "QuantitativeValue",
        "minValue": float(exchange.pay_min),
        "maxValue": float(exchange.pay_max or exchange.pay_min),
        "unitText": UNITS[exchange.pay_period],
    }
    return {"@type": "MonetaryAmount", "currency": "EUR", "value": amount}
