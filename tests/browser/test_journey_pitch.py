"""PITCH in a browser: one edition from its rules to its realisation, with everybody who has a part in it.

Nobody needs a script for it. Jury and guests use a phone, the screen in the hall counts down by itself and
tells the result by keyboard. Other members, and another plan, are played by the acts themselves.
"""

import datetime
import re

from django.utils import timezone
from playwright.sync_api import expect

from bwob.people.models import User
from pitch import audience, tasks
from pitch.models import AudienceRound, Edition, Entry, Receipt, Result
from tests import make
from tests.browser.conftest import WIDTHS, Opener
from tests.browser.looking import enter
from tests.browser.walking import KeyboardWalker, Walker, link_in, mail_to
from tests.pitch import editions

SLUG = "pitch-2026"


def somebody(opened: Opener, user: User | None, name: str, kind: type[Walker] = Walker) -> Walker:
    """Without scripts; the jury and guests on a phone."""
    page = opened(WIDTHS["phone" if name in ("jury", "guest") else "desk"], script=False)
    return kind(enter(page, user) if user else page, "nl", name=name, script=False)


def test_an_edition_goes_from_its_rules_to_its_realisation(opened):
    round_ = editions.up_to("draft")
    lead = make.person("Lotte", works_at=make.organisation("Gemeente Lelieveld"))
    office, team = somebody(opened, round_.secretary, "office"), somebody(opened, lead, "team")

    fix_rules(office)
    send_in(team)
    admit(office, round_)
    chair, holders, codes = make_lock(opened, round_)
    judge_on_a_phone(opened, round_)
    report_a_tie(opened, round_)
    for assignment in round_.pile():
        if not assignment.ballots.exists():
            editions.vote(assignment)
    screen = vote_in_the_hall(opened, office)
    open_by_keys(chair, holders, codes)
    decide(chair)
    reveal(screen)
    team.visit("pitch:outcome", Entry.objects.get(title="De Schrapdag").key)
    team.reads_text("Klein en moedig.")
    carry_out(chair)

    assert Entry.objects.get(title="De Schrapdag").state == "winner"
    assert Result.objects.get().published_at


def test_where_accounts_vote_one_does_so_by_keyboard_and_only_once(opened):
    round_ = editions.up_to("judging", is_sealed=False)
    audience.prepare(round_.fresh(), finalists=round_.plans, ticket="account")
    voting = audience.open_for(round_.fresh(), datetime.timedelta(minutes=5))
    voter = make.person(works_at=make.organisation("Gemeente Lelieveld"))
    one = KeyboardWalker(opened(), "nl", name="account")

    one.visit("pitch:vote_here")
    one.arrives("pitch:vote")
    one.reads("Sign in to vote")
    enter(one.page, voter)
    one.visit("pitch:vote", SLUG)
    one.choose("entry", str(round_.plans[1].pk))
    one.press("Give my vote")
    one.arrives("pitch:voted")
    one.visit("pitch:vote", SLUG)
    one.reads("You have voted")

    assert audience.turnout(voting) == 1


def act(one: Walker, title: str) -> None:
    """One act on the edition: its page explains it, and the button does it."""
    one.visit("pitch:office", SLUG)
    one.follow(title)
    one.press(title)
    one.arrives("pitch:office")


def fix_rules(office: Walker) -> None:
    act(office, "Fix the rules")
    act(office, "Open for plans")
    office.visit("pitch:rules_text", SLUG)
    office.reads_text(Edition.objects.get().rules.sha256)


def send_in(team: Walker) -> None:
    team.visit("pitch:edition", SLUG)
    team.follow("Send in your plan")
    team.write("title", "De Schrapdag")
    team.press("Save the draft")
    team.arrives("pitch:entry")
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
    """The names that the team left in its text are marked and taken out. Another plan and a jury join."""
    round_.edition.refresh_from_db()
    round_.plans.append(editions.plan(round_, "Het kwartier"))
    round_.jury.extend(editions.seated(round_, f"Jury{number}") for number in range(1, 4))
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
    editions.admission(round_, 0, 0)
    for step in ("Finish admission", "Divide the plans over the jury"):
        act(office, step)


def make_lock(opened: Opener, round_: editions.Round) -> tuple[Walker, list[Walker], list[str]]:
    """Three take a key, the lock is made, two try it, and the jury starts."""
    holders = [somebody(opened, user, f"key-{user.given_name}") for user in round_.holders]
    codes = []
    for holder in holders:
        holder.visit("pitch:keys", SLUG)
        holder.press("Show my key")
        codes.append(holder.page.locator(".bwob-receipt__code").inner_text())
    act(holders[1], "Make the lock")
    for number in (0, 2):
        hand_in(holders[number], codes[number], "Try it")
    act(holders[0], "Let the jury start")
    return holders[0], holders, codes


def hand_in(holder: Walker, code: str, button: str) -> None:
    holder.visit("pitch:keys", SLUG)
    holder.write("code", code)
    holder.press(button)
    holder.arrives("pitch:keys")


