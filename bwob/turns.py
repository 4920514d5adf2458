"""*Mijn overzicht* in one shape for every line: whose turn it is, until when, and what one can do."""

import dataclasses

from django.utils.functional import Promise


@dataclasses.dataclass(frozen=True)
class Step:
    """`state` is done, now, todo or stopped."""

    label: str
    state: str


@dataclasses.dataclass(frozen=True)
class Act:
    label: str
    url: str
    is_primary: bool = False


@dataclasses.dataclass(frozen=True)
class Turn:
    """One card, as `components/turn_card.html` shows it; `acts` only when it waits for this person.

    `meaning` says what silence or a yes leads to.
    """

    tag: str | Promise
    tag_kind: str
    title: str
    url: str
    text: str = ""
    due_text: str = ""
    is_urgent: bool = False
    steps: list[Step] = dataclasses.field(default_factory=list)
    meaning: str = ""
    acts: list[Act] = dataclasses.field(default_factory=list)
