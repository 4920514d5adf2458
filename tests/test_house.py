"""The house style, kept by tools: everything CI runs besides the tests of the portal itself."""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
PRODUCTION = {
    "BWOB_MODE": "production",
    "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "DATABASE_URL": "postgresql://portal@database.example/portal",
    "BWOB_HOSTS": "bwob.example",
    "BWOB_ORIGIN": "https://bwob.example",
    "BWOB_SMTP_HOST": "mail.bwob.example",
    "BWOB_MAIL_FROM": "BWOB <portaal@bwob.example>",
    "BWOB_CONTACT": "programma@bwob.example",
    "BWOB_SECURITY_CONTACT": "mailto:security@bwob.example",
}
PYTHON = [
    path
    for folder in ("bwob", *settings.LINES, "tests")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES = sorted(path for kind in ("html", "txt") for path in (ROOT / "templates").rglob(f"*.{kind}"))
BANNED_MODULES = {"utils", "helpers", "services", "common", "mixins"}
BANNED_CLASSES = re.compile(r"^(Base[A-Z]\w*|\w+(Manager|Service|Helper|Base|Mixin|Mixins))$")
BANNED_FUNCTIONS = re.compile(r"^_?(get|do|handle|process)_")
DJANGO_HOOKS = {
    "UserManager": "Django's name for what makes users",
    "get_queryset": "hook of ModelAdmin",
    "get_list_filter": "hook of ModelAdmin",
    "get_ordering": "hook of ModelAdmin",
    "get_fields": "hook of ModelAdmin",
    "get_form": "hook of ModelAdmin",
    "get_model_perms": "hook of ModelAdmin",
    "get_readonly_fields": "hook of ModelAdmin",
    "get_search_results": "hook of ModelAdmin",
    "get_actions": "hook of ModelAdmin",
    "get_urls": "hook of AdminSite and ModelAdmin",
    "get_app_list": "hook of AdminSite",
    "get_export_queryset": "hook of django-import-export",
    "get_absolute_url": "Django's name for the page of a record",
    "get_context": "hook of Widget",
    "get_initial_for_field": "hook of Form",
    "handle": "hook of BaseCommand",
    "do_GET": "hook of BaseHTTPRequestHandler",
    "do_POST": "hook of BaseHTTPRequestHandler",
    "handle_no_permission": "hook of LoginRequiredMiddleware",
    "process_view": "hook of middleware",
    "process_exception": "hook of middleware",
    "process_template_response": "hook of middleware",
    "get_response": "what Django calls the next layer of middleware",
    "get_help_text": "hook of password validators",
    "get_login_redirect_url": "hook of allauth's adapter",
    "get_reset_password_from_key_url": "hook of allauth's adapter",
    "get_from_email": "hook of allauth's adapter",
}
DOORS = re.compile(r"(^|/)(views|admin|forms|filters|api|feeds|home)(\.py$|/)")
"""Files through which people come in: they read rows by a named set only."""
SCOPED = {
    "visible_to": "what this person may see",
    "manageable_by": "what this person manages",
    "open": "open exchanges are public",
    "once_public": "that they existed is no secret",
    "like": "open exchanges that resemble one, public",
    "current": "bodies that exist, public",
    "named": "places by name, public",
    "none": "no rows at all",
    "managed_by": "editions of PITCH that this person leads",
    "of_edition": "scores without names, public with the result",
    "upheld_in": "answers that changed a result, public",
    "invited_with": "the invitation that a link from a mail opens",
}


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - fixed programs on our own files
        words, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False
    )


def accepts(name: str, *words: str, **environment: str) -> None:
    """Run a tool of the virtual environment; what it complains about is the failure."""
    done = run(str(TOOLS / name), *words, **environment)
    if done.returncode:
        pytest.fail(f"{name} {words[0]}\n{done.stdout}{done.stderr}", pytrace=False)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_python_is_formatted():
    accepts("ruff", "format", "--check", ".")


def test_python_is_linted():
    accepts("ruff", "check", "--output-format=concise", ".")


def test_templates_are_formatted():
    pages = [str(path) for path in TEMPLATES if path.suffix == ".html"]

    accepts("djade", "--check", "--target-version", "6.1", *pages)


def test_types_fit():
    accepts("mypy", "bwob", *settings.LINES)


def test_imports_respect_the_contracts():
    accepts("lint-imports", "--no-logo")


def test_models_and_migrations_agree():
    accepts("python", "manage.py", "makemigrations", "--check", "--dry-run")


