"""Breaks code on purpose, one place at a time, and says which breaks no test notices.

    ./portal test --reuse-db -q tests/pitch/test_judging.py   # once: makes the database that is used here
    .venv/bin/python -m tests.mutating tally                  # or: guards, triggers; then part of a name

`tally` and `guards` change functions in memory, `triggers` those of triggers in the test database (and puts
them back). Each break runs its tests in a process of its own. No test does this: it takes minutes.
"""

import ast
import copy
import importlib
import logging
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

PITCH = "tests/pitch/"
TALLY = [f"{PITCH}test_tally.py", f"{PITCH}test_telling.py"]
GUARDS = f"{PITCH}test_guards.py"
JUDGING = [GUARDS, f"{PITCH}test_judging.py"]
AUDIENCE = [GUARDS, f"{PITCH}test_audience.py"]
EDITIONS = [GUARDS, f"{PITCH}test_editions.py"]
PYTHON = {
    "tally": [("pitch.tally", None, TALLY)],
    "guards": [
        ("pitch.judging", ["off_scale", "cast", "put_in_box", "closed", "refusal", "paper"], JUDGING),
        ("pitch.closing", ["close", "ballots_open", "without_quorum", "seal_of"], JUDGING),
        ("pitch.audience", ["prepare", "open_for", "vote", "use", "refusal", "is_known", "count"], AUDIENCE),
        ("pitch.opening", ["hand_in", "open_unsealed", "last_contents"], [*EDITIONS, *JUDGING]),
        ("pitch.recusing", None, [*EDITIONS, *JUDGING]),
    ],
}
TRIGGERS = {
    "Ballot:guard": JUDGING,
    "Assignment:settled": JUDGING,
    "Rules:frozen": EDITIONS,
    "Criterion:frozen": EDITIONS,
    "AudienceVote:open_now": AUDIENCE,
    "AudienceVoter:open_now": AUDIENCE,
    "AudienceCode:open_now": AUDIENCE,
}
APPENDED = {"Ballot": JUDGING, "Receipt": JUDGING, "AudienceVote": AUDIENCE}
OPTIONS = ["-x", "-q", "-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:randomly"]
OPTIONS += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
SQL = [
    (r"IS DISTINCT FROM", "IS NOT DISTINCT FROM"),
    (r"IS NOT NULL", "IS NULL"),
    (r"IS NULL", "IS NOT NULL"),
    (r"NOT IN", "IN"),
    (r"<>", "="),
    (r">=", ">"),
    (r">=", "<"),
    (r"(?<!<) < ", " >= "),
    (r"\bOR\b", "AND"),
    (r"\bAND\b", "OR"),
    (r"FOR SHARE", ""),
    (r"clock_timestamp\(\)", "now()"),
    (r"RAISE EXCEPTION[^;]*;", "NULL;"),
    (r"'(judging|draft|card|account|admission|rehearsal)'", "'other'"),
    (r"NEW\.cast_at = clock_timestamp\(\);", ""),
]
COMPARED: dict[type[ast.cmpop], list[type[ast.cmpop]]] = {
    ast.Lt: [ast.LtE, ast.GtE],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
}
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


class Mutant(NamedTuple):
    """`where` is for people; `tree` is the whole module with one thing broken."""

    where: str
    tree: ast.Module


def broken(node: ast.AST) -> Iterator[ast.AST]:
    """This node in each way in which it can be broken."""
    match node:
        case ast.Compare(ops=[only]):
            for other in COMPARED.get(type(only), []):
                yield ast.Compare(node.left, [other()], node.comparators)
        case ast.BinOp() if type(node.op) in COUNTED:
            yield ast.BinOp(node.left, COUNTED[type(node.op)](), node.right)
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.If() | ast.IfExp():
            yield replaced(node, test=ast.Constant(True))
            yield replaced(node, test=ast.Constant(False))
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()


def replaced(node: ast.AST, **fields: Any) -> ast.AST:
    other = copy.copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def mutants(source: str, functions: list[str] | None) -> Iterator[Mutant]:
    """Of these functions; of all, and of all classes, when none are named."""
    tree = ast.parse(source)
    for top in tree.body:
        wanted = functions is None or getattr(top, "name", "") in functions
        if isinstance(top, ast.FunctionDef | ast.ClassDef) and wanted:
            for parent in ast.walk(top):
                yield from below(tree, parent)


def below(tree: ast.Module, parent: ast.AST) -> Iterator[Mutant]:
    """Each child of this node, broken and put back."""
    for name, value in ast.iter_fields(parent):
        if name in ("decorator_list", "annotation", "returns"):
            continue
        row = value if isinstance(value, list) else [value]
        for place, child in enumerate(row):
            for other in broken(child) if isinstance(child, ast.AST) else ():
                fixed = ast.fix_missing_locations(ast.copy_location(other, child))
                put(parent, name, place, fixed)
                changed = f"{ast.unparse(child)[:60]!r} → {ast.unparse(fixed)[:60]!r}"
                yield Mutant(f"line {getattr(child, 'lineno', '?')}: {changed}", tree)
                put(parent, name, place, child)


