from mobility.models.applications import Application, ApplicationQuerySet
from mobility.models.changes import ExchangeChange, ExchangeChangeQuerySet
from mobility.models.contacting import ContactRequest
from mobility.models.exchanges import Exchange, ExchangeQuerySet
from mobility.models.imports import OfferFile, OfferFileQuerySet
from mobility.models.keeping import Bookmark, Reader, SavedSearch
from mobility.models.profiles import Profile
from mobility.models.searchable import SearchWord
from mobility.models.swaps import RingPlace, SwapRing, SwapWish

__all__ = [
    "Application",
    "ApplicationQuerySet",
    "Bookmark",
    "ContactRequest",
    "Exchange",
    "ExchangeChange",
    "ExchangeChangeQuerySet",
    "ExchangeQuerySet",
    "OfferFile",
    "OfferFileQuerySet",
    "Profile",
    "Reader",
    "RingPlace",
    "SavedSearch",
    "SearchWord",
    "SwapRing",
    "SwapWish",
]
