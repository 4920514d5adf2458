"""Anyone can recount: the stand-alone file comes to the same result, and finds what was changed."""

import ast
import json
from pathlib import Path
from random import Random

import pytest

from pitch import ballots_file, telling
from pitch.ballots_file import build, digest, public_key, receipt
from pitch.tally import TIE_STEPS, Ballot, Result
from tests.pitch.elections import SIGNING_KEY, Election, by_chance, rules

SOURCE = Path(telling.__file__)
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595"
        "bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb43"
        "02aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716"
        "ed28dc027beceea1ec40a",
    ),
]
"""RFC 8032, 7.1: public key, message, signature of tests 1 to 3."""


def published(election: Election) -> bytes:
    return build(edition="2026", rules=election.rules, secret_signing_key=SIGNING_KEY, **election.parts)


def an_election() -> Election:
    """Two plans that only the draw separates, and a juror who stood aside after voting."""
    jury = ["anna", "bram", "cees"]
    cast = [
        Ballot(juror, entry, {"effect": 4, "new": 2}, f"{juror}-{entry}")
        for juror in jury
        for entry in ["brugmaand", "schrapdag"]
    ]
    return Election(rules(), ["schrapdag", "brugmaand"], jury, cast, [("cees", "brugmaand")])


def same(result: Result, recount: telling.Count) -> None:
    assert recount.standings == [(s.entry, s.total, s.rank) for s in result.standings]
    assert [(code, tuple(equal), values) for code, equal, values in recount.steps] == [
        (step.code, step.entries, step.values) for step in result.steps
    ]
    turnouts = [(t.entry, t.ballots, t.may_judge, t.needed) for t in result.turnouts]
    assert recount.turnouts == turnouts


def test_a_thousand_elections_are_recounted_to_the_same_result():
    chance, steps, short = Random(2026), set(), 0  # noqa: S311 - nothing secret
    for _ in range(1000):
        election = by_chance(chance, quorum=chance.random() < 0.8)
        result = election.counted()
        content = json.loads(published(election))["content"]
        telling.checked(content)

        same(result, telling.Count(content))

        steps |= {step.code for step in result.steps}
        short += not result.has_quorum
    assert steps == {"mean", "median", *TIE_STEPS}
    assert short > 20


def test_the_shown_file_opens_and_is_fine(tmp_path, capsys):
    file = tmp_path / "ballots.json"
    file.write_bytes(published(an_election()))
    mailed, key = digest(file.read_bytes()), public_key(SIGNING_KEY)
    code = receipt("2026", an_election().ballots[0])

    outcome = telling.main([str(file), "--sha256", mailed, "--key", key, "--receipt", code])

    said = capsys.readouterr().out.splitlines()
    assert outcome == 0
    assert said[0] == f"SHA-256 van het bestand: {mailed}"
    assert "Niet meegeteld, want het jurylid deed later een stap opzij: 1." in said
    assert f"Ontvangstcode {code}: dit stembiljet is geteld. Inzending brugmaand, scores " in "\n".join(said)
    assert "brugmaand: 2 van 2 stembiljetten, 1 nodig." in said
    assert "Gelijk: brugmaand, schrapdag. Het lot beslist, de laagste uitkomst wint:" in said
    assert "  brugmaand: 3,500 (7/2)" in said
    assert said[-1] == "Alles klopt."


def test_it_speaks_english_too(tmp_path, capsys):
    file = tmp_path / "ballots.json"
    file.write_bytes(published(an_election()))

    assert telling.main([str(file), "--english"]) == 0
    assert "  brugmaand: 3.500 (7/2)" in (said := capsys.readouterr().out.splitlines())
    assert said[-1] == "Everything is right."


def test_both_languages_say_the_same_things():
    assert telling.DUTCH.keys() == telling.ENGLISH.keys()
    assert [text.count("{") for text in telling.DUTCH.values()] == [
        text.count("{") for text in telling.ENGLISH.values()
    ]


def complaint(tmp_path, capsys, data: bytes, *options: str) -> str:
    file = tmp_path / "changed.json"
    file.write_bytes(data)
    outcome = telling.main([str(file), "--english", *options])
    said = capsys.readouterr().out.strip()
    assert outcome == 1
    return said


def test_one_changed_byte_anywhere_is_found():
    data = published(an_election())
    chance = Random(7)  # noqa: S311 - the same
    places = [*range(0, 120), *chance.sample(range(len(data)), 60), *range(len(data) - 60, len(data))]

    for place in places:
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        with pytest.raises(telling.Wrong):
            telling.opened(changed)


@pytest.mark.parametrize(
    "change", [lambda data: data + b"\n", lambda data: data[:-1], lambda data: b"", lambda data: b"[" * 10**5]
)
def test_another_form_is_found(change):
    with pytest.raises(telling.Wrong, match="form"):
        telling.opened(change(published(an_election())))


