"""Rule R5: after an erasure nothing is left of a person, history included, outside what `STAYS` says."""

import pghistory
import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.db import connection

from bwob.people.models import AddressClaim, Membership, Submission, User
from bwob.privacy import erasing, reading
from bwob.privacy.models import AccessLog, Farewell
from mobility.models import (
    Application,
    Bookmark,
    ContactRequest,
    Exchange,
    Profile,
    Reader,
    SavedSearch,
)
from tests import make
from tests.bwob.test_people_post import deliver

pytestmark = pytest.mark.django_db
CANARY = "qzkanarie"
NUMBER = 987654321


def tables_with(*texts):
    """The tables in which a dump of the database would show one of these texts, signed sessions opened up."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for text in texts:
                lines = f'SELECT count(*) FROM "{table}" AS line WHERE line::text ILIKE %s'  # noqa: S608
                cursor.execute(lines, [f"%{text}%"])
                if cursor.fetchone()[0]:
                    found.add(table)
    inside = [str(session.get_decoded()) for session in Session.objects.all()]
    return found | {"django_session" for text in texts if any(text in one for one in inside)}


def canary(client):
    """Somebody whose data stand in every table that can hold them, with telling texts and number."""
    person = make.person(
        f"{CANARY}given",
        works_at=make.organisation("Gemeente Zwolle"),
        id=NUMBER,
        name_prefix=f"{CANARY} van",
        family_name=f"{CANARY}family",
        email=f"{CANARY}@mail.example",
    )
    client.force_login(person)
    person.work_address.email = f"{CANARY}@zwolle.example"
    person.work_address.save()
    person.family_name = f"{CANARY}married"
    person.save()
    keep_accounts_of(person)
    keep_work_of(person)
    keep_wishes_of(person)
    return person


def keep_accounts_of(person):
    address = EmailAddress.objects.create(user=person, email=f"{CANARY}2@mail.example")
    EmailConfirmation.objects.create(email_address=address, key=f"{CANARY}key")
    Authenticator.objects.create(user=person, type="totp", data={"secret": CANARY})
    account = SocialAccount.objects.create(
        user=person, provider="employer", uid=CANARY, extra_data={"n": CANARY}
    )
    app = SocialApp.objects.create(provider="openid_connect", name="Employer", client_id="x")
    SocialToken.objects.create(account=account, app=app, token=CANARY)
    AddressClaim.objects.create(user=person, email=f"{CANARY}@x.example", organisation=make.organisation())
    Submission.objects.create(user=person, url=f"/{CANARY}/")
    kind = ContentType.objects.get_for_model(User)
    facts = {"content_type": kind, "action_flag": CHANGE, "object_repr": CANARY, "change_message": CANARY}
    LogEntry.objects.create(user=person, object_id="1", **facts)
    LogEntry.objects.create(user=make.staff("programme"), object_id=str(person.pk), **facts)


def keep_work_of(person):
    gone = Membership.objects.create(user=person, organisation=make.organisation(), role="manager")
    gone.delete()
    Membership.objects.create(user=person, organisation=make.organisation(), role="hr")
    application = make.application(
        applicant=person, motivation=CANARY, manager_email=f"{CANARY}@boss.example"
    )
    application.motivation = f"{CANARY} again"
    application.save()
    removed = make.application("withdrawn", applicant=person, motivation=f"{CANARY} removed")
    removed.delete()
    other = make.application()
    with pghistory.context(user=person.pk, request="r", reason="Because"):
        other.move_to("conversation", by=person, reason="Because")
    exchange = make.exchange("Named contact", contact=person)
    exchange.summary = "Another summary"
    exchange.save()
    reading.record(make.staff("hr", given_name="Viewer"), [person], purpose="administration")
    reading.record(person, [other.applicant], purpose="administration")


def keep_wishes_of(person):
    """What somebody keeps, looks for, and was asked; and somebody else whom this person asked."""
    Bookmark.objects.create(user=person, exchange=make.exchange())
    search = SavedSearch.objects.create(user=person, name=f"{CANARY} search", query=f"q={CANARY}")
    search.name = f"{CANARY} renamed"
    search.save()
    Reader.objects.create(user=person)
    Profile.objects.create(user=person, skills=[f"{CANARY} skill"], wishes=f"{CANARY} wish")
    ContactRequest.objects.create(person=person, exchange=make.exchange(), message=f"{CANARY} question")
    ContactRequest.objects.create(person=make.person(), exchange=make.exchange(), asked_by=person)


def test_nothing_is_left_of_an_erased_person(client):
    person = canary(client)
    everywhere = {
        "account_emailaddress",
        "account_emailconfirmation",
        "django_admin_log",
        "django_session",
        "mfa_authenticator",
        "mobility_application",
        "mobility_applicationevent",
        "mobility_bookmark",
        "mobility_contactrequest",
        "mobility_contactrequestevent",
        "mobility_exchange",
        "mobility_exchangeevent",
        "mobility_profile",
        "mobility_profileevent",
        "mobility_reader",
        "mobility_savedsearch",
        "mobility_savedsearchevent",
        "people_addressclaim",
        "people_membership",
        "people_membershipevent",
        "people_submission",
        "people_user",
        "people_userevent",
        "people_workaddress",
        "people_workaddressevent",
        "privacy_accesslog",
        "socialaccount_socialaccount",
        "socialaccount_socialtoken",
    }
    assert tables_with(CANARY, str(NUMBER)) == everywhere

    erasing.erase(person)

    assert tables_with(CANARY, str(NUMBER)) == {"privacy_farewell"}
    deliver()
    assert tables_with(CANARY, str(NUMBER)) == set()


def test_what_stays_of_others_stays(client):
    person = canary(client)
    bystander = Application.objects.get(state="conversation")
    before = {model: model.objects.count() for model in (Exchange, User)}

    erasing.erase(person)

    assert Exchange.objects.get(title="Named contact").contact is None
    assert {model: model.objects.count() for model in before} == {**before, User: before[User] - 1}
    assert list(bystander.events.order_by("pgh_id").values_list("state", "pgh_context")) == [
        ("submitted", None),
        ("conversation", {"user": None, "reason": "Because", "is_ours": False, "request": "r"}),
    ]
    assert list(AccessLog.objects.values_list("subject", "viewer", "viewer_name", "employer")) == [
        (bystander.applicant_id, None, "", "Gemeente Zwolle")
    ]


def test_a_last_mail_confirms_in_the_persons_language_and_forgets_the_address(client):
    person = make.person(email="gone@mail.example", language="en")

    erasing.erase(person)
    deliver()
    deliver(again=True)

    assert [(one.to, one.subject) for one in mail.outbox] == [
        (["gone@mail.example"], "Your account has been erased")
    ]
    assert not Farewell.objects.exists()


def test_a_last_mail_that_cannot_be_sent_waits(client, settings):
    settings.MAILERS = {"default": {"BACKEND": "tests.bwob.test_people_post.BrokenBackend"}}
    erasing.erase(make.person(email="gone@mail.example"))

    with pytest.raises(OSError, match="no mail server"):
        deliver()

    assert Farewell.objects.get().email == "gone@mail.example"


def test_a_line_acts_before_the_rows_go(monkeypatch):
    seen = []
    monkeypatch.setattr(erasing, "first_acts", [])
    erasing.before_erasure(lambda user: seen.append(list(user.applications.values_list("state", flat=True))))
    application = make.application()

    erasing.erase(application.applicant)

    assert seen == [["submitted"]]


def test_if_a_line_cannot_act_nothing_is_erased(monkeypatch):
    monkeypatch.setattr(erasing, "first_acts", [lambda user: 1 / 0])
    application = make.application()

    with pytest.raises(ZeroDivisionError):
        erasing.erase(application.applicant)

    assert Application.objects.filter(pk=application.pk).exists()


def test_every_session_of_the_person_ends_and_no_other(client):
    person, other = make.person(), make.person()
    client.force_login(person)
    mine = client.session.session_key
    client.logout()
    client.force_login(other)

    erasing.erase(person)

    assert set(Session.objects.values_list("session_key", flat=True)) == {client.session.session_key} - {mine}


def test_the_append_only_triggers_are_closed_again_after_an_erasure():
    person = make.person()
    reading.record(make.staff(), [person, make.person()], purpose="administration")

    erasing.erase(person)

    with pytest.raises(Exception, match="Cannot update or delete"):
        AccessLog.objects.all().delete()


def test_every_exception_says_what_stays_and_why():
    assert all(str(what).strip() and str(why).strip() for what, why in erasing.STAYS)


def test_erasing_twice_is_erasing_once():
    person = make.person()

    erasing.erase(person)
    erasing.erase(User(pk=person.pk))

    assert Farewell.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_log_tells_the_number_with_which_a_backup_is_put_right(caplog, capsys):
    person = make.person(email="gone@mail.example")
    erasing.erase(person)
    (line,) = [record for record in caplog.records if record.getMessage() == "account erased"]
    assert line.facts == {"account": person.pk}
    assert "gone@mail.example" not in caplog.text
    put_back = make.person(id=person.pk, email="gone@mail.example")

    call_command("erase_again", str(line.facts["account"]), "4294967295")

    assert not User.objects.filter(pk=put_back.pk).exists()
    assert capsys.readouterr().out.splitlines() == [f"{person.pk}: erased again", "4294967295: not there"]
    assert Farewell.objects.count() == 1
