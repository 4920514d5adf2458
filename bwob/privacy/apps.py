from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "bwob.privacy"
    label = "privacy"

    def ready(self) -> None:
        from bwob.privacy import labels  # noqa: F401 - registers its system check
