"""Which passwords are too easy to guess here, besides those that are too easy everywhere."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

OWN_WORDS = re.compile(
    "bwob|beter|werken|openbaar|bestuur|portaal|uitwisseling|detachering|gemeente|provincie|waterschap|"
    "rijk|politie|ambtenaar|overheid|netwerk|alumni|pitch|doetank|welkom|wachtwoord|password|welcome|"
    "lente|zomer|herfst|winter|januari|februari|maart|april|juni|juli|augustus|september|oktober|"
    "november|december|20[0-9][0-9]",
    re.IGNORECASE,
)
REST = 6


class OwnWordsValidator:
    """Refuses a password that is little more than words of this portal, a season or a year."""

    def validate(self, password: str, user: object = None) -> None:
        rest = re.sub(r"[\W_]", "", OWN_WORDS.sub("", password))
        if len(rest) < REST:
            raise ValidationError(
                _("This is too easy to guess here: it has words of this portal or a season in it."),
                code="own_words",
            )

    def get_help_text(self) -> str:
        return _("Not just words of this portal, a season or a year.")
