#!/usr/bin/env python
"""Run a management command, on the embedded PostgreSQL unless DATABASE_URL names another."""

import os
import sys

from bwob import devdb


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bwob.settings")
    if "DATABASE_URL" not in os.environ:
        os.environ.setdefault("BWOB_MODE", "demo")
        os.environ["DATABASE_URL"] = devdb.start()
    elif sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("BWOB_MODE", "demo")

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
