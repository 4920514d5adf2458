"""The floor: the least that a Django page can do, with sessions and accounts (pages in `floor_pages.py`).

It runs on the portal's own database and tables, in a gunicorn of its own: `gunicorn tests.bench.floor`.
"""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from bwob import environment
from tests.bench.floor_settings import FLOOR

settings.configure(
    SECRET_KEY=os.environ["SECRET_KEY"],
    ALLOWED_HOSTS=["127.0.0.1"],
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"],
    DATABASES={"default": environment.database() | {"CONN_MAX_AGE": None}},
    USE_TZ=True,
    **FLOOR,
)
django.setup()
application = get_wsgi_application()
