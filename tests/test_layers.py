"""Foreign keys obey the order of the import contracts too, also those written as text."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

LINES = ["mobility"]
KERNEL = ["people", "privacy", "organisations"]


def floor(label: str) -> int:
    """How high an app stands: packages below all, the kernel in its order, then the lines."""
    storeys = [*LINES, *KERNEL]
    return len(storeys) - storeys.index(label) if label in storeys else 0


def foreign_keys() -> list[models.ForeignKey]:
    """Those of our own models; the history models, which package pghistory makes, point where they point."""
    return [
        field
        for model in apps.get_models()
        if floor(model._meta.app_label) and not hasattr(model, "pgh_tracked_model")
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
    ]


def points_upwards(field: models.ForeignKey) -> bool:
    target = field.related_model._meta
    is_person = target.label == settings.AUTH_USER_MODEL
    return not is_person and floor(target.app_label) > floor(field.model._meta.app_label)


def test_no_foreign_key_points_upwards():
    assert [str(field) for field in foreign_keys() if points_upwards(field)] == []


def test_lines_side_by_side_do_not_point_at_each_other():
    sideways = [
        str(field)
        for field in foreign_keys()
        if field.model._meta.app_label in LINES
        and field.related_model._meta.app_label in LINES
        and field.related_model._meta.app_label != field.model._meta.app_label
    ]

    assert sideways == []


def test_every_app_of_ours_has_its_storey():
    ours = {app.label for app in apps.get_app_configs() if app.name.split(".")[0] in ("bwob", *LINES)}

    assert ours - {"bwob"} == {*LINES, *KERNEL}


@pytest.mark.parametrize("contract", ["lines", "kernel", *KERNEL, *LINES])
def test_every_app_of_ours_has_an_import_contract(contract):
    linter = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["importlinter"]

    assert contract in [one["id"] for one in linter["contracts"]]
