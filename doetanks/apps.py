from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DoetanksConfig(AppConfig):
    name = "doetanks"
    verbose_name = _("Doetanks")
