"""Files that cannot be used are refused in one sentence; nothing else goes wrong, and nothing takes long."""

import io
import json
import time
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobility.offers import MAX_BYTES, MAX_ROWS, Unreadable, read

NAMES = ["vacatures.json", "vacature.html", "plekken.csv", "bestand", "plekken.CSV", "a.jsonld", "a.xlsx"]


def zipped(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "0" * 1_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b" \r\n\t ", "This file is empty."),
        (b"\xef\xbb\xbf", "This file is empty."),
        (b"\xff\xfe", "This file is empty."),
        (b"\0\0\0", "This file holds no text"),
        (b"x" * (MAX_BYTES + 1), "This file is larger than 20 MB."),
        (
            zipped("[Content_Types].xml", "xl/workbook.xml"),
            "This is an Excel file. Open it in Excel and choose “Save as”",
        ),
        (zipped("vacatures.json"), "This is a packed file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "This is an Excel file"),
        (b"\x1f\x8b\x08\x00", "This is a packed file"),
        (b"%PDF-1.7\n%\xe2\xe3", "This is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "This is a picture"),
        (bytes(range(256)) * 20, "This file holds no text"),
        (b'<?xml version="1.0"?><rss><channel/></rss>', "This is XML"),
        (b"<html><body>Niets te zien</body></html>", "There is no schema.org JobPosting in this page."),
        (b"<", "There is no schema.org JobPosting in this page."),
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(
    content: bytes, sentence: str, name: str
) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(content, name)

    assert str(refusal.value).startswith(sentence)


@pytest.mark.parametrize("content", [b"{", b"tekst", b'{"a": 1}}', b"[1, 2", b"{'a': 1}"])
def test_broken_json_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable, match="This is no JSON that can be read"):
        read(content, "vacatures.json")


@pytest.mark.parametrize(
    "text",
    ["[" * 1_000_000, '{"a":' * 500_000, "[" * 200 + "]" * 200, '{"@graph":' * 150 + "[]" + "}" * 150],
    ids=["lists", "objects", "closed lists", "closed objects"],
)
def test_json_that_is_nested_too_deeply_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match=r"nested too deeply|no JSON"):
        read(text.encode(), "vacatures.json")


def test_too_many_offers_are_refused() -> None:
    text = "nummer;functie\n" + "1;Adviseur\n" * (MAX_ROWS + 1)

    with pytest.raises(Unreadable, match="This file holds more than 5000 offers"):
        read(text.encode(), "plekken.csv")


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(Unreadable, match="This table has more than 200 columns"):
        read(("functie;" * 300 + "\n" + "a;" * 300).encode(), "plekken.csv")


def test_a_text_beyond_all_measure_is_a_problem_of_its_row() -> None:
    posting = {"@type": "JobPosting", "title": "Adviseur", "description": "woord " * 50_000}

    reading = read(json.dumps([posting, posting | {"description": "Kort."}]).encode(), "a.json")

    assert [str(problem.message) for problem in reading.rows[0].problems] == [
        "This text is longer than 100000 characters."
    ]
    assert len(reading.offers) == 1


FIELDS = [
    "title",
    "description",
    "hiringOrganization",
    "jobLocation",
    "workHours",
    "baseSalary",
    "validThrough",
]
FIELDS += ["employmentType", "skills", "url", "identifier", "qualifications", "jobStartDate", "industry"]
PIECES = [
    "a",
    " ",
    "<",
    "<p>",
    "<div>",
    "<b>",
    "&amp;",
    "&lt;p",
    "1",
    "1.",
    "- ",
    "<!--",
    "<script>",
    "A. ",
    "0",
    "@",
    "•",
]
PIECES += [
    "neem contact ",
    "schaal 1 ",
    "1-",
    "\\n",
    "<li>",
    "<a href='x'>",
    "**",
    "[x](",
    "&",
    ". ",
    ";",
    "“",
    "<table>",
]


@pytest.mark.parametrize("piece", PIECES)
def test_a_hundred_kilobytes_in_every_field_take_less_than_a_second_each(piece: str) -> None:
    huge = (piece * 100_000)[:100_000]
    posting = {"@type": "JobPosting", **dict.fromkeys(FIELDS, huge)}
    started = time.process_time()

    read(json.dumps(posting).encode(), "a.json")

    assert time.process_time() - started < len(FIELDS)


@pytest.mark.parametrize(
    "text",
    [
        '<p itemprop="x">' * 100_000,
        '<p itemscope itemtype="https://schema.org/JobPosting" itemprop="x">' * 30_000,
        '<script type="application/ld+json">' * 50_000,
        '<script type="application/ld+json">' + '"\\"' * 500_000 + "</script>",
        '<script type="application/ld+json">{' + ", " * 500_000 + "</script>",
        '<script type="application/ld+json">/*' + "*" * 1_000_000 + "</script>",
        "<!--" * 300_000,
        "<div>" * 300_000,
    ],
    ids=lambda text: text[:60],
)
def test_a_hostile_page_is_read_quickly(text: str) -> None:
    started = time.process_time()

    with pytest.raises(Unreadable):
        read(text.encode(), "a.html")

    assert time.process_time() - started < 3


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(NAMES))
def test_no_bytes_raise_anything_but_unreadable(content: bytes, name: str) -> None:
    try:
        read(content, name)
    except Unreadable as refusal:
        assert str(refusal)  # noqa: PT017 (it need not be raised)


scraps = st.sampled_from(
    [
        "functie",
        "omschrijving",
        "uren",
        ";",
        ",",
        "\n",
        "\r",
        '"',
        "sep=;",
        "36-24",
        "1.239",
        "€",
        "<p>",
        "\\",
        "\0",
        "25-02-2026",
        " ",
    ]
) | st.text(max_size=5)


@settings(max_examples=200, deadline=None)
@given(st.lists(scraps, max_size=60).map("".join), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_no_table_raises_anything_but_unreadable(text: str, encoding: str) -> None:
    try:
        read(text.encode(encoding, errors="replace"), "a.csv")
    except Unreadable as refusal:
        assert str(refusal)  # noqa: PT017 (it need not be raised)


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["1.239", "<p>x", "31-02-2026", "\ud800"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "@id", "@value", "name", "value", "address", "minValue", "unitText"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*FIELDS, "@id", "jobLocationType", "totalJobOpenings", "applicationContact"]),
        values,
        max_size=8,
    )
)
def test_no_posting_raises_anything_and_every_row_is_an_offer_or_a_problem(posting: dict[str, Any]) -> None:
    reading = read(json.dumps(posting | {"@type": "JobPosting"}).encode(), "a.json")

    assert [bool(row.offer) != bool(row.problems) for row in reading.rows] == [True]
    for row in reading.rows:
        assert all(str(sentence) for sentence in [*row.notes, *(problem.message for problem in row.problems)])


tags = st.sampled_from(
    [
        "<div itemscope itemtype='https://schema.org/JobPosting'>",
        "<p itemprop='title'>",
        "</p>",
        "</div>",
        "<meta itemprop='url' content='x'>",
        "<script type='application/ld+json'>",
        "</script>",
        '{"@type":"JobPosting"}',
        "<!--",
        "-->",
        "tekst",
        "<b>",
        "<",
        "&",
        "<![CDATA[",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(tags, max_size=30).map("".join))
def test_no_page_raises_anything_but_unreadable(text: str) -> None:
    try:
        read(f"<html>{text}".encode(), "a.html")
    except Unreadable as refusal:
        assert str(refusal)  # noqa: PT017 (it need not be raised)
