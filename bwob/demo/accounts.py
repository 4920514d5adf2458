"""The fixed accounts of the demo, with one password, as its sign-in page lists them."""

import dataclasses

from django.utils.functional import Promise
from django.utils.text import format_lazy
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


PITCH_KEYS = {
    "voorzitter@demo.example": "MRSW-23ZN-OZXW-64T2-NF2H-IZLS-EENS-KJIM",
    "secretaris@demo.example": "MRSW-23ZN-ONSW-G4TF-ORQX-E2LT-EHOK-26J7",
    "notaris@demo.example": "MRSW-23ZN-MRSS-23TP-ORQX-E2LT-EEUC-WSDL",
}
"""In earnest a key is shown once and kept nowhere; in the demo everybody may open the ballots."""

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
    Account(
        "hr-a2@demo.example",
        "Wim",
        "",
        "Terpstra",
        "gm0344",
        "hr",
        _("HR of Gemeente Utrecht too: the second pair of eyes"),
    ),
    Account(
        "hr-b2@demo.example",
        "Saskia",
        "ter",
        "Braak",
        "pv25",
        "hr",
        _("HR of Provincie Gelderland too: the second pair of eyes"),
    ),
    Account(
        "alumnus@demo.example",
        "Anneke",
        "van 't",
        "Hof",
        "gm0307",
        "",
        _("Alumnus of Gemeente Utrecht and of Provincie Gelderland"),
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
    *(
        Account(
            f"jury{number}@demo.example", given, prefix, family, employer, "", _("Member of the PITCH jury")
        )
        for number, (given, prefix, family, employer) in enumerate(
            [
                ("Youssef", "", "Amrani", "gm0599"),
                ("Annemiek", "van den", "Broek", "pv26"),
                ("Ruben", "", "Dijkstra", "ws0539"),
                ("Chantal", "", "Pinas", "gm0034"),
                ("Hendrik-Jan", "ter", "Horst", "gm0153"),
            ],
            1,
        )
    ),
    *(
        Account(email, given, prefix, family, employer, "", format_lazy("{} ({})", description, key))
        for (email, key), (given, prefix, family, employer, description) in zip(
            PITCH_KEYS.items(),
            [
                ("Ineke", "", "Verhagen", "gm0363", _("Chair of the PITCH jury, with a key")),
                ("Tom", "de", "Ruiter", "BZK", _("Secretary of the PITCH jury, with a key")),
                ("Soraya", "", "Bakker", "pv27", _("Key holder of PITCH")),
            ],
            strict=True,
        )
    ),
]