def put(parent: ast.AST, name: str, place: int, child: ast.AST) -> None:
    value = getattr(parent, name)
    if isinstance(value, list):
        value[place] = child
    else:
        setattr(parent, name, child)


def is_noticed(tests: list[str], change: Any = None) -> bool:
    """Do the tests fail after the change? In a process of its own, which the change leaves with."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] != 0
    try:
        with open(os.devnull, "w") as silence:
            os.dup2(silence.fileno(), 1)
            os.dup2(silence.fileno(), 2)
        if change:
            change()
        there = [path for path in tests if os.path.exists(path)]
        os._exit(int(pytest.main([*OPTIONS, *there])))
    finally:
        os._exit(1)


def of_python(group: str, only: str) -> Iterator[tuple[str, bool]]:
    for name, functions, tests in PYTHON[group]:
        if only not in name:
            continue
        module = importlib.import_module(name)
        for mutant in mutants(Path(str(module.__file__)).read_text(encoding="utf-8"), functions):
            code = compile(mutant.tree, str(module.__file__), "exec")
            yield (
                f"{name} {mutant.where}",
                is_noticed(tests, lambda code=code, module=module: exec(code, module.__dict__)),  # noqa: S102
            )


def of_triggers(only: str) -> Iterator[tuple[str, bool]]:
    """Each function of a trigger as it stands in the test database, broken there and put back."""
    for name, function, body, tests in functions_of_triggers():
        for pattern, other in SQL if only in name else []:
            for found in re.finditer(pattern, body):
                changed = body[: found.start()] + found.expand(other) + body[found.end() :]
                run_sql(function.replace(body, changed))
                yield f"{name}: {found[0][:50]!r} → {other!r}", is_noticed(tests)
                run_sql(function)
    for model, tests in APPENDED.items():
        for trigger in ("append_only", "no_truncate") if only in model else ():
            table, full = table_and_trigger(model, trigger)
            run_sql(f"ALTER TABLE {table} DISABLE TRIGGER {full}")
            yield f"{model}:{trigger} off", is_noticed(tests)
            run_sql(f"ALTER TABLE {table} ENABLE TRIGGER {full}")


def functions_of_triggers() -> Iterator[tuple[str, str, str, list[str]]]:
    import pgtrigger

    for uri, tests in TRIGGERS.items():
        model, trigger = next(pair for pair in pgtrigger.registered(f"pitch.{uri}"))
        made = trigger.get_pgid(model)
        (function,) = run_sql("SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = %s", made)
        body = str(trigger.get_func(model))
        assert body in function, uri
        yield uri, function, body, tests


def table_and_trigger(model: str, name: str) -> tuple[str, str]:
    import pgtrigger

    found, trigger = next(pair for pair in pgtrigger.registered(f"pitch.{model}:{name}"))
    return found._meta.db_table, trigger.get_pgid(found)


def run_sql(sql: str, *values: str) -> tuple[Any, ...]:
    """On a connection of its own to the test database, closed before anything forks."""
    import psycopg
    from django.db import connection

    facts = connection.get_connection_params()
    address = {name: facts[name] for name in ("user", "host", "port") if name in facts}
    with psycopg.connect(**address, dbname=facts["dbname"], autocommit=True) as db:
        done = db.execute(sql.encode(), values or None)
        return tuple(done.fetchone() or ()) if done.description else ()


def main(group: str, only: str = "", database: str = "test_postgres") -> None:
    import django

    import tests.database  # noqa: F401 - starts the server, before the settings are read

    os.environ["DJANGO_SETTINGS_MODULE"] = "bwob.settings"
    django.setup()
    from django.core import management
    from django.db import connection
    from django.test import utils

    utils.setup_databases = lambda *_words, **_options: []  # it is there already
    utils.teardown_databases = lambda *_words, **_options: None
    for module in ("bwob.urls", "tests.conftest", "tests.make", "tests.pitch.editions"):
        importlib.import_module(module)  # once, not in each process
    connection.settings_dict["NAME"] = database
    logging.disable(logging.INFO)
    management.call_command("pgtrigger", "install")  # a run that was broken off left one broken
    connection.close()
    if is_noticed(TALLY if group == "tally" else [*JUDGING, *AUDIENCE, *EDITIONS]):
        sys.exit("The tests fail before anything was broken.")
    total = caught = 0
    for where, noticed in of_triggers(only) if group == "triggers" else of_python(group, only):
        total, caught = total + 1, caught + noticed
        if not noticed:
            print(f"not noticed: {where}", flush=True)
    print(f"{group}: {caught} of {total} noticed ({100 * caught / total:.0f} %)")


if __name__ == "__main__":
    main(*sys.argv[1:])
