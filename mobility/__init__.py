"""Exchanges: a civil servant finds another workplace for a day, a year or for good, and applies."""