def test_a_file_of_another_is_found_by_hash_and_key(tmp_path, capsys):
    data = published(an_election())

    assert complaint(tmp_path, capsys, data, "--sha256", "0" * 64).endswith("the file has another SHA-256")
    assert complaint(tmp_path, capsys, data, "--key", "0" * 64).endswith("signed with another key")
    assert complaint(tmp_path, capsys, data, "--receipt", "AAAA BBBB CCCC DDDD").endswith("not in the file")


def resigned(change) -> bytes:
    """What a liar with the key would publish."""
    content = json.loads(published(an_election()))["content"]
    change(content)
    return ballots_file.signed(content, SIGNING_KEY)


def raised(content):
    content["ballots"][0]["scores"]["effect"] = 5


def off_the_scale(content):
    ballot = content["ballots"][0]
    ballot["scores"]["effect"] = 6
    ballot["receipt"] = telling.receipt_of("2026", ballot)


def twice(content):
    content["ballots"].append(content["ballots"][0])


def strange(content):
    ballot = content["ballots"][0]
    ballot["entry"] = "another"
    ballot["receipt"] = telling.receipt_of("2026", ballot)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (raised, "a receipt does not fit its ballot"),
        (off_the_scale, "a ballot does not fit the rules"),
        (twice, "a ballot does not fit the rules"),
        (strange, "a ballot does not fit the rules"),
    ],
)
def test_a_signed_lie_is_found_all_the_same(change, words, tmp_path, capsys):
    assert complaint(tmp_path, capsys, resigned(change)).endswith(words)


def test_a_ballot_that_was_set_aside_is_named_as_such(tmp_path, capsys):
    file = tmp_path / "ballots.json"
    file.write_bytes(published(an_election()))
    code = receipt("2026", an_election().ballots[4])

    telling.main(
        [str(file), "--english", "--receipt", f"{code[:4]}-{code[4:8]} {code[8:12]} {code[12:]}".lower()]
    )

    assert "this ballot does not count. The juror stood aside." in capsys.readouterr().out


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_signatures_follow_rfc_8032(public, message, signature):
    parts = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)

    assert telling.is_signed(*parts)
    assert not telling.is_signed(parts[0], parts[1] + b"x", parts[2])
    assert not telling.is_signed(parts[0], parts[1], parts[2][:63] + b"\xff")
    assert not telling.is_signed(parts[0][:31], parts[1], parts[2])
    assert not telling.is_signed(b"\xff" * 32, parts[1], parts[2])


def test_a_signature_has_one_form_only():
    """Adding the order of the group to S gives another number that fits the equation; 5.1.7 refuses it."""
    public, message, signature = (bytes.fromhex(part) for part in VECTORS[0])
    other = int.from_bytes(signature[32:], "little") + telling.ORDER

    assert not telling.is_signed(public, message, signature[:32] + other.to_bytes(32, "little"))


def test_the_file_needs_the_standard_library_of_python_3_9_only():
    tree = ast.parse(SOURCE.read_text(), feature_version=(3, 9))
    modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert modules <= {
        *(
            "__future__",
            "argparse",
            "base64",
            "hashlib",
            "json",
            "sys",
            "fractions",
            "typing",
            "collections.abc",
        )
    }


def jurors(election: Election) -> list[set[str]]:
    """Per entry the names under which its ballots are published."""
    lines = json.loads(published(election))["content"]["ballots"]
    return [{line["juror"] for line in lines if line["entry"] == entry} for entry in sorted(election.entries)]


def three_plans(**other: object) -> Election:
    """Plans a and b get equal totals, c does not."""
    cast = [
        Ballot(juror, entry, {"effect": score, "new": 3}, f"{juror}{entry}")
        for juror, scores in {"x": (5, 3, 1), "y": (3, 5, 1), "z": (4, 4, 2)}.items()
        for entry, score in zip("abc", scores, strict=True)
    ]
    return Election(rules(**other), ["a", "b", "c"], ["x", "y", "z"], cast, [])


def test_ballots_of_one_juror_cannot_be_joined():
    names = jurors(three_plans(tie_chain=("heaviest", "draw")))

    assert [len(part) for part in names] == [3, 3, 3]
    assert len(set.union(*names)) == 9


def test_head_to_head_joins_the_ballots_of_the_entries_that_met_only():
    a, b, c = jurors(three_plans())

    assert a == b
    assert not a & c


def test_standardising_joins_the_ballots_of_each_juror():
    a, b, c = jurors(three_plans(standardised=True))

    assert a == b == c


def test_no_name_of_a_juror_is_published():
    data = published(an_election())

    assert not any(name.encode() in data for name in ('anna"', 'bram"', 'cees"'))


def test_a_file_tells_nothing_of_the_order_of_voting():
    election = three_plans()
    orders = {
        tuple(line["nonce"] for line in json.loads(published(election))["content"]["ballots"])
        for _ in range(5)
    }

    assert len(orders) > 1
