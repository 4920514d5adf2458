"""Finding people who want to be found: by what they opened to the one who searches, and by nothing else.

No order says who is better: it is drawn anew each day (rule R10).
"""

import dataclasses
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import MD5, Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bwob.numbers import FEW
from bwob.privacy import reading
from mobility import wording
from mobility.models import Profile
from mobility.models.profiles import BLOCKS, ProfileQuerySet
from mobility.nearby import gazetteer

SIZE = 20
COUNTED = 1_000
NAMED = ("skills", "work_fields")
PURPOSE = gettext_lazy("looking for people for an exchange")
TITLES = {
    "skills": gettext_lazy("Good at"),
    "work_fields": gettext_lazy("Fields of work"),
    "wishes": gettext_lazy("Looks for"),
    "regions": gettext_lazy("Where"),
    "hours": gettext_lazy("Hours"),
    "scale": gettext_lazy("Scale"),
}


@dataclasses.dataclass(frozen=True)
class Block:
    """One part of a profile as a reader sees it; `step` says to the person who else does."""

    name: str
    title: str
    text: str
    step: str


@dataclasses.dataclass(frozen=True)
class Found:
    """A person as this reader sees him or her: without a name."""

    profile: Profile
    blocks: list[Block]

    @property
    def rest(self) -> list[Block]:
        """What a list still has to say below the title."""
        named = next((block for block in self.blocks if block.name in NAMED), None)
        return [block for block in self.blocks if block is not named]

    @property
    def title(self) -> str:
        said = next((block.text for block in self.blocks if block.name in NAMED), "")
        return _("Somebody good at: %s") % said if said else _("Somebody who is open to something else")


def shown(profile: Profile, *, everything: bool = False) -> Found:
    """What this reader may see of a row of `with_opened`; after a yes everything that is filled in."""
    texts = {block: text_of(profile, block) for block in BLOCKS}
    opened = [
        block for block in BLOCKS if texts[block] and (everything or getattr(profile, f"opens_{block}"))
    ]
    blocks = [Block(block, str(TITLES[block]), texts[block], step_of(profile, block)) for block in opened]
    return Found(profile, blocks)


def step_of(profile: Profile, block: str) -> str:
    return str(Profile.Step(getattr(profile, f"{block}_for")).label)


def text_of(profile: Profile, block: str) -> str:
    """A block in words; "" when nothing stands in it."""
    if block == "hours":
        low, high = profile.hours_min, profile.hours_max
        return wording.hours(low, high) if low is not None else ""
    if block == "scale":
        return wording.scale(profile.scale, profile.scale) if profile.scale is not None else ""
    if block == "regions":
        known = gazetteer().regions
        return ", ".join(known[code].name for code in profile.regions if code in known)
    if block == "wishes":
        kinds = ", ".join(str(label) for label in profile.kind_labels)
        return ". ".join(part for part in (kinds, profile.wishes) if part)
    return ", ".join(str(one) for one in (profile.skills if block == "skills" else profile.field_labels))


def of(user: Any, asked: dict[str, str]) -> dict[str, Any]:
    """One page of people, and how many there are. Two statements, and one that notes who was seen."""
    people = matching(user, asked)
    total = people.order_by()[: COUNTED + 1].count()
    rows = list(in_todays_order(people, asked.get("after", ""))[: SIZE + 1]) if total else []
    reading.record(user, rows[:SIZE], purpose=PURPOSE)
    return {
        "people": [shown(row) for row in rows[:SIZE]],
        "count_text": count_text(total),
        "next_url": next_url(asked, rows[SIZE - 1]) if len(rows) > SIZE else "",
    }


def matching(user: Any, asked: dict[str, str]) -> ProfileQuerySet:
    """Each thing that is asked looks only into blocks that are open to this reader."""
    people = Profile.objects.visible_to(user).exclude(user=user)
    conditions = {
        "skills": Q(skills_text__icontains=asked.get("skill", "")) if asked.get("skill") else None,
        "work_fields": Q(work_fields__contains=[asked["field"]]) if asked.get("field") else None,
        "wishes": Q(kinds__contains=[asked["kind"]]) if asked.get("kind") else None,
        "regions": Q(regions__contains=[asked["region"]]) if asked.get("region") else None,
    }
    text = Func(F("skills"), Value(", "), function="array_to_string", output_field=TextField())
    people = people.alias(skills_text=text)
    for block, condition in conditions.items():
        if condition:
            people = people.filter(Profile.objects.opened(block, user), condition)
    return people.with_opened(user)


def in_todays_order(people: ProfileQuerySet, after: str) -> ProfileQuerySet:
    """An order that says nothing: drawn from the key and the day. `after` is where the page before ended."""
    day = Value(timezone.localdate().isoformat(), output_field=TextField())
    drawn = MD5(Concat(Cast("key", TextField()), day, output_field=TextField()))
    people = people.annotate(drawn=drawn).order_by("drawn")
    return people.filter(drawn__gt=after) if after else people


def next_url(asked: dict[str, str], last: Any) -> str:
    kept = {name: value for name, value in asked.items() if value and name != "after"}
    return f"{reverse('mobility:people')}?{urlencode(kept | {'after': last.drawn})}"


def count_text(total: int) -> str:
    """ "<5 people", "12 people" (rule R8)."""
    if 0 < total < FEW:
        return _("<%d people found") % FEW
    number = f"{COUNTED}+" if total > COUNTED else str(total)
    return ngettext("%s person found", "%s people found", total) % number
