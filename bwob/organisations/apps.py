from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "bwob.organisations"
    label = "organisations"
