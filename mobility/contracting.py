"""The agreement between lender, borrower and person, from its first draft until all three have agreed."""

import hashlib

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bwob import history
from bwob.people.models import User
from bwob.workflow import Refused
from mobility import agreement_pdf, agreement_text, rules
from mobility.agreement_emails import lenders
from mobility.agreement_tasks import announce_agreement
from mobility.models import Agreement, Application, Consent
from mobility.models.agreements import seal_of

State = Agreement.State
Party = Consent.Party


def begun_for(application: Application, language: str) -> Agreement:
    """The agreement that counts, or a new draft with sample clauses that is not stored yet."""
    counting = application.agreements.exclude(state__in=[State.REFUSED, State.LAPSED])
    found = counting.with_names().first()
    version = application.agreements.count() + 1
    return found or Agreement(
        application=application,
        version=version,
        language=language,
        clauses=agreement_text.sample(application),
    )


@transaction.atomic
def write(agreement: Agreement, *, by: User, clauses: agreement_text.Clauses) -> None:
    """Store a draft. The application is locked, so that two first drafts become one."""
    Application.objects.select_for_update(of=("self",)).get(pk=agreement.application_id)
    stored = begun_for(agreement.application, agreement.language)
    if not stored.is_draft or (stored.pk and stored.pk != agreement.pk):
        raise Refused(_("The text has been put before the parties already."), stored)
    agreement.clauses = clauses
    agreement.due_at = agreement.due_in(State.DRAFT, timezone.now())
    with history.because(by=by):
        agreement.save()


@transaction.atomic
def ask(agreement: Agreement, *, by: User) -> None:
    """Put it before the three parties: from now on the text stands still, and has a hash and a PDF."""
    draft = Agreement.objects.with_names().select_for_update(of=("self",)).get(pk=agreement.pk)
    if not draft.is_draft:
        raise Refused(_("The text has been put before the parties already."), draft)
    with translation.override(draft.language):
        draft.content = agreement_text.frozen(draft)
        draft.sha256 = seal_of(draft.content)
        draft.pdf = agreement_pdf.made(draft)
    draft.pdf_sha256 = hashlib.sha256(draft.pdf).hexdigest()
    with history.because(by=by):
        draft.save(update_fields=["content", "sha256", "pdf", "pdf_sha256"])
    draft.move_to(State.ASKED, by=by, asked_at=timezone.now())
    announce_agreement("agreement_asked", draft)


def consent(agreement: Agreement, *, party: str, by: User | None, name: str, seen: str) -> None:
    """One party agrees to the text with the hash that was seen. After the third it is sealed.

    The database takes one yes of each party and lets nobody speak for two.
    """
    try:
        _consent(agreement, party=party, by=by, name=name, seen=seen)
    except IntegrityError as error:
        raise Refused(_("You or somebody for your side has agreed already."), agreement) from error


@transaction.atomic
def _consent(agreement: Agreement, *, party: str, by: User | None, name: str, seen: str) -> None:
    asked = Agreement.objects.with_names().select_for_update(of=("self",)).get(pk=agreement.pk)
    if not asked.is_asked or asked.sha256 != seen or seal_of(asked.content) != seen:
        raise Refused(_("This has changed in the meantime, so that is no longer possible."), asked)
    with history.because(by=by, reason="" if by else name):
        Consent.objects.create(
            agreement=asked, party=party, user=by, name=name, sha256=seen, by_link=by is None
        )
    if asked.consents.count() == len(Party):
        asked.move_to(State.SEALED, by=by)
        announce_agreement("agreement_sealed", asked)


@transaction.atomic
def refuse(agreement: Agreement, *, by: User | None, reason: str) -> None:
    """A party does not agree: the text ends with the reason, and the borrower can write another."""
    agreement.move_to(State.REFUSED, by=by, reason=reason)
    announce_agreement("agreement_refused", agreement)


def parties_for(user: User, agreement: Agreement) -> list[str]:
    """For which parties this person may still speak: at most one, and never beside an own yes."""
    consents = list(agreement.consents.all())
    if not agreement.is_asked or any(one.user_id == user.pk for one in consents):
        return []
    given = {one.party for one in consents}
    return [party for party in rules.parties_of(user, agreement.application) if party not in given][:1]


def waits_for(agreement: Agreement) -> list[str]:
    """The parties that have not agreed yet, in words."""
    given = {one.party for one in agreement.consents.all()}
    return [str(party.label) for party in Party if agreement.is_asked and party not in given]


def waits_for_link(agreement: Agreement) -> bool:
    """May the lender answer by the link: asked, not answered, and without HR who could do it by account?"""
    is_open = agreement.is_asked and not agreement.consents.filter(party=Party.LENDER).exists()
    return is_open and not lenders(agreement)


def answer_for_lender(agreement: Agreement, *, answer: str, reason: str, seen: str) -> None:
    """The answer of the manager by a signed link; the name is the one the person gave."""
    if not waits_for_link(agreement):
        raise Refused(_("This has changed in the meantime, so that is no longer possible."), agreement)
    name = agreement.application.manager_name
    if answer == "agree":
        consent(agreement, party=Party.LENDER, by=None, name=name, seen=seen)
    else:
        refuse(agreement, by=None, reason=reason or name)


def lapse_overdue() -> None:
    """A draft that nobody finished goes silently; of a text that not all agreed to, all hear it."""
    for agreement in Agreement.objects.overdue(timezone.now()):
        with transaction.atomic():
            overdue = Agreement.objects.overdue(timezone.now()).select_for_update()
            late = overdue.defer("pdf").filter(pk=agreement.pk).first()
            if late:
                was_asked = late.is_asked
                late.move_to(State.LAPSED, by=None)
                if was_asked:
                    announce_agreement("agreement_lapsed", late)


def remind() -> None:
    """Remind once, a week before the term ends, who has not answered."""
    for agreement in Agreement.objects.to_remind(timezone.now()):
        with transaction.atomic():
            unchanged = Agreement.objects.to_remind(timezone.now()).filter(pk=agreement.pk)
            if unchanged.update(reminded_at=timezone.now()):
                announce_agreement("agreement_reminded", agreement)
