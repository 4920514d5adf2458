"""HR offers a workplace: writes, mends, publishes, copies, closes and withdraws it; and brings in a file."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mobility.models import Exchange
from tests import make
from tests.browser.conftest import WIDTHS, Opener
from tests.browser.looking import enter
from tests.browser.walking import Walker, link_in, mail_to

TITLE = "Adviseur wonen met oog voor starters"
TASKS = "- Je praat met makelaars\n- Je schrijft een voorstel voor de raad"
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
CSV = (
    "vacaturenummer;functie;omschrijving;waar;uren;schaal;reageren tot\n"
    "V1;Adviseur wonen;Je helpt het team met woonbeleid en met vragen.;Utrecht;32-36;10;31-12-2099\n"
    "V2;Adviseur groen;Je maakt plannen voor het groen in de wijken.;Timboektoe;24;9;31-12-2099\n"
)


def officer(opened: Opener, *, script: bool = True, width: int = WIDTHS["desk"], name: str = "hr") -> Walker:
    return Walker(enter(opened(width, script=script), make.staff()), "nl", name=name, script=script)


def fill_in(one: Walker) -> None:
    """An exchange with two mistakes: no field of work, and scales the wrong way round."""
    one.choose("kind", "assignment")
    one.write("title", TITLE)
    one.write("summary", "Help twee teams om woningen te vinden voor starters.")
    one.write("tasks", TASKS)
    one.write("hours_min", "16")
    one.write("hours_max", "24")
    one.write("starts_on", (timezone.localdate() + datetime.timedelta(days=90)).isoformat())
    one.write("duration", "6")
    one.write("scale_min", "11")
    one.write("scale_max", "9")
    one.field("place").select_option(label="Utrecht")


@SCRIPT
def test_an_exchange_is_written_mended_published_closed_and_copied(opened, script):
    make.place()
    one = officer(opened, script=script, name=f"write-{script}")
    one.visit("dashboard")
    one.follow("Post an exchange")
    one.arrives("mobility:write")
    one.look("write")
    fill_in(one)
    one.press("Save and look it over")
    one.is_refused("field")
    one.is_refused("scale_max")
    one.look("write refused")
    kept = [one.field(name).input_value() for name in ("kind", "title", "tasks", "hours_max", "duration")]
    assert kept == ["assignment", TITLE, TASKS, "24", "6"]

    one.choose("field", "spatial")
    one.write("scale_max", "12")
    one.press("Save and look it over")
    one.arrives("mobility:exchange")
    one.look("draft")
    one.press("Publish")
    one.reads("It is public now: everybody can find it.")
    one.look("published")
    one.press("Close for new applications")
    one.reads("Closed: nobody can apply any more. You can still answer who did.")
    one.look("closed")
    one.button("Make a copy").dblclick()
    one.arrives("mobility:edit")
    one.look("copy")
    one.visit("mobility:own_exchanges")
    one.look("own exchanges")

    assert sorted((each.title, each.state) for each in Exchange.objects.all()) == [
        (TITLE, "draft"),
        (TITLE, "published"),
    ]


def test_who_applied_is_told_when_an_exchange_is_withdrawn(opened):
    one = officer(opened, width=WIDTHS["phone"], name="withdraw")
    application = make.application(exchange=make.exchange())
    one.visit("mobility:exchange", application.exchange.slug)
    one.follow("Withdraw")
    one.arrives("mobility:withdraw")
    one.look("withdraw")
    one.press("Withdraw")
    one.is_refused("reason")
    one.look("withdraw refused")
    one.write("reason", "Het team gaat verhuizen.")
    one.press("Withdraw")
    one.reads("Withdrawn. Everybody who had applied gets a mail.")
    one.look("withdrawn")

    message = mail_to(application.applicant.email)
    assert "> Het team gaat verhuizen." in message.body
    reader = Walker(enter(opened(), application.applicant), "nl", name="told")
    reader.open(link_in(message, "mobility:application"))
    reader.reads("The exchange does not take place")
    reader.look("told")


@SCRIPT
def test_a_file_is_brought_in_with_a_column_corrected(opened, script):
    make.place()
    one = officer(opened, script=script, name=f"import-{script}")
    one.visit("mobility:own_exchanges")
    one.look("nothing yet")
    one.follow("Import from a file")
    one.arrives("mobility:import_offers")
    one.press("Read the file")
    one.is_refused("file")
    one.look("import refused")
    file = {"name": "vacatures.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    one.field("file").set_input_files([file])
    one.write("source", "Werken bij Utrecht")
    one.press("Read the file")
    one.arrives("mobility:import_preview")
    one.look("guessed")

    one.page.locator("main summary").first.click()
    one.page.get_by_label("waar").select_option("place_name")
    one.look("columns")
    one.press("Read it again")
    expect(one.page.locator("#rows")).to_be_visible()
    one.reads_text("Timboektoe")
    one.look("corrected")
    one.press("Store the good rows")
    one.arrives("mobility:own_exchanges")
    one.look("stored")

    stored = Exchange.objects.get()
    assert (stored.title, stored.state, stored.place.name) == ("Adviseur wonen", "draft", "Utrecht")
