"""The fixed accounts of the demo, with one password, as its sign-in page lists them."""

import dataclasses

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PASSWORD = "Welkom-bij-BWOB-1"  # noqa: S105 - the published password of a demo


@dataclasses.dataclass(frozen=True)
class Account:
    """`employer` is an organisation code, `role` a Membership role there or ""."""

    email: str
    given_name: str
    name_prefix: str
    family_name: str
    employer: str
    role: str
    description: str | Promise


ACCOUNTS = [
    Account(
        "deelnemer@demo.example",
        "Sanne",
        "de",
        "Wit",
        "gm0307",
        "",
        _("Participant, works at Gemeente Amersfoort"),
    ),
    Account(
        "deelnemer2@demo.example",
        "Emre",
        "",
        "Çelik",
        "ws0662",
        "",
        _("Participant, works at Waterschap Vallei en Veluwe"),
    ),
    Account("hr-a@demo.example", "Fatima", "", "Bouazza", "gm0344", "hr", _("HR of Gemeente Utrecht")),
    Account("hr-b@demo.example", "Joost", "van den", "Berg", "pv25", "hr", _("HR of Provincie Gelderland")),
    Account(
        "leidinggevende@demo.example",
        "Marijke",
        "",
        "Hofstra",
        "gm0307",
        "manager",
        _("Manager at Gemeente Amersfoort, offers workplaces there"),
    ),
    Account("coach@demo.example", "Cora", "", "Wolters", "pv26", "", _("Coach of Doetanks")),
    Account(
        "opdrachtgever@demo.example",
        "Ruben",
        "van",
        "Dijk",
        "gm0344",
        "",
        _("Commissioner of Doetanks, works at Gemeente Utrecht"),
    ),
    Account(
        "coordinator@demo.example",
        "Hilde",
        "",
        "Postma",
        "gm0344",
        "",
        _("Coordinator of the networks in the province of Utrecht"),
    ),
    Account("programma@demo.example", "Noor", "van der", "Linden", "BZK", "programme", _("Programme office")),
    Account("fg@demo.example", "Pieter", "", "Jansma", "BZK", "privacy_officer", _("Privacy officer")),
]
