"""PITCH in a browser: the jury on a phone without scripts, and an edition from a plan to its realisation."""

import datetime

from django.utils import timezone
from playwright.sync_api import expect

from pitch.models import Edition, Entry, Receipt, Result
from tests import make
from tests.browser.conftest import WIDTHS, Opener
from tests.browser.looking import enter
from tests.browser.walking import KeyboardWalker, Walker, link_in, mail_to
from tests.pitch import editions


def test_a_juror_judges_on_a_phone_without_scripts(opened):
    """A tie is asked first, what is missing is said, a draft is kept, and the receipt comes by mail too."""
    round_ = editions.up_to("judging")
    juror = round_.jury[0]
    one = Walker(enter(opened(WIDTHS["phone"], script=False), juror), "nl", name="jury", script=False)
    one.visit("dashboard")
    one.reads_text("Je beoordeelt nog 2 plannen.")
    one.visit("pitch:queue", "pitch-2026")
    one.look("queue")
    one.page.locator("main .bwob-tasks a").first.click()
    one.arrives("pitch:judge")
    one.press("Hand in your ballot")
    assert one.status == 422
    one.look("judge refused")
    one.page.locator("label", has_text="much").first.click()
    one.press("Save the draft")
    one.reads("Your draft has been saved. Only you can read it.")
    expect(one.page.locator("[name=score_c1][value='4']")).to_be_checked()
    one.page.locator("[name=interest][value=no]").check()
    one.page.locator("label", has_text="all").last.click()
    one.write("motivation", "Klein en moedig.")
    one.look("judge")
    one.press("Hand in your ballot")
    one.arrives("pitch:receipt")
    one.look("receipt")

    receipt = Receipt.objects.get()
    assert " ".join(receipt.in_groups) in str(mail_to(juror.email).body)


def test_a_tie_reported_on_the_ballot_shuts_the_plan(opened):
    round_ = editions.up_to("judging")
    one = KeyboardWalker(enter(opened(), round_.jury[0]), "nl", name="tie")
    one.visit("pitch:judge", "pitch-2026", 1)
    one.look("judge")
    one.choose("interest", "yes")
    one.press("Hand in your ballot")
    one.arrives("pitch:declare")
    one.look("declare")
    one.choose("kind", "family")
    one.press("Report it")
    one.arrives("pitch:queue")

    one.visit("pitch:judge", "pitch-2026", 1)
    assert one.status == 404
    assert round_.pile(round_.jury[0])[0].entry.number == 2


def test_an_edition_goes_from_a_plan_to_its_realisation(opened):
    """The team sends in, the secretary admits, keys are tried and open the ballots, the chair decides."""
    round_ = editions.up_to("open", plans=0, jurors=3)
    lead = make.person("Lotte", works_at=make.organisation("Gemeente Lelieveld"))
    team = Walker(enter(opened(), lead), "nl", name="team")
    send_in(team)
    office = Walker(enter(opened(), round_.secretary), "nl", name="office")
    admit(office, round_)
    open_by_keys(opened, round_)
    chair = Walker(enter(opened(), round_.chair), "nl", name="chair")
    decide(chair)
    team.visit("pitch:outcome", Entry.objects.get().key)
    team.reads_text("Because.")
    team.look("outcome")
    Edition.objects.update(objections_until=timezone.localdate() - datetime.timedelta(days=1))
    act(chair, "Make the result final")
    chair.visit("pitch:start_realisation", Entry.objects.get().key)
    chair.field("sponsor").select_option(label="Gemeente Lelieveld")
    chair.write("promise", "Een dag per week.")
    chair.press("Start")
    chair.arrives("pitch:realisation")
    chair.look("realisation")

    assert Entry.objects.get().state == "winner"
    assert Result.objects.get().published_at


def send_in(team: Walker) -> None:
    team.visit("pitch:edition", "pitch-2026")
    team.look("edition")
    team.follow("Send in your plan")
    team.write("title", "De Schrapdag")
    team.press("Save the draft")
    team.arrives("pitch:entry")
    team.look("draft")
    team.follow("Change")
    team.press("Send in")
    team.is_refused("idea")
    for name, text in editions.TEXTS.items():
        team.write(name, text)
    team.write("idea", "In Lelieveld schrapt Lotte drie regels.")
    team.press("Send in")
    team.reads("Your plan has been sent in. You can change it until the close.")
    team.look("sent in")


def admit(office: Walker, round_: editions.Round) -> None:
    """The names that the team left in its text are marked and taken out."""
    office.open(link_in(mail_to(round_.secretary.email), "pitch:office"))
    office.look("office")
    office.page.get_by_role("link", name=office.say("Rule on admission")).first.click()
    office.follow("The version without names")
    expect(office.page.locator("mark", has_text="Lelieveld").first).to_be_visible()
    office.look("without names")
    office.press("Save")
    office.choose("ruling", "admit")
    office.press("Send the ruling")
    office.arrives("pitch:office")
    Edition.objects.update(entries_close_at=timezone.now())
    for step in ("Start admission", "Finish admission", "Divide the plans over the jury"):
        act(office, step)


def act(one: Walker, title: str) -> None:
    """One act on the edition: its page explains it, and the button does it."""
    one.visit("pitch:office", "pitch-2026")
    one.follow(title)
    one.press(title)
    one.arrives("pitch:office")


def open_by_keys(opened: Opener, round_: editions.Round) -> None:
    holders = [Walker(enter(opened(), user), "nl", name=f"key-{user.pk}") for user in round_.holders]
    codes = [take(holder) for holder in holders]
    act(holders[1], "Make the lock")
    for number in (0, 2):
        hand_in(holders[number], codes[number], "Try it")
    act(holders[0], "Let the jury start")
    for assignment in round_.pile():
        editions.vote(assignment)
    act(holders[0], "Close the judging")
    for number in (1, 2):
        hand_in(holders[number], codes[number], "Hand in my key")
    act(holders[0], "Start the deliberation")


def take(holder: Walker) -> str:
    holder.visit("pitch:keys", "pitch-2026")
    holder.press("Show my key")
    code = holder.page.locator(".bwob-receipt__code").inner_text()
    holder.look("key")
    return code


def hand_in(holder: Walker, code: str, button: str) -> None:
    holder.visit("pitch:keys", "pitch-2026")
    holder.write("code", code)
    holder.press(button)
    holder.arrives("pitch:keys")


def decide(chair: Walker) -> None:
    chair.visit("pitch:deliberation", "pitch-2026")
    chair.look("deliberation")
    chair.write("words", "Klein en moedig.")
    chair.press("Fix the result")
    act(chair, "Publish the result")
    chair.visit("pitch:result", "pitch-2026")
    chair.look("result")
