"""Reading a file of former colleagues: from bytes to cells, from cells to people, with what is wrong."""

from alumni.intake.columns import FIELDS, guess
from alumni.intake.people import Row, read_rows
from alumni.intake.sheets import Unreadable, cells

__all__ = ["FIELDS", "Row", "Unreadable", "cells", "guess", "read_rows"]