@pytest.mark.usefixtures("built")
def test_production_settings_pass_the_deployment_check():
    accepts("python", "manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)


@pytest.mark.parametrize(
    "missing", ["SECRET_KEY", "DATABASE_URL", "BWOB_HOSTS", "BWOB_ORIGIN", "BWOB_SECURITY_CONTACT"]
)
def test_production_does_not_start_without(missing):
    environment = {name: value for name, value in os.environ.items() if name not in PRODUCTION}
    settings = {name: value for name, value in PRODUCTION.items() if name != missing}

    done = subprocess.run(
        [sys.executable, "-c", "import bwob.settings"],
        cwd=ROOT,
        env=environment | settings,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert f"The environment must set {missing}" in done.stderr.splitlines()[-1]


def test_packages_have_no_known_holes():
    done = run(str(TOOLS / "pip-audit"), "--local", "--progress-spinner=off", "--format=json", "--timeout=15")
    if not done.stdout:
        pytest.skip(f"pip-audit cannot reach the register of known holes: {done.stderr.strip()[-200:]}")
    packages = json.loads(done.stdout)["dependencies"]
    if all("skip_reason" in package for package in packages):
        pytest.skip("pip-audit: the register of known holes cannot be reached from here")

    assert [package for package in packages if package.get("vulns")] == []


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{named(path)}:{node.lineno} {node.name}", node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_function_is_longer_than_forty_lines():
    assert [f"{place}: {length(node)}" for place, node in functions() if length(node) > 40] == []


def test_half_of_the_functions_have_at_most_eight_lines():
    lengths = sorted(length(node) for place, node in functions() if not place.startswith("tests/"))

    assert lengths[len(lengths) // 2] <= 8


def test_no_view_is_longer_than_twenty_lines():
    long = [
        f"{place}: {length(node)}"
        for place, node in functions()
        if re.search(r"/views(\.py|/)", place) and is_view(node) and length(node) > 20
    ]

    assert long == []


def is_view(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return bool(node.decorator_list) and [arg.arg for arg in node.args.args[:1]] == ["request"]


@pytest.mark.parametrize(("files", "budget"), [(PYTHON, 400), (TEMPLATES, 120)], ids=["python", "templates"])
def test_no_file_is_longer_than_its_budget(files, budget):
    counts = {named(path): len(path.read_text().splitlines()) for path in files}

    assert {name: count for name, count in counts.items() if count > budget} == {}


def test_own_javascript_is_small():
    sources = {path: path.read_text() for path in (ROOT / "static/js").rglob("*.js")}

    assert sum(len(text.encode()) for text in sources.values()) <= 10_000
    assert [named(path) for path, text in sources.items() if len(text.splitlines()) >= 60] == []


def test_no_drawer_has_a_banned_name():
    assert [named(path) for path in PYTHON if BANNED_MODULES & {path.stem, *path.parts}] == []


def test_names_are_verbs_adjectives_and_things():
    nodes = [(named(path), node) for path in PYTHON for node in ast.walk(ast.parse(path.read_text()))]
    classes = [(place, node.name) for place, node in nodes if isinstance(node, ast.ClassDef)]
    acts = [(place, node.name) for place, node in nodes if isinstance(node, ast.FunctionDef)]

    banned = [(place, name) for place, name in classes if BANNED_CLASSES.match(name)]
    banned += [(place, name) for place, name in acts if BANNED_FUNCTIONS.match(name)]

    assert [(place, name) for place, name in banned if name not in DJANGO_HOOKS] == []


def bare_reads(source: str) -> list[str]:
    """Rows read in this source by another door than a set with a name of its own."""
    tree = ast.parse(source)
    named_calls = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in SCOPED
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "_base_manager"):
            if id(node) not in named_calls:
                found.append(f"{node.lineno}: {ast.unparse(node)}")
        elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("get_object_or_404"):
            first = ast.unparse(node.args[0])
            if "." not in first and first[:1].isupper():
                found.append(f"{node.lineno}: get_object_or_404({first})")
    return found


@pytest.mark.parametrize(
    "source",
    [
        "Application.objects.all()",
        "Application.objects.filter(key=key)",
        "rows = Application.objects",
        "Application._default_manager.get(pk=1)",
        "get_object_or_404(Application, key=key)",
    ],
)
def test_a_bare_read_is_noticed(source):
    assert len(bare_reads(source)) == 1


def test_a_read_through_sight_is_no_bare_read():
    assert bare_reads("get_object_or_404(Application.objects.visible_to(user).sent(), key=key)") == []


def test_people_come_in_through_sight_only():
    doors = [path for path in PYTHON if DOORS.search(named(path)) and "tests" not in path.parts]

    assert [f"{named(path)}:{read}" for path in doors for read in bare_reads(path.read_text())] == []
