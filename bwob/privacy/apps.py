from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "bwob.privacy"
    label = "privacy"
    verbose_name = _("Privacy")

    def ready(self) -> None:
        from bwob.privacy import labels  # noqa: F401 - registers its system check

        autodiscover_modules("retention")  # each app says there what goes when, and what precedes an erasure
        autodiscover_modules("handing")  # and there what it offers to other lines, or began with theirs
