"""A schema.org JobPosting (https://schema.org/JobPosting) as the cells of one offer."""

from django.utils.translation import gettext_lazy as _

from mobility.offers.linked_data import Node, Value
from mobility.offers.row import Remarks, say

_DEEPEST_NAME = 4
_MOST_VALUES = 50


def cells(posting: Node, remarks: Remarks) -> dict[str, str]:
    """The posting's own words per column of ours. Who to contact about it is not taken along."""
    if posting.get("applicationContact"):
        remarks.note(_("The contact person was left out."))
    return {
        "external_id": _identifier(posting),
        "url": _first(posting, "url", "sameAs", "mainEntityOfPage"),
        "title": _first(posting, "title", "name"),
        "tasks": _joined(posting, "description", "responsibilities"),
        "requirements": _joined(posting, "qualifications", "experienceRequirements", "educationRequirements"),
        "benefits": _joined(posting, "jobBenefits", "incentiveCompensation", "benefits"),
        "skills": ";".join(_texts(posting.get("skills"))),
        **_organisation(posting),
        "place_name": _place(posting.get("jobLocation"), remarks),
        "kind": " ".join(_texts(posting.get("employmentType"))),
        "field": " ".join(_texts(posting.get("occupationalCategory")) + _texts(posting.get("industry"))),
        "hours": _first(posting, "workHours") or _full_time(posting),
        **_pay(posting),
        "starts_on": _first(posting, "jobStartDate"),
        "closes_on": _first(posting, "validThrough"),
        "places": _first(posting, "totalJobOpenings"),
        "remote": _remote(posting),
        "language": _first(posting, "inLanguage"),
    }


def _texts(value: Value, depth: int = 0) -> list[str]:
    """The texts a value stands for: itself, the name of an object, or those of each member of a list."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, list):
        return (
            [text for inner in value[:_MOST_VALUES] for text in _texts(inner, depth + 1)]
            if depth < _DEEPEST_NAME
            else []
        )
    if isinstance(value, dict) and depth < _DEEPEST_NAME:
        named = (_texts(value.get(key), depth + 1) for key in ("@value", "name", "description", "@id"))
        return next((texts for texts in named if texts), [])
    return []


def _first(node: Node, *keys: str) -> str:
    return next((text for key in keys for text in _texts(node.get(key))), "")


def _joined(node: Node, *keys: str) -> str:
    return "\n\n".join(dict.fromkeys(text for key in keys for text in _texts(node.get(key))))


def _objects(value: Value) -> list[Node]:
    return [inner for inner in (value if isinstance(value, list) else [value]) if isinstance(inner, dict)]


def _identifier(posting: Node) -> str:
    """The number that the source gave it: the value of an object, whose name is that of the organisation."""
    value = posting.get("identifier")
    found = [_first(node, "value", "@value", "@id") for node in _objects(value)] or _texts(value)
    name = _first(posting, "@id")
    return next((text for text in found if text), "") or (
        name if name.startswith("http") else _first(posting, "url")
    )


def _organisation(posting: Node) -> dict[str, str]:
    value = posting.get("hiringOrganization")
    agency = any("EmploymentAgency" in str(node.get("@type")) for node in _objects(value))
    return {"organisation_name": _first(posting, "hiringOrganization"), "broker": "ja" if agency else ""}


def _full_time(posting: Node) -> str:
    return next((text for text in _texts(posting.get("employmentType")) if text.upper() == "FULL_TIME"), "")


def _place(value: Value, remarks: Remarks) -> str:
    """The first place of work; an offer has one, so others become a note."""
    names = list(
        dict.fromkeys(
            name for name in map(_place_name, value if isinstance(value, list) else [value]) if name
        )
    )
    if len(names) > 1:
        remarks.note(
            say(
                _("Of several places of work the first was taken; the others are: {places}."),
                places=", ".join(names[1:5]),
            )
        )
    return names[0] if names else ""


def _place_name(value: Value) -> str:
    if not isinstance(value, dict):
        return _first({"place": value}, "place")
    address = value.get("address")
    localities = (_first(node, "addressLocality") for node in [*_objects(address), value])
    return next((name for name in localities if name), "") or _first(value, "name", "address")


def _remote(posting: Node) -> str:
    """TELECOMMUTE is schema.org's only word for it; with a place of work beside it, it is partly."""
    if "TELECOMMUTE" not in "".join(_texts(posting.get("jobLocationType"))).upper():
        return ""
    return "partly" if posting.get("jobLocation") else "fully"


def _pay(posting: Node) -> dict[str, str]:
    """Pay in any shape in use: a number, a MonetaryAmount with a QuantitativeValue, a PriceSpecification."""
    salary = next(iter(_objects(posting.get("baseSalary"))), None)
    if salary is None:
        return {"pay": _first(posting, "baseSalary"), "pay_currency": _first(posting, "salaryCurrency")}
    amount = next(iter(_objects(salary.get("value"))), salary)
    return {
        "pay_min": _first(amount, "minValue", "minPrice", "value", "price"),
        "pay_max": _first(amount, "maxValue", "maxPrice", "value", "price"),
        "pay_period": _first(amount, "unitText", "unitCode") or _first(salary, "unitText", "unitCode"),
        "pay_currency": _first(salary, "currency", "priceCurrency") or _first(posting, "salaryCurrency"),
    }
