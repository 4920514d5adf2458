from mobility.models.agreements import Agreement, Consent
from mobility.models.applications import Application, ApplicationQuerySet
from mobility.models.changes import ExchangeChange, ExchangeChangeQuerySet
from mobility.models.evaluations import Evaluation, Gain
from mobility.models.exchanges import Exchange, ExchangeQuerySet
from mobility.models.imports import OfferFile, OfferFileQuerySet
from mobility.models.searchable import SearchWord
from mobility.models.swaps import RingPlace, SwapRing, SwapWish

__all__ = [
    "Agreement",
    "Application",
    "ApplicationQuerySet",
    "Consent",
    "Evaluation",
    "Exchange",
    "ExchangeChange",
    "ExchangeChangeQuerySet",
    "ExchangeQuerySet",
    "Gain",
    "OfferFile",
    "OfferFileQuerySet",
    "RingPlace",
    "SearchWord",
    "SwapRing",
    "SwapWish",
]
