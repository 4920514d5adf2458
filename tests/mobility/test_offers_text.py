"""Descriptions become Markdown without HTML, scripts or invisible characters; summaries whole sentences."""

import pytest

from bwob.markdown import render
from mobility.offers.cleaning import plain, printable
from mobility.offers.interpreting import interpret
from mobility.offers.markdown import to_markdown, to_plain
from mobility.offers.row import Remarks, Row
from mobility.offers.sections import divided
from mobility.offers.wording import first_sentences


def row_of(**cells: str) -> Row:
    return interpret(
        1, {"external_id": "1", "title": "Adviseur", "closes_on": "25-08-2026"} | cells, Remarks()
    )


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("<p>Een.</p><p>Twee.</p>", "Een.\n\nTwee."),
        ("<ul><li>een</li><li><p>twee</p></li></ul><p>Klaar.</p>", "- een\n- twee\n\nKlaar."),
        ("<ol><li>een</li><li>twee</li></ol>", "- een\n- twee"),
        ("<ul><li>een<ul><li>binnen</li></ul></li></ul>", "- een\n- binnen"),
        ("<h2>Kop</h2><p>Tekst</p>", "**Kop**\n\nTekst"),
        ("<p><strong>Kop</strong></p><p>Een <b>vet</b> woord</p>", "**Kop**\n\nEen vet woord"),
        ("Een<br>twee<br/>drie", "Een\n\ntwee\n\ndrie"),
        (
            "<table><tr><td>Uren</td><td>36</td></tr><tr><td>Schaal</td><td>10</td></tr></table>",
            "Uren 36\n\nSchaal 10",
        ),
        ("Een\n* twee\n* drie", "Een\n\n- twee\n- drie"),
        ("Je doet: • een • twee", "Je doet:\n\n- een\n- twee"),
        ("Regel een\\nregel twee", "Regel een\n\nregel twee"),
        ("<b>Vet</b>\nregel", "**Vet**\n\nregel"),
        ("&lt;p&gt;E&amp;eacute;n&lt;/p&gt;", "Eén"),
        ("R&amp;D &euro; 5", "R&D € 5"),
        ("R&amp;amp;D", "R&D"),
        ("# geen kop\n> geen citaat\n1) geen lijst", "\\# geen kop\n\n\\> geen citaat\n\n\\1) geen lijst"),
        ("a\n-----\nb", "a\n\nb"),
        ("3 < 4 en 5 > 2", "3 < 4 en 5 > 2"),
        ("<p>Zie <a href='https://x.example'>de site</a>.</p>", "Zie de site."),
        ("<p>Mail <a href='mailto:a@x.example?subject=b'>ons</a></p>", "Mail ons a@x.example"),
        ("<script>alert(1)</script><style>p{}</style><p>Tekst</p><!-- stil -->", "Tekst"),
        ("<p>Niet gesloten <b>tekst", "Niet gesloten tekst"),
        ("", ""),
        (" \n <p> </p>", ""),
    ],
)
def test_a_description_becomes_markdown(source: str, markdown: str) -> None:
    assert to_markdown(source) == markdown


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<iframe src='javascript:alert(1)'></iframe>",
        "<a href='javascript:alert(1)'>klik</a>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
        "<scr<script>ipt>alert(1)</script>",
        "[klik](javascript:alert(1))",
        "![x](https://tracker.example/p.gif)",
        "<https://tracker.example>",
        "<math><mtext></mtext><style><img src=x onerror=alert(1)></style></math>",
        "<p title='</p><script>alert(1)</script>'>x</p>",
    ],
)
def test_no_attack_survives_reading_and_rendering(attack: str) -> None:
    row = row_of(tasks=f"<p>Voor</p>{attack}<p>Na</p>", requirements=attack, benefits=attack, summary=attack)

    assert row.offer
    for shown in (
        *map(render, (row.offer.tasks, row.offer.requirements, row.offer.benefits)),
        row.offer.summary,
    ):
        assert [
            bad for bad in ("<script", "<img", "<svg", "<iframe", "href", "onerror=", "src=") if bad in shown
        ] == []


def test_removed_script_is_said() -> None:
    row = row_of(
        tasks="<p>Je doet dit werk met plezier en dat zie je aan alles wat je maakt, elke dag weer.</p>"
        "<script>x</script>"
    )

    assert [str(note) for note in row.notes] == ["Script in the text was removed."]


def test_invisible_characters_go_and_spaces_become_ordinary() -> None:
    dirty = "a\x00b\u200bc\u202ed\ud800e\u00adf\u00a0g\x1bh\r\ni\u2028j"

    assert printable(dirty) == "abcdef gh\ni\nj"


def test_a_title_is_one_plain_line() -> None:
    assert (
        plain(" <b>Adviseur</b>\n &amp;amp; <script>x()</script> onderzoek&nbsp;") == "Adviseur & onderzoek"
    )
    assert plain("C&A <3 en 4 > 2") == "C&A <3 en 4 > 2"


def test_a_long_description_is_divided_by_its_headings() -> None:
    text = (
        "Intro.\n\n**Wat ga je doen?**\n\n- x\n\n**Wie ben jij?**\n\nHbo.\n\n"
        "**Wij bieden**\n\nRust.\n\n**Over ons**\n\nTien man."
    )

    assert divided(text) == {
        "tasks": "Intro.\n\n**Wat ga je doen?**\n\n- x\n\n**Over ons**\n\nTien man.",
        "requirements": "Hbo.",
        "benefits": "Rust.",
    }


def test_a_text_that_is_too_long_keeps_whole_paragraphs_and_says_so() -> None:
    row = row_of(tasks="\n".join(["Dit is een alinea over het werk dat je doet."] * 200))

    assert row.offer
    assert 5900 < len(row.offer.tasks) <= 6000
    assert row.offer.tasks.endswith("dat je doet.")
    assert [str(note) for note in row.notes] == [
        "The description has 9198 characters; the first 6000 were kept."
    ]


def test_a_title_is_never_cut() -> None:
    assert row_of(title="x" * 121, tasks="Werk.").offer is None
    assert row_of(title="x" * 120, tasks="Werk.").offer is not None


def test_a_long_summary_keeps_its_first_sentences_and_says_so() -> None:
    row = row_of(summary="Eerste zin van de samenvatting. " * 20, tasks="Je doet dit werk met plezier. " * 5)

    assert row.offer
    assert row.offer.summary == ("Eerste zin van de samenvatting. " * 9).strip()
    assert [str(note) for note in row.notes] == [
        "The summary was longer than 300 characters; its first sentences were kept."
    ]


def test_a_summary_is_made_of_what_stands_above_the_first_list() -> None:
    row = row_of(
        tasks="<p>Je maakt de stad groener en koeler.</p><p>Wat ga je doen?</p><ul><li>planten</li></ul>"
    )

    assert row.offer
    assert row.offer.summary == "Je maakt de stad groener en koeler. planten"


def test_one_endless_sentence_is_cut_at_a_word_with_an_ellipsis() -> None:
    short = first_sentences("woord " * 100)

    assert len(short) <= 300
    assert short.endswith("woord…")
    assert len(first_sentences("x" * 1000)) <= 300


def test_markdown_as_plain_text_has_no_marks() -> None:
    assert to_plain("**Kop**\n\nTekst \\# hier.\n\n- een\n- twee") == "Tekst # hier. een twee"
