"""Importing a file on the site: nothing is stored before it was looked over, and only for the own
organisation.
"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mobility.models import Exchange, OfferFile
from tests import make

pytestmark = pytest.mark.django_db

HEADER = "vacaturenummer;functie;omschrijving;standplaats;uren;schaal;reageren tot\n"
GOOD = "V1;Adviseur wonen;Je helpt het team met woonbeleid en met vragen.;Utrecht;32-36;10;31-12-2099\n"
ABROAD = (
    "V2;Adviseur groen;Je maakt plannen voor het groen in de stad en de wijken.;Timboektoe;24;9;31-12-2099\n"
)


@pytest.fixture
def hr(client):
    hr = make.staff()
    client.force_login(hr)
    return hr


def upload(client, hr, content, name="vacatures.csv", **fields):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    data = {"file": file, "organisation": hr.roles[0].organisation.pk, "source": "Werken bij", **fields}
    return client.post(reverse("mobility:import_offers"), data)


def test_a_file_is_looked_over_before_anything_is_stored(client, hr):
    response = upload(client, hr, HEADER + GOOD + ABROAD)
    page = client.get(response["Location"]).content.decode()

    assert "Adviseur wonen" in page
    assert "Timboektoe" in page
    assert Exchange.objects.count() == 0


def test_storing_takes_the_good_rows_and_forgets_the_file(client, hr):
    preview = upload(client, hr, HEADER + GOOD + ABROAD)["Location"]

    client.post(preview, {"store": "1"})

    assert [(one.title, one.state) for one in Exchange.objects.all()] == [("Adviseur wonen", "draft")]
    assert OfferFile.objects.count() == 0


def test_the_same_file_twice_makes_nothing_twice(client, hr):
    for _time in range(2):
        client.post(upload(client, hr, HEADER + GOOD, publish="on")["Location"], {"store": "1"})

    assert [(one.title, one.state) for one in Exchange.objects.all()] == [("Adviseur wonen", "published")]


def test_a_column_can_be_corrected(client, hr):
    preview = upload(client, hr, HEADER.replace("standplaats", "waar") + GOOD)["Location"]
    form = client.get(preview).context["form"]
    columns = {f"column_{number}": form.initial_columns[header] for number, header in enumerate(form.headers)}

    client.post(preview, columns | {f"column_{form.headers.index('waar')}": "place_name"})
    client.post(preview, {"store": "1"})

    assert Exchange.objects.get().place.name == "Utrecht"


def test_stopping_stores_nothing(client, hr):
    preview = upload(client, hr, HEADER + GOOD)["Location"]

    client.post(preview, {"stop": "1"})

    assert (Exchange.objects.count(), OfferFile.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"{broken", "x.json"), (b"", "x.csv"), (b"PK\x03\x04rest", "x.xlsx"), (b"\x00\x01\x02", "x.csv")],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(client, hr, content, name):
    response = upload(client, hr, content, name)

    assert response.status_code == 422
    assert response.context["form"].errors["file"]


def test_a_file_for_another_organisation_is_refused(client, hr):
    response = upload(client, hr, HEADER + GOOD, organisation=make.organisation("Gemeente Zwolle").pk)

    assert response.status_code == 422
    assert OfferFile.objects.count() == 0


def test_nobody_else_sees_the_uploaded_file(client, hr):
    preview = upload(client, hr, HEADER + GOOD)["Location"]

    client.force_login(make.staff(at=hr.roles[0].organisation, given_name="Colleague"))

    assert client.get(preview).status_code == 404


def test_participants_and_managers_import_nothing(client):
    for person in (make.person(works_at=make.organisation()), make.staff("manager")):
        client.force_login(person)
        assert client.get(reverse("mobility:import_offers")).status_code == 403
