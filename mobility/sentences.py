"""Texts with which an answer begins: those of the organisation and a few model texts, and what is filled in.

A word in brackets, as in "[name]", stands for something of the application, or of the exchange alone where
one text goes to many or to somebody without a name. Both languages' words count, in every text. Each is
replaced once, so that a name with brackets in it stays what it is.
"""

import dataclasses
import re
from collections.abc import Iterable
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bwob import dutch
from bwob.people.models import User
from mobility.models import AnswerText, Application, Exchange

BRACKETS = re.compile(r"\[([^\[\]\n]{1,30})\]")
WORDS = {
    "name": "naam",
    "exchange": "plek",
    "organisation": "organisatie",
    "employer": "werkgever",
    "sender": "afzender",
}
"""In English and in Dutch."""
OF_AN_APPLICANT = {"name", "employer"}
Act = AnswerText.Act
type About = Application | Exchange | None
"""What a text is about; None while the exchange is still to be chosen."""


@dataclasses.dataclass(frozen=True)
class Model:
    """A text of the portal that everybody may begin with; it comes in the reader's language."""

    key: str
    act: str
    title: str | Promise
    text: str | Promise

    @property
    def act_label(self) -> str:
        return str(Act(self.act).label)


MODELS = [
    Model(
        "m-talk",
        Act.INVITE,
        _("Two moments to choose from"),
        _(
            "Your letter made us curious. We would like to talk to you about “[exchange]”.\n\n"
            "Please send me two moments in the next two weeks that suit you. "
            "Half an hour is enough, here or on screen.\n\n"
            "[sender], [organisation]"
        ),
    ),
    Model(
        "m-look",
        Act.INVITE,
        _("Come and have a look first"),
        _(
            "We would like to show you the work before we both decide. "
            "Come along for a morning: you meet the team, and we talk about what you want to learn.\n\n"
            "Which morning suits you?\n\n"
            "[sender], [organisation]"
        ),
    ),
    Model(
        "m-offer",
        Act.OFFER,
        _("With a smile, and what comes next"),
        _(
            "We enjoyed our talk and would like to have you, [name].\n\n"
            "If you take the offer, we make an appointment about your first week. "
            "Do you doubt, or does the period not fit? Then call me before you say no.\n\n"
            "[sender], [organisation]"
        ),
    ),
    Model(
        "m-chosen",
        Act.DECLINE,
        _("Somebody else was chosen"),
        _(
            "Thank you for your interest in “[exchange]”. "
            "We chose somebody whose experience is nearer to this work.\n\n"
            "That says nothing about your work at [employer]. "
            "Would you like to hear more? Then call me, I will gladly explain.\n\n"
            "[sender], [organisation]"
        ),
    ),
    Model(
        "m-many",
        Act.DECLINE,
        _("Many people applied"),
        _(
            "Many people applied for “[exchange]”, and we could only talk to a few. "
            "We are not going on with your application.\n\n"
            "We regularly have places like this. We hope that you look again.\n\n"
            "[sender], [organisation]"
        ),
    ),
    Model(
        "m-plans",
        Act.WITHDRAW,
        _("Our plans have changed"),
        _(
            "We withdraw “[exchange]”. Our plans have changed, so the work is not done for now.\n\n"
            "We are sorry for the trouble you took. It says nothing about you or your letter. "
            "Would you like to hear more? Then call me.\n\n"
            "[sender], [organisation]"
        ),
    ),
    Model(
        "m-curious",
        Act.CONTACT,
        _("Half an hour, without obligation"),
        _(
            "We read what you are good at, and thought of “[exchange]”. "
            "May we tell you about the work? We would like to hear what you look for.\n\n"
            "Half an hour is enough, on screen too. You do not apply by saying yes.\n\n"
            "[sender], [organisation]"
        ),
    ),
]


@dataclasses.dataclass(frozen=True)
class Choice:
    """A text that is offered above a form."""

    key: str
    title: str
    is_model: bool


def known(*, applicant: bool) -> dict[str, str]:
    """The words that stand for something, in English and in Dutch."""
    return {word: other for word, other in WORDS.items() if applicant or word not in OF_AN_APPLICANT}


def words(*, applicant: bool = True) -> list[str]:
    """What can stand in brackets, in the active language."""
    in_dutch = translation.get_language() == "nl"
    return [f"[{other if in_dutch else word}]" for word, other in known(applicant=applicant).items()]


def facts(about: Application | Exchange, by: User) -> dict[str, str]:
    """What is filled in for each word, each on one line."""
    application = about if isinstance(about, Application) else None
    exchange = about.exchange if isinstance(about, Application) else about
    values = {"exchange": exchange.title, "organisation": exchange.organisation, "sender": by.full_name}
    if application:
        values |= {"name": application.applicant.short_name, "employer": application.employer or ""}
    lines = {word: " ".join(str(value).split()) for word, value in values.items()}
    return lines | {WORDS[word]: line for word, line in lines.items()}


def fill_in(text: str, about: Application | Exchange, *, by: User) -> str:
    filled = facts(about, by)
    return BRACKETS.sub(lambda found: filled.get(dutch.fold(found[1]), found[0]), text)


def unknown_in(text: str, *, applicant: bool = True) -> list[str]:
    """Words in brackets that stand for nothing, as they were typed."""
    pairs = known(applicant=applicant)
    allowed = {*pairs, *pairs.values()}
    return [found[0] for found in BRACKETS.finditer(text) if dutch.fold(found[1]) not in allowed]


def own_texts(user: Any, about: About, act: str) -> Any:
    """Those of the organisation that offers the exchange; while none is chosen, of all one answers for."""
    own = AnswerText.objects.visible_to(user).filter(act=act)
    exchange = about.exchange if isinstance(about, Application) else about
    return own.filter(organisation=exchange.organisation) if exchange else own


def language_for(about: About) -> str:
    """In which the reader reads, as far as that is known."""
    if isinstance(about, Application):
        return about.applicant.language
    return about.language if about else translation.get_language() or "nl"


def choices(user: Any, about: About, act: str) -> list[Choice]:
    """The own texts for this answer, those in the reader's language first, then the model texts."""
    language = language_for(about)
    rows = sorted(
        own_texts(user, about, act)[: AnswerText.AT_MOST], key=lambda text: text.language != language
    )
    offered = [Choice(str(text.pk), text.title, is_model=False) for text in rows]
    return offered + [Choice(one.key, str(one.title), is_model=True) for one in models_for(act)]


def model(key: str) -> Model | None:
    return next((one for one in MODELS if one.key == key), None)


def models_for(act: str) -> Iterable[Model]:
    return (one for one in MODELS if one.act == act)


def chosen(user: Any, about: About, act: str, key: str) -> str:
    """The text behind a key, with its words still in brackets; "" for one that this person does not have."""
    model = next((one for one in models_for(act) if one.key == key), None)
    if model:
        with translation.override(language_for(about)):
            return str(model.text)
    if not re.fullmatch(r"[0-9]{1,18}", key):
        return ""
    text = own_texts(user, about, act).filter(pk=key).first()
    return text.text if text else ""


def begun(user: Any, about: Application | Exchange, act: str, key: str) -> str:
    """The same with everything filled in, as a form for one applicant or exchange begins with it."""
    return fill_in(chosen(user, about, act, key), about, by=user)
