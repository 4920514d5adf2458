"""Reads offers of other systems from files: purely, without database or network."""

from mobility.offers.reading import MAX_BYTES, MAX_ROWS, read
from mobility.offers.row import Offer, Problem, Reading, Row, Unreadable

__all__ = ["MAX_BYTES", "MAX_ROWS", "Offer", "Problem", "Reading", "Row", "Unreadable", "read"]
