"""Dutch words meet their plurals, and only those: the SQL functions of migration `bwob.0001_text_search`."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

pytestmark = pytest.mark.django_db

SAME = """
vacature vacatures · waterschap waterschappen · provincie provincies · functie functies · stage stages
advies adviezen · huis huizen · brief brieven · gemeente gemeenten gemeentes · school scholen
ambtenaar ambtenaren · mogelijkheid mogelijkheden · overheid overheden · stad steden
binnenstad binnensteden · lid leden · raadslid raadsleden · adviseur adviseurs · agenda agenda's agenda’s
collega collega’s · industrie industrieën industrieen · strategie strategieën · financiën financien
proces processen · plan plannen · bedrijf bedrijven · prijs prijzen · taak taken · persoon personen
sociaal sociale · digitaal digitale · financieel financiële · officieel officiële · idee ideeën ideeen
project projecten · vergunning vergunningen · coördinator coordinator coördinatoren · kind kinderen
juridisch juridische · brug bruggen · team teams · college colleges · mens mensen · kans kansen
fonds fondsen · werkplaats werkplaatsen · grens grenzen · subsidie subsidies · medewerker medewerkers
cursus cursussen · adres adressen · keuze keuzes keuzen · bewijs bewijzen · actief actieve
administratief administratieve · beschrijven beschrijving · klasse klassen · gegeven gegevens
haven havens · technicus technici · gesprek gesprekken · dijk dijken · sluis sluizen · regio regio's
café cafe cafés · opgave opgaven opgaves · archief archieven · ruimte ruimtes ruimten
secretaris secretarissen · klus klussen · wijkagent wijkagenten · burgemeester burgemeesters
programma programma's · Nederlands Nederlandse · beleidsadviseur Beleidsadviseurs BELEIDSADVISEUR
reis reizen · proef proeven · tarief tarieven · bezwaar bezwaren
"""

DIFFERENT = """
leven lef · huis huur · brief breed · stad staat · recht rechter · plan planning · lid leiden
politie politiek · advies adviseur · les lezen · vis vies · dijk dek · werf werving · kern kerel
groen groei · wijs wij · beleid geleden · besteden bestad · geleden gelid · goes goed · hoofd hof
"""


def words(text: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(bwob_words(%s))", [text])
        return set(cursor.fetchone()[0])


def finds(typed: str, document: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT bwob_words(%s) @@ bwob_query(%s)", [document, typed])
        return cursor.fetchone()[0]


def families(table: str) -> list[list[str]]:
    return [family.split() for line in table.strip().splitlines() for family in line.split(" · ")]


def test_a_word_meets_its_inflections():
    apart = [family for family in families(SAME) if len({frozenset(words(word)) for word in family}) > 1]

    assert apart == []


def test_false_friends_stay_apart():
    together = [pair for pair in families(DIFFERENT) if words(pair[0]) & words(pair[1])]

    assert together == []


def test_each_inflection_finds_each_other_in_a_sentence():
    missed = [
        (typed, written)
        for family in families(SAME)
        for typed in family
        for written in family
        if not finds(typed, f"Wij zoeken vanaf juni {written} met ervaring")
    ]

    assert missed == []


@pytest.mark.parametrize(
    ("typed", "document", "found"),
    [
        ("brieven schrijven", "Schrijf een heldere brief", True),
        ("brief jurist", "Schrijf een heldere brief", False),
        ("brief -helder", "Schrijf een heldere brief", False),
        ("brief -jurist", "Schrijf een heldere brief", True),
        ('"heldere brief"', "Schrijf een heldere brief", True),
        ('"brief heldere"', "Schrijf een heldere brief", False),
        ("jurist or brief", "Schrijf een heldere brief", True),
        ("de brief", "Schrijf een heldere brief", True),
        ("projectl", "Projectleider voor twee jaar", True),
        ("pro", "Projectleider voor twee jaar", False),
        ("twee projectl", "Projectleider voor twee jaar", True),
        ("projectl twee", "Projectleider voor twee jaar", False),
        ('"projectl"', "Projectleider voor twee jaar", False),
        ("-projectl", "Projectleider voor twee jaar", True),
        ("twee naar", "Projectleider voor twee jaar", True),
        ("'s-hertogenbosch", "Werken in 's-Hertogenbosch", True),
        ("hertogenbosch", "Werken in 's-Hertogenbosch", True),
        ("coordinator", "Coördinator gezocht", True),
        ("Súdwest-Fryslân", "gemeente sudwest-fryslan", True),
    ],
)
def test_what_somebody_types_is_read_as_in_a_search_engine(typed: str, document: str, found: bool):
    assert finds(typed, document) is found


ODD = [
    *(
        "",
        " ",
        "-",
        '"',
        "or",
        "or or",
        "((",
        "!&|<->",
        ":*",
        "a:*b",
        "\\",
        "'",
        "''s",
        "-'s",
        "%",
        "_",
        "c#",
    ),
    *(
        "- " * 100,
        '-"' * 100,
        '-"a ' * 50,
        '"-a' * 60,
        "-a" * 100,
        "--a " * 50,
        "-é" * 90,
        "ß" * 50,
        "a" * 200,
    ),
    *(
        ".net",
        "😀 beleid",
        "\u202eabc",
        "\ufffd",
        "ﬁnanciën",
        "<b>x</b>",
        "http://a.b/c?d",
        "x@y.z",
        '"' * 200,
    ),
    *("naar", "beleid naar", "or naar", "1234567890", "İstanbul", "et or"),
]


@pytest.mark.parametrize("typed", ODD, ids=range(len(ODD)))
def test_odd_input_is_never_an_error(typed: str):
    assert finds(typed, "Een heldere brief") in (True, False)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.text(alphabet="-\"' orab(!&|:*<>\\é’,.", max_size=200))
def test_no_heap_of_signs_is_an_error(typed: str):
    assert finds(typed, "Een heldere brief") in (True, False)


def test_the_query_is_folded_when_planning_so_that_the_index_serves_it():
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN SELECT 1 FROM mobility_exchange WHERE search @@ bwob_query('adviezen')")
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "bwob_query" not in plan
