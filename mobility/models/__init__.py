from mobility.models.agreements import Agreement, Consent
from mobility.models.answer_texts import AnswerText
from mobility.models.applications import Application, ApplicationQuerySet
from mobility.models.changes import ExchangeChange, ExchangeChangeQuerySet
from mobility.models.contacting import ContactRequest
from mobility.models.days import CareerDay, CareerDayQuerySet, Session
from mobility.models.evaluations import Evaluation, Gain
from mobility.models.exchanges import Exchange, ExchangeQuerySet
from mobility.models.figures import MonthFigure
from mobility.models.imports import OfferFile, OfferFileQuerySet
from mobility.models.keeping import Bookmark, Reader, SavedSearch
from mobility.models.owners import CoOwner
from mobility.models.profiles import Profile
from mobility.models.scripts import Script, ScriptStep
from mobility.models.searchable import SearchWord
from mobility.models.signups import DayFeedback, DaySignupQuerySet, Signup
from mobility.models.swaps import RingPlace, SwapRing, SwapWish

__all__ = [
    "Agreement",
    "AnswerText",
    "Application",
    "ApplicationQuerySet",
    "Bookmark",
    "CareerDay",
    "CareerDayQuerySet",
    "CoOwner",
    "Consent",
    "ContactRequest",
    "DayFeedback",
    "DaySignupQuerySet",
    "Evaluation",
    "Exchange",
    "ExchangeChange",
    "ExchangeChangeQuerySet",
    "ExchangeQuerySet",
    "Gain",
    "MonthFigure",
    "OfferFile",
    "OfferFileQuerySet",
    "Profile",
    "Reader",
    "RingPlace",
    "SavedSearch",
    "Script",
    "ScriptStep",
    "SearchWord",
    "Session",
    "Signup",
    "SwapRing",
    "SwapWish",
]
