"""Dutch is complete: each text of code and templates is translated, none is guessed, the .mo is current."""

import ast
import dataclasses
import gettext
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale/nl/LC_MESSAGES/django.po"
SOURCES = ("bwob", *settings.LINES, "templates")
KEYWORDS = (
    "gettext_noop",
    "gettext_lazy",
    "ngettext_lazy:1,2",
    "pgettext:1c,2",
    "npgettext:1c,2,3",
    "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3",
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+[^>]*>")
Key = tuple[str, str, str]  # context, text, plural


@dataclasses.dataclass
class Entry:
    """One text of a catalogue, with its translation in each plural form."""

    context: str = ""
    text: str = ""
    plural: str = ""
    translations: dict[int, str] = dataclasses.field(default_factory=dict)
    is_fuzzy: bool = False

    @property
    def key(self) -> Key:
        return self.context, self.text, self.plural

    @property
    def is_translated(self) -> bool:
        expected = 2 if self.plural else 1
        return len(self.translations) == expected and all(text.strip() for text in self.translations.values())


def read(po: str) -> list[Entry]:
    """The entries of a .po file, without its header and without what it keeps from earlier versions."""
    blocks = re.split(r"\n\s*\n", "\n".join(line for line in po.splitlines() if not line.startswith("#~")))
    return [entry for block in blocks if (entry := entry_of(block)).text]


def entry_of(block: str) -> Entry:
    entry, field, texts = Entry(is_fuzzy="\n#, fuzzy" in f"\n{block}"), "", dict[str, str]()
    for line in block.splitlines():
        if word := re.match(r'(msg\w+(?:\[\d\])?) (".*")', line):
            field = word[1]
            texts[field] = ast.literal_eval(word[2])
        elif line.startswith('"'):
            texts[field] += ast.literal_eval(line)
    entry.context, entry.text = texts.get("msgctxt", ""), texts.get("msgid", "")
    entry.plural = texts.get("msgid_plural", "")
    forms = [text for name, text in texts.items() if name.startswith("msgstr")]
    entry.translations = dict(enumerate(forms))
    return entry


def faults(entry: Entry) -> Iterator[str]:
    """What is wrong with one translation."""
    if entry.is_fuzzy:
        yield f"guessed: {entry.text}"
    if not entry.is_translated:
        yield f"not translated: {entry.text}"
        return
    wanted = set(PLACEHOLDER.findall(entry.plural or entry.text))
    found = [set(PLACEHOLDER.findall(text)) for text in entry.translations.values()]
    if wanted not in found or any(names - wanted for names in found):
        yield f"other placeholders: {entry.text}"
    if any(text.endswith("\n") != entry.text.endswith("\n") for text in entry.translations.values()):
        yield f"other line ends: {entry.text}"


def as_compiled(entries: list[Entry]) -> dict[object, str]:
    """The catalogue as the standard library reads it from a .mo file, which keeps what is finished."""
    compiled: dict[object, str] = {}
    for entry in (entry for entry in entries if entry.is_translated and not entry.is_fuzzy):
        text = f"{entry.context}\x04{entry.text}" if entry.context else entry.text
        for form, translation in entry.translations.items():
            compiled[(text, form) if entry.plural else text] = translation
    return compiled


@pytest.fixture
def entries() -> list[Entry]:
    if not CATALOGUE.exists():
        pytest.fail(f"There is no {CATALOGUE.relative_to(ROOT)}", pytrace=False)
    return read(CATALOGUE.read_text())


def tell(lines: list[str]) -> None:
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


def test_every_text_is_translated_and_none_is_guessed(entries):
    tell([fault for entry in entries for fault in faults(entry)])


def test_the_compiled_catalogue_is_that_of_the_source(entries):
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)
    compiled.pop("", None)

    differing = set(compiled.items()) ^ set(as_compiled(entries).items())

    tell(sorted({f"compile again, for: {key}" for key, _translation in differing}))


def test_no_text_of_code_or_templates_is_missing(entries, tmp_path):
    if not shutil.which("xgettext"):
        reason = (
            "xgettext (package gettext) is not installed, so nobody checked for texts without a translation"
        )
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)

    missing = texts_of(SOURCES, tmp_path) - {entry.key for entry in entries}

    tell(sorted(f"missing: {text}" for _context, text, _plural in missing))


def texts_of(folders: tuple[str, ...], workplace: Path) -> set[Key]:
    """What `makemessages` would gather from these folders, without writing a catalogue."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in KINDS]
    prepared = [prepare(path, workplace / f"{number}.py") for number, path in enumerate(found)]
    command = ["xgettext", "--language=Python", "--from-code=UTF-8", "--add-comments=Translators", "-o", "-"]
    words = [*command, *(f"--keyword={keyword}" for keyword in KEYWORDS), *map(str, prepared)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)  # noqa: S603 - our own files
    return {entry.key for entry in read(done.stdout)}


KINDS = {".py", ".html", ".txt"}


def prepare(path: Path, target: Path) -> Path:
    """A file that xgettext can read: Python as it is, a template with nothing but its texts."""
    text = path.read_text()
    target.write_text(text if path.suffix == ".py" else templatize(text, origin=str(path)))
    return target


PROOF = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

#. A good one, over two lines
msgid "Your application has been "
"sent to %s."
msgstr "Je aanmelding is naar "
"%s gestuurd."

msgctxt "a day"
msgid "%d place"
msgid_plural "%d places"
msgstr[0] "%d plek"
msgstr[1] "%d plekken"

#, fuzzy
msgid "Closed"
msgstr "Dicht"

msgid "Open"
msgstr ""

msgid "%d day"
msgid_plural "%d days"
msgstr[0] "%d dag"

msgid "Hello %(name)s"
msgstr "Dag %(naam)s"

#~ msgid "Gone"
#~ msgstr "Weg"
"""


def test_the_reader_of_catalogues_finds_every_fault():
    assert [fault for entry in read(PROOF) for fault in faults(entry)] == [
        "guessed: Closed",
        "not translated: Open",
        "not translated: %d day",
        "other placeholders: Hello %(name)s",
    ]


def test_the_reader_of_catalogues_knows_context_and_plural():
    assert as_compiled(read(PROOF)[:2]) == {
        "Your application has been sent to %s.": "Je aanmelding is naar %s gestuurd.",
        ("a day\x04%d place", 0): "%d plek",
        ("a day\x04%d place", 1): "%d plekken",
    }


@pytest.mark.skipif(not shutil.which("xgettext"), reason="xgettext (package gettext) is not installed")
def test_texts_are_gathered_from_code_and_templates(tmp_path):
    found = texts_of(SOURCES, tmp_path)

    assert ("", "Your application has been sent to %s.", "") in found
    assert ("", "Look for an exchange", "") in found
    assert ("", "%d place", "%d places") in found


STORED_AT_ONCE = re.compile(r"(?<![a-z_.])reason=(_|gettext)\(")
"""A reason is stored: as a lazy text, so that each reader gets it in the own language."""


def test_no_reason_is_stored_in_the_language_of_who_acted():
    eager = [
        f"{path}: {line.strip()}"
        for folder in ("bwob", *settings.LINES)
        for path in sorted((ROOT / folder).rglob("*.py"))
        for text in [path.read_text()]
        if "gettext_lazy as _\n" not in text
        for line in text.splitlines()
        if STORED_AT_ONCE.search(line)
    ]

    assert eager == []
