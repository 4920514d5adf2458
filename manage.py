#!/usr/bin/env python
"""Run a management command, on the embedded PostgreSQL unless DATABASE_URL names another."""

import os
import sys

from bwob.demo import machine


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bwob.settings")
    machine.prepare(sys.argv[1:])

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
