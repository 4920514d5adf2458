"""The image and the composition of containers, as far as can be seen without an engine that builds them."""

import re
from pathlib import Path

import yaml
from django.conf import settings

from bwob.environment import KNOWN
from tests.test_house import PRODUCTION

ROOT = Path(settings.BASE_DIR)
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
OTHERS = {"SECRET_KEY", "DATABASE_URL", "BIND", "WEB_CONCURRENCY"}
NEEDED = set(PRODUCTION) - {"BWOB_MODE"}
PATTERNS = [
    (not line.startswith("!"), line.lstrip("!"))
    for line in (ROOT / ".dockerignore").read_text().splitlines()
    if line and not line.startswith("#")
]
LEFT_OUT = ["tests", "docs", ".git", ".env", "mobility/sample/people.toml", "pitch/sample/__init__.py"]


def goes_along(path: str) -> bool:
    """Is this file sent to the builder? The last pattern of .dockerignore that fits decides."""
    verdicts = [is_ignored for is_ignored, pattern in PATTERNS if expression(pattern).fullmatch(path)]
    return not (verdicts and verdicts[-1])


def expression(pattern: str) -> re.Pattern[str]:
    """A pattern of .dockerignore also fits what lies below it."""
    words = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
    return re.compile(f"{words}(?:/.*)?")


def test_every_line_of_the_portal_is_in_the_image_and_compiled():
    compiled = set(re.search(r"compileall -q ([\w ]+)", DOCKERFILE)[1].split())

    assert compiled == {"bwob", *settings.LINES}
    assert [name for name in compiled if not goes_along(f"{name}/__init__.py")] == []


def test_what_the_dockerfile_copies_exists_and_is_sent_along():
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    sources = {source for words in copied for source in words.split()} - {"."}

    assert sources >= {"package.json", "uv.lock", "templates"}
    assert [name for name in sources if not ((ROOT / name).exists() and goes_along(name))] == []


def test_no_sample_data_tests_or_secrets_go_along():
    assert [path for path in LEFT_OUT if goes_along(path)] == []


def test_building_gives_the_settings_that_production_needs():
    assert set(re.findall(r"\b(BWOB_\w+|SECRET_KEY|DATABASE_URL)=\S", DOCKERFILE)) == NEEDED


def test_the_containers_are_given_settings_that_the_portal_knows():
    for name in ("web", "worker", "migrate"):
        given = set(COMPOSE["services"][name]["environment"]) - {"WEB_PASSWORD"}
        assert given >= NEEDED, name
        assert given <= {*KNOWN, *OTHERS}, name


def test_the_containers_run_without_rights_and_without_secrets_of_their_own():
    assert re.findall(r"^USER (\d+)$", DOCKERFILE, re.MULTILINE) == ["10001"]
    for name in ("web", "worker", "migrate"):
        service = COMPOSE["services"][name]
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    secrets = re.findall(r"(?:SECRET_KEY|PASSWORD): (.*)$", (ROOT / "compose.yaml").read_text(), re.MULTILINE)
    assert [value for value in secrets if not value.startswith("${")] == []
