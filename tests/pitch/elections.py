"""Small elections by chance, with many ties and some jurors who stand aside."""

from dataclasses import dataclass
from random import Random

from pitch.ballots_file import make_signing_key
from pitch.tally import TIE_STEPS, Ballot, Criterion, Pair, Result, Rules, count

SIGNING_KEY = make_signing_key()


@dataclass(frozen=True)
class Election:
    rules: Rules
    entries: list[str]
    jury: list[str]
    ballots: list[Ballot]
    recused: list[Pair]
    assigned: list[Pair] | None = None

    @property
    def parts(self) -> dict:
        return {name: getattr(self, name) for name in ("entries", "jury", "ballots", "recused", "assigned")}

    def counted(self, **other: object) -> Result:
        return count(self.rules, **(self.parts | other))


def rules(**other: object) -> Rules:
    usual = {
        "criteria": (Criterion("effect", 3), Criterion("new", 1)),
        "lowest": 1,
        "highest": 5,
        "average": "mean",
        "min_ballots": 1,
        "min_percent": 0,
        "standardised": False,
        "tie_chain": TIE_STEPS,
    }
    return Rules(**(usual | other))


def by_chance(chance: Random, *, quorum: bool = True) -> Election:
    keys = ["effect", "new", "doable"][: chance.randint(1, 3)]
    chosen = rules(
        criteria=tuple(Criterion(key, chance.randint(1, 3)) for key in keys),
        highest=chance.choice([2, 3, 5]),
        average=chance.choice(["mean", "median"]),
        standardised=chance.random() < 0.3,
        min_percent=0 if quorum else chance.choice([0, 50, 90]),
        tie_chain=tuple(chance.sample(TIE_STEPS, chance.randint(0, 4))),
    )
    entries = [f"plan-{number}" for number in range(1, chance.randint(2, 6))]
    jury = [f"juror-{number}" for number in range(1, chance.randint(2, 6))]
    pairs = [(juror, entry) for juror in jury for entry in entries]
    assigned = [pair for pair in pairs if pair[0] == "juror-1" or chance.random() < 0.9]
    recused = [pair for pair in pairs if pair[0] != "juror-1" and chance.random() < 0.1]
    ballots = [cast(chance, chosen, *pair) for pair in assigned if quorum or chance.random() < 0.8]
    return Election(chosen, entries, jury, ballots, recused, assigned)


def cast(chance: Random, chosen: Rules, juror: str, entry: str) -> Ballot:
    scores = {criterion.key: chance.randint(chosen.lowest, chosen.highest) for criterion in chosen.criteria}
    return Ballot(juror, entry, scores, f"{chance.getrandbits(128):032x}")
