"""Loaded before Django's settings: the tests run on an embedded PostgreSQL of their own, in test mode."""

import os

from bwob import devdb

os.environ["BWOB_MODE"] = "test"
os.environ.setdefault(
    "PGOPTIONS", "-c statement_timeout=120000"
)  # a query that never ends fails, and is named
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["DATABASE_URL"] = devdb.start("pg18-test", durable=False)
