from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "bwob.people"
    label = "people"
