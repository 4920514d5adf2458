from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import translation

from bwob import mail
from pitch.sample.playing import Play


class Command(BaseCommand):
    help = "Play a whole edition of PITCH in a minute, with the people of the demo, for the screen in a hall."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seconds", type=float, default=60, help="how long it takes (60)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("A play makes up plans and votes: only a demo can do that.")
        with translation.override("nl"):
            play = Play(options["seconds"], self.stdout.write)
            play.prepare()
            hall = mail.absolute(reverse("pitch:hall", args=[play.edition.slug]))
            self.stdout.write(f"Zet dit op het scherm: {hall}")
            play.judge()
            play.vote()
            play.open()
            play.publish()
            self.stdout.write(f"De uitslag, scène voor scène: {hall}?vanzelf=1")