def judge_on_a_phone(opened: Opener, round_: editions.Round) -> None:
    """What is missing is said, a draft is kept, and the receipt comes by mail too. Plan 1 gets the most."""
    juror = round_.jury[0]
    one = somebody(opened, juror, "jury")
    one.visit("dashboard")
    one.reads_text("Je beoordeelt nog 2 plannen.")
    one.visit("pitch:queue", SLUG)
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
    fill_in(one, "all")
    one.look("judge")
    one.press("Hand in your ballot")
    one.arrives("pitch:receipt")
    one.look("receipt")
    receipt = Receipt.objects.get()
    tasks.announce_receipts()
    assert " ".join(receipt.in_groups) in str(mail_to(juror.email).body)
    one.page.locator("main .nl-button--primary").click()
    one.arrives("pitch:judge")
    fill_in(one, "some")
    one.page.locator("label", has_text="little").first.click()
    one.press("Hand in your ballot")
    one.arrives("pitch:receipt")


def fill_in(one: Walker, word: str) -> None:
    one.page.locator("[name=interest][value=no]").check()
    one.page.locator("label", has_text=word).last.click()
    one.write("motivation", "Klein en moedig.")


def report_a_tie(opened: Opener, round_: editions.Round) -> None:
    """By keyboard: who says so on the ballot reports it, and the plan is shut from then on."""
    one = somebody(opened, round_.jury[1], "tie", KeyboardWalker)
    one.visit("pitch:judge", SLUG, 2)
    one.choose("interest", "yes")
    one.press("Hand in your ballot")
    one.arrives("pitch:declare")
    one.choose("kind", "family")
    one.press("Report it")
    one.arrives("pitch:queue")
    one.visit("pitch:judge", SLUG, 2)
    assert one.status == 404


def vote_in_the_hall(opened: Opener, office: Walker) -> Walker:
    """The secretary prints a card and opens the vote; a phone scans it; the screen asks again by itself."""
    office.visit("pitch:prepare_final", SLUG)
    for box in office.page.locator("main [name=finalists]").all():
        box.check()
    office.write("codes", "1")
    office.press("Save")
    office.arrives("pitch:final")
    office.look("final")
    office.follow("Print the cards")
    code = office.page.locator(".bwob-votecards code").inner_text()
    office.visit("pitch:open_vote", SLUG)
    office.press("Open the vote now")
    office.arrives("pitch:final")

    screen = somebody(opened, None, "screen", KeyboardWalker)
    screen.visit("pitch:hall", SLUG)
    expect(screen.page.locator(".bwob-hall__figure")).to_have_text("0")
    expect(screen.page.locator("h1 strong")).to_have_text(re.compile(r"4:\d\d"))
    guest = somebody(opened, None, "guest")
    guest.open(f"/stem/?code={code}")
    guest.arrives("pitch:vote")
    guest.page.locator("main [name=entry]").first.check()
    guest.look("vote")
    guest.press("Give my vote")
    guest.arrives("pitch:voted")
    expect(screen.page.locator(".bwob-hall__figure")).to_have_text("1")
    screen.look("hall")
    return screen


def open_by_keys(chair: Walker, holders: list[Walker], codes: list[str]) -> None:
    """The vote of the hall is over by the clock, and the jury is done."""
    earlier = timezone.now() - datetime.timedelta(hours=1)
    AudienceRound.objects.update(opens_at=earlier, closes_at=earlier + datetime.timedelta(minutes=5))
    audience.count(AudienceRound.objects.get())
    act(chair, "Close the judging")
    for number in (1, 2):
        hand_in(holders[number], codes[number], "Hand in my key")
    act(chair, "Start the deliberation")


def decide(chair: Walker) -> None:
    chair.visit("pitch:deliberation", SLUG)
    chair.look("deliberation")
    chair.write("words", "Klein en moedig.")
    chair.press("Fix the result")
    act(chair, "Publish the result")
    chair.visit("pitch:result", SLUG)
    chair.look("result")


def reveal(screen: Walker) -> None:
    """Scene by scene with Tab and Enter, from the count to the winner."""
    screen.visit("pitch:hall", SLUG)
    following = screen.link("Next")
    while following.count():
        scene = screen.page.url
        screen.activate(following)
        screen.page.wait_for_url(lambda url, before=scene: url != before)
    screen.reads_text("De Schrapdag")
    assert screen.page.locator("body").get_attribute("data-kind") == "winner"
    screen.look("winner")


def carry_out(chair: Walker) -> None:
    Edition.objects.update(objections_until=timezone.localdate() - datetime.timedelta(days=1))
    act(chair, "Make the result final")
    chair.visit("pitch:start_realisation", Entry.objects.get(title="De Schrapdag").key)
    chair.field("sponsor").select_option(label="Gemeente Lelieveld")
    chair.write("promise", "Een dag per week.")
    chair.press("Start")
    chair.arrives("pitch:realisation")
    chair.look("realisation")
