from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PrivacyConfig(AppConfig):
    name = "bwob.privacy"
    label = "privacy"

    def ready(self) -> None:
        from bwob.privacy import labels  # noqa: F401 - registers its system check

        autodiscover_modules("retention")  # each app says there what goes when, and what precedes an erasure
