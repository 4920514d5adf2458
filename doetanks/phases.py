"""The four phases of a Doetank, and what the coach ticks off before the next one begins."""

import dataclasses

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclasses.dataclass(frozen=True)
class Point:
    """One thing that must be so; `key` is what is stored."""

    key: str
    text: str | Promise


CHECKLIST: dict[str, list[Point]] = {
    "complete": [
        Point("met", _("Everybody has met, and knows the question in the same words.")),
        Point("time", _("Each member's manager knows of it and gives the hours.")),
        Point("answer", _("The commissioner has told the team when the answer comes.")),
    ],
    "explore": [
        Point("actors", _("Who has to do with it is on an actor map.")),
        Point("spoken", _("The team spoke with at least five people who have the trouble.")),
        Point("sharp", _("The question was put again, in one sentence, after looking.")),
    ],
    "ideas": [
        Point("many", _("There were many ideas before one was chosen.")),
        Point("chosen", _("The choice was made by criteria that the team wrote down.")),
        Point("outsider", _("Somebody from outside the team said what could go wrong.")),
    ],
    "trying": [
        Point("smallest", _("The smallest test that could prove the idea wrong was done.")),
        Point("stop_rule", _("Each trial kept to its stop rule.")),
        Point("failed", _("What did not work is written down as well.")),
    ],
    "deliver": [
        Point("case", _("There is a business case of at most two pages.")),
        Point("owner", _("It says who goes on with it after a yes.")),
        Point("measure", _("It says how the effect is measured after half a year.")),
    ],
}
NEXT = {"complete": "explore", "explore": "ideas", "ideas": "trying", "trying": "deliver"}
BACK = {"ideas": "explore", "trying": "ideas", "deliver": "trying"}
STEPS = ["open", "explore", "ideas", "trying", "deliver", "decision", "effect"]


def keys(state: str) -> set[str]:
    return {point.key for point in CHECKLIST.get(state, [])}
