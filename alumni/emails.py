"""The messages of alumni networks: a function for each, whose docstring says to whom it goes and when."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation

from alumni import links
from alumni.models import Alumnus, Campaign, Consent, Purpose, Question
from bwob import mail
from bwob.people.models import Membership, User
from mobility.models import Exchange


def invited(alumnus: Alumnus) -> None:
    """To the private address, when HR invites or accepts a request: what the network is, and the link."""
    to_alumnus("invited", alumnus)


def asked(alumnus: Alumnus) -> None:
    """To HR of the employer, when somebody asks on the site to join."""
    for member in Membership.objects.hr_of(alumnus.network.organisation):
        with translation.override(member.user.language):
            page = mail.absolute(reverse("admin:alumni_alumnus_change", args=[alumnus.pk]))
        _send("asked", alumnus, to=member.user.email, language=member.user.language, page=page)


def welcomed(alumnus: Alumnus) -> None:
    """To the alumnus, when he or she became a member: what was agreed, with its proof, as a receipt."""
    consents = Consent.objects.in_force().filter(alumnus=alumnus).select_related("wording")
    to_alumnus("welcomed", alumnus, consents=list(consents.order_by("purpose")))


def link_asked(alumnus: Alumnus) -> None:
    """To the alumnus, when a new link was asked for."""
    to_alumnus("link_asked", alumnus)


def reminded(alumnus: Alumnus) -> None:
    """To the alumnus, two weeks before a term ends, with what happens then."""
    to_alumnus("reminded", alumnus)


def dormant(alumnus: Alumnus) -> None:
    """To the alumnus, after a year without a confirmation: nothing is sent any more, until one click."""
    to_alumnus("dormant", alumnus)


def merged(alumnus: Alumnus) -> None:
    """To the alumnus, when HR put two records together: which consents count now."""
    consents = Consent.objects.in_force().filter(alumnus=alumnus).select_related("wording")
    to_alumnus("merged", alumnus, consents=list(consents.order_by("purpose")))


def campaign(campaign: Campaign, alumnus: Alumnus) -> None:
    """To an alumnus who agreed to the purpose: the mailing, why it comes, and how it stops in one click."""
    with translation.override(alumnus.language):
        stop = mail.absolute(reverse("alumni:stop", args=[links.stop(alumnus, campaign.purpose)]))
    about = f"campaign {campaign.pk} {alumnus.pk}"
    facts = {"hello": one_line(alumnus.given_name), **_told(campaign), "stop": stop}
    mail.send(
        "alumni/email/campaign.txt",
        to=alumnus.email,
        language=alumnus.language,
        about=about,
        context=facts,
        unsubscribe=stop,
    )


def question(question: Question, alumnus: Alumnus) -> None:
    """To an alumnus who opted in for questions and knows about this: the question and the link to answer."""
    with translation.override(alumnus.language):
        page = mail.absolute(reverse("alumni:answer", args=[links.answer(alumnus, question)]))
        stop = mail.absolute(reverse("alumni:stop", args=[links.stop(alumnus, Purpose.QUESTION)]))
    facts = {
        "hello": one_line(alumnus.given_name),
        "question": question,
        "title": one_line(question.title),
        "purpose": Purpose.QUESTION.label,
        "organisation": alumnus.network.organisation,
        "page": page,
        "stop": stop,
    }
    mail.send(
        "alumni/email/question.txt",
        to=alumnus.email,
        language=alumnus.language,
        about=f"question {question.pk} {alumnus.pk}",
        context=facts,
        unsubscribe=stop,
    )


def tips(alumnus: Alumnus, purpose: str, exchanges: list[Exchange]) -> None:
    """Once a week to who agreed to this purpose, when there are new places for former colleagues."""
    with translation.override(alumnus.language):
        stop = mail.absolute(reverse("alumni:stop", args=[links.stop(alumnus, purpose)]))
        key = links.entrance(alumnus)
        rows = [
            {
                "title": one_line(exchange.title),
                "facts": f"{exchange.get_kind_display()}, {exchange.hours_text}",
                "deadline": exchange.deadline_text,
                "page": mail.absolute(exchange.get_absolute_url()),
                "apply": mail.absolute(reverse("alumni:apply", args=[key, exchange.slug])),
            }
            for exchange in exchanges
        ]
    mail.send(
        "alumni/email/tips.txt",
        to=alumnus.email,
        language=alumnus.language,
        about=f"tips {purpose} {alumnus.pk} {[exchange.pk for exchange in exchanges]}",
        unsubscribe=stop,
        context={
            "hello": one_line(alumnus.given_name),
            "organisation": alumnus.network.organisation,
            "purpose": Purpose(purpose).label,
            "places": rows,
            "stop": stop,
        },
    )


def proof(campaign: Campaign, user: User) -> None:
    """To the one of HR who asks for it: the mailing as alumni will get it."""
    facts = {"hello": one_line(user.given_name), **_told(campaign), "is_proof": True}
    about = f"proof {campaign.pk} {timezone.now().isoformat()}"
    mail.send("alumni/email/campaign.txt", to=user.email, language=user.language, about=about, context=facts)


def check_asked(campaign: Campaign) -> None:
    """To the colleagues of HR, when one of them wrote a mailing: a second person has to approve it."""
    for member in Membership.objects.hr_of(campaign.network.organisation).exclude(user=campaign.written_by):
        reader = member.user
        with translation.override(reader.language):
            page = mail.absolute(reverse("admin:alumni_campaign_change", args=[campaign.pk]))
        facts = {"hello": one_line(reader.given_name), **_told(campaign), "page": page}
        about = f"check {campaign.pk} {campaign.moved_at.isoformat()}"
        mail.send(
            "alumni/email/check_asked.txt",
            to=reader.email,
            language=reader.language,
            about=about,
            context=facts,
        )


def _told(campaign: Campaign) -> dict[str, Any]:
    return {
        "campaign": campaign,
        "title": one_line(campaign.subject),
        "purpose": Purpose(campaign.purpose).label,
        "organisation": campaign.network.organisation,
    }


MESSAGES: dict[str, Callable[[Alumnus], None]] = {
    act.__name__: act for act in (invited, asked, welcomed, link_asked, reminded, dormant, merged)
}


def to_alumnus(template: str, alumnus: Alumnus, **more: Any) -> None:
    with translation.override(alumnus.language):
        page = mail.absolute(reverse("alumni:membership", args=[links.entrance(alumnus)]))
    _send(template, alumnus, to=alumnus.email, language=alumnus.language, page=page, **more)


def _send(template: str, alumnus: Alumnus, *, to: str, language: str, **more: Any) -> None:
    about = f"alumnus {alumnus.pk} {alumnus.moved_at.isoformat()} {alumnus.link_stamp.hex}"
    facts = {
        "alumnus": alumnus,
        "name": one_line(alumnus),
        "hello": one_line(alumnus.given_name),
        "organisation": alumnus.network.organisation,
    }
    mail.send(f"alumni/email/{template}.txt", to=to, language=language, about=about, context=facts | more)


def one_line(words: object) -> str:
    return " ".join(str(words).split())
