from mobility.models.applications import Application, ApplicationQuerySet
from mobility.models.exchanges import Exchange, ExchangeQuerySet, SearchWord
from mobility.models.imports import OfferFile, OfferFileQuerySet

__all__ = [
    "Application",
    "ApplicationQuerySet",
    "Exchange",
    "ExchangeQuerySet",
    "OfferFile",
    "OfferFileQuerySet",
    "SearchWord",
]
