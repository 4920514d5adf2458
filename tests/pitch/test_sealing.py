"""The lock on the ballots: any two of three shares open it, and nothing else does."""

from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from pitch import sealing
from pitch.sealing import CannotOpen, WrongShares, join, make_keys, seal, split, unseal

KEYS = make_keys()
SHARES = split(KEYS.private)


def refused(*shares: str) -> str:
    with pytest.raises(WrongShares) as problem:
        join(shares)
    return problem.value.code


@pytest.mark.parametrize("shares", [*permutations(SHARES, 2), tuple(SHARES)])
def test_any_two_of_three_shares_make_the_key(shares):
    assert join(shares) == KEYS.private


@given(some.binary(min_size=32, max_size=32), some.integers(2, 5), some.integers(0, 3))
@settings(max_examples=20)
def test_as_many_shares_as_needed_make_any_key(private, needed, more):
    shares = split(private, shares=needed + more, needed=needed)

    assert all(join(chosen) == private for chosen in combinations(shares, needed))


def test_one_share_is_too_few_and_twice_the_same_is_one():
    assert refused() == "too_few"
    assert refused(SHARES[0]) == "too_few"
    assert refused(SHARES[0], SHARES[0]) == "same_share"


def test_a_share_of_another_key_is_named_as_such():
    other = split(make_keys().private)

    assert refused(SHARES[0], other[1]) == "other_key"


def test_shares_that_were_split_anew_do_not_fit_older_ones():
    again = split(KEYS.private)

    assert refused(SHARES[0], again[1]) == "no_key"


@pytest.mark.parametrize("place", [0, 7, 20, 78])
def test_a_share_with_one_wrong_letter_is_unreadable(place):
    share = SHARES[0]
    wrong = share[:place] + ("Q" if share[place] != "Q" else "R") + share[place + 1 :]

    assert refused(wrong, SHARES[1]) == "unreadable"


@pytest.mark.parametrize(
    "text",
    ["", "hello", "é" * 64, SHARES[0][:-5], SHARES[0] + " AAAA", "A" * 64],
    ids=["nothing", "a word", "no base 32", "too short", "too long", "a wrong checksum"],
)
def test_anything_else_is_unreadable(text):
    assert refused(text, SHARES[1]) == "unreadable"


def test_a_share_is_forgiving_about_how_it_is_typed():
    typed = [share.lower().replace(" ", "-").replace("o", "0").replace("i", "1") for share in SHARES]

    assert join(typed[:2]) == KEYS.private


def test_a_share_alone_fits_every_key():
    """For each byte that the key might have, one curve runs through the point that the holder knows."""
    known = bytes(sealing.at([0x53, 0xCA], 1) for _ in range(1))

    possible = {sealing.combined({1: known, 2: bytes([byte])})[0] for byte in range(256)}

    assert possible == set(range(256))


def test_the_published_vector_of_threshold_secret_sharing():
    """draft-mcgrew-tss-03: the secret 'test' with a closing zero, two shares."""
    points = {1: bytes.fromhex("B9FA07E185"), 2: bytes.fromhex("F5409B4511")}

    assert sealing.combined(points) == b"test\x00"


def test_the_field_is_the_one_of_aes():
    """FIPS 197: {57} × {83} = {c1} and {57} × {13} = {fe} in section 4.2; each number has an inverse."""
    assert sealing.times(0x57, 0x83) == 0xC1
    assert sealing.times(0x57, 0x13) == 0xFE
    assert all(sealing.times(number, sealing.inverse(number)) == 1 for number in range(1, 256))


@given(some.binary(max_size=1500))
@settings(max_examples=50)
def test_what_was_sealed_comes_out_again(message):
    assert unseal(KEYS.private, seal(KEYS.public, message)) == message


def test_a_seal_never_looks_the_same_and_does_not_tell_the_length():
    first, second, longer = seal(KEYS.public, b"5"), seal(KEYS.public, b"5"), seal(KEYS.public, b"5" * 400)

    assert first != second
    assert len(first) == len(longer)


def test_another_key_or_a_changed_byte_does_not_open():
    sealed = seal(KEYS.public, b"five")
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])

    for private, box in [(make_keys().private, sealed), (KEYS.private, changed), (KEYS.private, b"")]:
        with pytest.raises(CannotOpen):
            unseal(private, box)


@pytest.mark.parametrize(("shares", "needed"), [(3, 1), (1, 2), (16, 2)])
def test_a_key_is_not_split_senselessly(shares, needed):
    with pytest.raises(ValueError, match="2 to 15 shares"):
        split(KEYS.private, shares=shares, needed=needed)
