"""The demo's calls for partners: open ones, one that waits for its outcome, and ended ones."""

import datetime
import tomllib
from pathlib import Path
from typing import Any

from django.utils import timezone

from bwob.organisations.models import Organisation, Place
from bwob.people.models import User
from networks import calling, reacting
from networks.models import Network, PartnerCall, Reaction

WORDS = Path(__file__).parent / "calls.toml"


def load(networks: list[Network]) -> None:
    """Networks near the coordinator ask; HR of Utrecht asks once for the municipality."""
    people = {
        user.email.partition("@")[0]: user for user in User.objects.filter(email__endswith="@demo.example")
    }
    if "coordinator" not in people:
        return
    near = [one for one in networks if one.place.province.code == "pv26" and one.state == "published"]
    far = [one for one in networks if one.place.province.code != "pv26" and one.state == "published"]
    chosen = {"near": near[0], "near2": near[-1], "far": far[0]}
    _answered_for(near[0], people["coordinator"])
    for words in tomllib.loads(WORDS.read_text(encoding="utf-8"))["call"]:
        _call(words, chosen, people)


def _answered_for(network: Network, user: User) -> None:
    network.contact = user
    network.save()


def _call(words: dict[str, Any], chosen: dict[str, Network], people: dict[str, User]) -> None:
    days = words["days"]
    today = timezone.localdate()
    by = people[words["by"]]
    organisation = Organisation.objects.get(code=words["code"]) if "code" in words else None
    call = PartnerCall(
        network=None if organisation else chosen[words["network"]],
        organisation=organisation,
        title=words["title"],
        text=words["text"].strip(),
        themes=words["themes"],
        closes_on=today + datetime.timedelta(days=days),
        asked_at=timezone.now() - datetime.timedelta(days=words["ago"]),
    )
    places = Place.objects.filter(code__in=words["area"])
    calling.ask(call, area=list(places), by=by)
    for reaction in words.get("reactions", []):
        _react(call, reaction, people)
    if days < 0:
        call.refresh_from_db()
        calling.end(call)
    if "outcome" in words:
        calling.tell_outcome(call, words["state"], text=words["outcome"], by=by)


def _react(call: PartnerCall, words: dict[str, str], people: dict[str, User]) -> None:
    """As it was before the call's last day."""
    author = people[words["by"]]
    reaction = Reaction(call=call, author=author, text=words["text"], organisation=author.employer)
    reaction.save()
    if "answer" in words:
        reacting.answer(reaction, words["answer"], message=words["message"], by=people["coordinator"])
