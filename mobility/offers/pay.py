"""Pay: two amounts and the period they are for, kept as the source has them and never converted."""

import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from bwob.dutch import read_amount
from mobility.offers.row import Cells, Remarks, Sentence, say, shown
from mobility.offers.values import is_silent
from mobility.offers.words import says, words

type Pay = tuple[Decimal | None, Decimal | None, str | None]
type Bounds = tuple[Decimal | None, Decimal | None]

_NONE: Pay = (None, None, None)
_PERIODS = {
    "four_weeks": "vier_weken 4_weken 4_wk four_weeks 4_weeks vierweken per_periode",
    "hour": "uur hour hourly hur uurloon uurtarief p_u u",
    "month": "maand month monthly mon mnd maandsalaris p_m pm",
    "year": "jaar year yearly annual annually ann jaarsalaris p_j",
    "": "dag day daily week weekly wee wk",
}
# A full working week in the public sector is paid well within these; what lies outside only fills a field.
_SENSIBLE = {
    "hour": (10, 300),
    "four_weeks": (400, 23_000),
    "month": (400, 25_000),
    "year": (5_000, 350_000),
}
_SENSIBLE_UNNAMED = {"month": (1_000, 15_000), "year": (20_000, 350_000)}
_GUESSED: dict[str, Sentence] = {
    "month": _("The file does not say for which period the pay is; it was taken as pay per month."),
    "year": _("The file does not say for which period the pay is; it was taken as pay per year."),
}

_AMOUNT = r"\d(?:[\d.,' ]{0,20}\d)?"
_AMOUNTS = re.compile(
    rf"({_AMOUNT})(?:\D{{0,25}}?(?:-|–|\btot\b|t/m|\bmax|\ben\b|\bto\b)\D{{0,15}}({_AMOUNT}))?", re.ASCII
)
_NO_PAY = re.compile(
    r"(?:schaal|trede|cao) ?\d{1,4}[a-z]?|(?<![\d.,])\d{1,2}[ -]?(?:uur|urige)|13e maand"
    r"|\d{1,2} ?(?:%|procent)",
    re.IGNORECASE,
)


def pay(cells: Cells, remarks: Remarks) -> Pay:
    """Lowest and highest pay and its period; three times None when the file tells nothing usable."""
    bounds = _bounds(cells, remarks)
    if bounds == (None, None):
        return _NONE
    if currency := _foreign_currency(cells):
        remarks.note(say(_("The pay is in {currency} and is left out."), currency=shown(currency)))
        return _NONE
    return _for_a_period(bounds, _period(cells, bounds, remarks), remarks)


def _for_a_period(bounds: Bounds, period: str | None, remarks: Remarks) -> Pay:
    if period == "":
        return _NONE
    low, high = (amount if _is_sensible(amount, period) else None for amount in bounds)
    if (low, high) != bounds:
        remarks.note(say(_("The pay “{value}” only fills a field and is left out."), value=_quoted(bounds)))
    if low is None and high is None:
        return _NONE
    if low is not None and high is not None and low > high:
        remarks.refuse("pay", _quoted(bounds), _("The lowest pay is higher than the highest."))
        return _NONE
    return low, high, period


def _bounds(cells: Cells, remarks: Remarks) -> Bounds:
    """The two amounts of one cell ("€ 3.496 - € 5.123"), or those of a cell for each."""
    low, high = cells.get("pay_min", ""), cells.get("pay_max", "")
    if is_silent(low) and is_silent(high):
        return _amounts(cells.get("pay", ""), remarks)
    if is_silent(high):
        return _amounts(low, remarks) if _is_range(low) else (_amounts(low, remarks)[0], None)
    return _amounts(low, remarks)[0], _amounts(high, remarks)[1]


def _is_range(text: str) -> bool:
    match = _AMOUNTS.search(text[:300])
    return bool(match and match[2])


def _amounts(text: str, remarks: Remarks) -> Bounds:
    if is_silent(text):
        return None, None
    match = _AMOUNTS.search(_NO_PAY.sub(" ", text[:300]))
    try:
        low, high = (
            (read_amount(part) if part else None for part in match.groups()) if match else (None, None)
        )
    except ValueError:
        low = None
    if low is None:
        remarks.note(say(_("No amount was found in “{value}”; the pay is left out."), value=shown(text)))
        return None, None
    return low, (low if high is None else high)


def _foreign_currency(cells: Cells) -> str:
    currency = cells.get("pay_currency", "").strip()
    return "" if currency.upper() in {"", "EUR", "EURO", "€"} else currency


def _period(cells: Cells, bounds: Bounds, remarks: Remarks) -> str | None:
    """The period named, or the only one that fits the amounts; "" for one unknown here, None for none."""
    named = cells.get("pay_period", "")
    period = next(
        (
            p
            for p in map(period_named, (named, cells.get("pay", ""), cells.get("pay_min", "")))
            if p is not None
        ),
        None,
    )
    if period == "" or (period is None and not is_silent(named)):
        remarks.note(
            say(
                _("Pay per “{value}” is not known here; the pay is left out."),
                value=shown(named or cells["pay"]),
            )
        )
        return ""
    if period is None:
        highest = max(amount for amount in bounds if amount is not None)
        period = next((p for p, (low, high) in _SENSIBLE_UNNAMED.items() if low <= highest <= high), None)
        remarks.notes += [_GUESSED[period]] if period else []
    return period


def period_named(text: str) -> str | None:
    """The pay period that the text names; "" for a day or a week, which no exchange is paid by."""
    found = words(_NO_PAY.sub(" ", text[:300]))
    return next((period for period, names in _PERIODS.items() if says(found, names)), None)


def _is_sensible(amount: Decimal | None, period: str | None) -> bool:
    if not period or amount is None:
        return False
    low, high = _SENSIBLE[period]
    return low <= amount <= high


def _quoted(bounds: Bounds) -> str:
    return " - ".join(dict.fromkeys(f"{amount:f}" for amount in bounds if amount is not None))
