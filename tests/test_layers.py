"""Foreign keys obey the order of the import contracts too, also those written as text."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

KERNEL = ["people", "privacy", "organisations"]
CONTRACTS = {
    contract["id"]: contract
    for contract in tomllib.loads(Path("pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}
STOREYS = [layer.split(" | ") for layer in CONTRACTS["lines"]["layers"][:-1]] + [[app] for app in KERNEL]
"""The apps from top to bottom: the lines as their contract orders them, then the kernel in its order."""


def floor(label: str) -> int:
    """How high an app stands; packages stand below all, at 0."""
    return next((len(STOREYS) - depth for depth, storey in enumerate(STOREYS) if label in storey), 0)


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


def points_sideways(field: models.ForeignKey) -> bool:
    own, target = field.model._meta.app_label, field.related_model._meta.app_label
    return own != target and floor(own) == floor(target)


def test_lines_side_by_side_do_not_point_at_each_other():
    assert [str(field) for field in foreign_keys() if points_sideways(field)] == []


def test_every_app_of_ours_has_its_storey():
    kernel = {app.label for app in apps.get_app_configs() if app.name.startswith("bwob.")}

    assert kernel == set(KERNEL)
    assert sorted(settings.LINES) == sorted(app for storey in STOREYS for app in storey if app not in KERNEL)


@pytest.mark.parametrize("contract", ["lines", "kernel", *KERNEL, *settings.LINES])
def test_every_app_of_ours_has_an_import_contract(contract):
    assert contract in CONTRACTS
