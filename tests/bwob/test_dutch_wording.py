"""The Dutch texts read as if written in Dutch first: short sentences, "je", and none that nobody found."""

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import allauth
import django
import pytest
from django.conf import settings

from bwob.people import wording

ROOT = Path(settings.BASE_DIR)
CATALOGUE = ROOT / "locale" / "nl" / "LC_MESSAGES" / "django.po"
PACKAGES = [Path(package.__file__).parent for package in (django, allauth)]
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
ENTRY = re.compile(
    r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:"(?:[^"\\]|\\.)*"\n?)+)', re.MULTILINE
)
TAG = re.compile(r"<[^>]+>")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def texts(catalogue: Path) -> Iterator[tuple[str, str]]:
    """The kind and text of each line of a .po file, obsolete ones left out."""
    for kind, quoted in ENTRY.findall(catalogue.read_text()):
        yield kind, "".join(ast.literal_eval(part) for part in QUOTED.findall(quoted))


def msgids(catalogue: Path) -> set[str]:
    return {text for kind, text in texts(catalogue) if kind.startswith("msgid") and text}


def dutch() -> list[str]:
    """The Dutch texts without tags and names of values; the first is the catalogue's header."""
    found = [text for kind, text in texts(CATALOGUE) if kind.startswith("msgstr")]
    return [PLACEHOLDER.sub("X", TAG.sub("", text)) for text in found[1:]]


def sentences() -> list[str]:
    ends = re.compile(r"(?<=[.!?:])\s+|\n+")
    parts = (part for text in dutch() for part in ends.split(text))
    return [part for part in parts if part.endswith((".", "!", "?"))]


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls of gettext functions, under whatever name a module knows them."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    imported = [name for one in imports if one.module == "django.utils.translation" for name in one.names]
    known = {name.asname or name.name for name in imported if "gettext" in name.name}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in known:
            yield node


def spoken_in_code() -> set[str]:
    files = [file for folder in ("bwob", *settings.LINES) for file in ROOT.glob(f"{folder}/**/*.py")]
    arguments = (call.args[0] for file in files for call in calls(ast.parse(file.read_text())))
    return {argument.value for argument in arguments if isinstance(argument, ast.Constant)}


def test_every_text_in_the_code_stands_in_the_catalogue() -> None:
    """makemessages overlooks a text inside an f-string and one behind another name for gettext."""
    missing = spoken_in_code() - msgids(CATALOGUE)

    assert missing == set()


def test_no_sentence_is_longer_than_twenty_five_words_and_the_mean_is_at_most_fifteen() -> None:
    lengths = {sentence: len(sentence.split()) for sentence in sentences()}

    assert [sentence for sentence, length in lengths.items() if length > 25] == []
    assert statistics.mean(lengths.values()) <= 15


@pytest.mark.parametrize(
    "unwanted",
    [
        r"\b[Uu]w?\b",
        r"'",
        r'"',
        r"\.\.\.",
        r"\b[Ee]mail",
        r"\b(?:middels|aangaande|betreffende|derhalve)\b",
    ],
    ids=["formal", "straight apostrophe", "straight quotation mark", "three dots", "e-mail", "office words"],
)
def test_the_dutch_has_no_such_words_or_signs(unwanted: str) -> None:
    assert [text for text in dutch() if re.search(unwanted, text)] == []


def test_the_texts_of_packages_that_we_say_otherwise_are_still_theirs() -> None:
    """One that a new version dropped may go from the list, with its Dutch."""
    listed = [*wording.SIGNING_IN, *wording.ADDRESSES, *wording.SECOND_STEP, *wording.ADMINISTRATION]
    theirs = {
        text
        for package in PACKAGES
        for catalogue in package.glob("**/locale/en/LC_MESSAGES/django.po")
        for text in msgids(catalogue)
    }

    assert [text for text in listed if text not in theirs] == []
