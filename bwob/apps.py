from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class BwobConfig(AppConfig):
    name = "bwob"

    def ready(self) -> None:
        from bwob import sight  # noqa: F401 - registers its system check


class PortalAdminConfig(AdminConfig):
    default_site = "bwob.sight.PortalAdminSite"
