"""The Dutch words and sentences from which synthetic exchanges are put together. All invented."""


def _words(text: str, between: str | None = None) -> list[str]:
    """The words between blanks, or the phrases between another sign."""
    return [word.strip() for word in text.split(between) if word.strip()]


ROLES = _words("""
Projectleider Beleidsadviseur Programmamanager Jurist Communicatieadviseur Planeconoom Gegevensanalist
Toezichthouder Adviseur Teamleider Onderzoeker Procesbegeleider Vergunningverlener Inkoopadviseur
Controller Opdrachtgever Projectsecretaris Informatiemanager Bestuursadviseur Kwartiermaker
Omgevingsmanager Accountmanager Trainee Strateeg Handhaver Ontwerper Functioneel-beheerder
Gebiedsregisseur Subsidieadviseur Griffiemedewerker
""")

# Two halves make one of some 2,000 compounds, each of them rare.
FIRST_HALVES = _words("""
water woning natuur energie jeugd verkeers bodem erfgoed participatie wijk klimaat dijk haven landbouw
sport cultuur zorg onderwijs veiligheids archief subsidie belasting inkoop huisvestings arbeidsmarkt
personeels milieu lucht geluids toerisme binnenstads platteland kust rivier afval groen mobiliteits fiets
parkeer schuld armoede integratie
""")
LAST_HALVES = _words("""
beleid plan beheer toezicht loket register dossier akkoord opgave aanpak netwerk regie monitor fonds
visie project onderzoek toets portaal atlas meting proef raad dienst agenda campagne verordening overleg
inspectie ketens herstel transitie reserve begroting keuring verkenning beurs pact lab kaart
""")

SKILLS = (
    """
projectleiding|omgevingsrecht|financieel beheer|gegevensanalyse|gesprekstechnieken|helder
schrijven|onderhandelen procesbegeleiding|aanbesteden|bestuurlijke
gevoeligheid|informatiebeveiliging|gebiedsgericht werken|toezicht
subsidierecht|verandermanagement|kaarten maken|presenteren|participatie|bezwaar en beroep|risicoanalyse
""".replace("\n", "|")
    .strip("|")
    .split("|")
)

SUMMARIES = [
    "Help ons team om het werk achter de balie sneller en menselijker te maken.",
    "Breng partners bij elkaar en maak van losse plannen één aanpak die in de wijk werkt.",
    "Zet je kennis een tijd lang in op een vraag waar wij zelf niet uitkomen.",
    "Kijk mee in onze keuken en neem mee terug wat bij jullie ook kan.",
    "Schrijf samen met inwoners de spelregels voor een nieuwe manier van werken.",
    "Zorg dat cijfers, kaarten en verhalen samen één helder beeld geven.",
    "Begeleid een jonge ploeg bij haar eerste grote opdracht.",
    "Maak een plan dat door de raad komt en daarna ook echt wordt uitgevoerd.",
    "Neem voor een half jaar de plaats in van een collega die elders werkt.",
    "Onderzoek waar onze regels elkaar in de weg zitten en doe een voorstel.",
    "Versterk het team dat de piek aan aanvragen in het voorjaar opvangt.",
    "Bouw mee aan een dienst die vijf gemeenten straks samen gebruiken.",
]

SENTENCES = [
    "Je begint met een week meelopen, zodat je weet wie wat doet en waarom.",
    "Elke maandag bespreek je met het team wat er ligt en wat er blijft liggen.",
    "Je schrijft adviezen voor het college en licht ze zelf toe aan de wethouder.",
    "Je spreekt met inwoners en ondernemers en legt vast wat zij nodig hebben.",
    "Je bewaakt planning en geld, en zegt het op tijd als iets niet gaat lukken.",
    "Je zoekt uit welke vergunningen nodig zijn en haalt de aanvragers aan tafel.",
    "Je maakt een overzicht van alle lopende dossiers en brengt er orde in.",
    "Je begeleidt twee medewerkers die dit werk na jou zelf gaan doen.",
    "Je overlegt met het waterschap, de provincie en de buurgemeenten.",
    "Je bereidt de stukken voor de gemeenteraad voor en beantwoordt vragen.",
    "Je leest oude besluiten na en toetst of ze nog kloppen met de wet.",
    "Je organiseert drie bijeenkomsten waarin collega’s van elkaar leren.",
    "Je houdt bij wat werkt en wat niet, en deelt ook wat is mislukt.",
    "Je vervangt een collega die zelf een half jaar bij een ander gaat werken.",
    "Je test een nieuw formulier met mensen die er niet aan gewend zijn.",
    "Je rekent drie varianten door en laat zien wat elke keuze kost.",
    "Je stemt af met juristen, inkoop en de afdeling financiën.",
    "Je gaat mee op controle en schrijft het verslag in gewone taal.",
    "Je helpt het meldpunt om bezwaren sneller en vriendelijker af te handelen.",
    "Je tekent samen met ontwerpers een eerste schets voor het plein.",
    "Je beheert de gegevens en zorgt dat ze veilig en volledig zijn.",
    "Je voert gesprekken aan de keukentafel en regelt wat er moet gebeuren.",
    "Je zorgt dat brieven kort, juist en begrijpelijk zijn.",
    "Je bent het eerste aanspreekpunt voor de politie en de brandweer.",
    "Je zet een proef op met een duidelijk begin, een einde en een maat.",
    "Je trekt op met studenten die bij ons stage lopen.",
    "Je bekijkt de dijk met de ploeg en leert hoe een inspectie gaat.",
    "Je maakt een kaart waarop iedereen ziet waar het knelt.",
    "Je vertegenwoordigt ons in het regionale overleg over de arbeidsmarkt.",
    "Je draagt aan het eind alles over in een warm gesprek en een kort verslag.",
]

NOTICE = "Dit is een voorbeeldplek, gemaakt om het portaal te beproeven."
