"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bwob.settings")
application = get_wsgi_application()
resolve("/")  # loads every view now, once for all workers, and not at the first request of each
