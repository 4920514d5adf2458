"""The admin, looked at through all its windows: filters, search, sorting, actions, autocomplete, links."""

import itertools
from collections.abc import Iterator

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import HttpResponse

from tests.sight.lines import LINES
from tests.sight.matrix import canaries_in, state_of, undone
from tests.sight.pages import address, steady
from tests.sight.world import World

STAFF = ["hr_own", "hr_lender", "hr_strange", "programme", "officer"]
OF_ALL = {"body", "place", "region"}.union(*(line.OF_ALL for line in LINES))
"""What is B's own, or in the public register."""
HIDDEN = {"hr_own": {"person-applicant", "view", "claim"}, "programme": {"view", "claim"}}
VISIBLE = {
    "hr_lender": {"person-applicant"},
    "hr_strange": set(),
    "officer": {"person-applicant", "person-manager", "person-hr_own", "membership", "view", "term"},
}
CHOICES_TRIED = 4  # of each filter


def office_findings(world: World, role: str, only: str = "") -> Iterator[str]:
    """What this role can see or do too much, in all lists or in that of one model."""
    for model_admin in list(admin.site._registry.values()):
        if only and model_admin.opts.model_name != only:
            continue
        finds = (look_at_list, act, complete, add) if is_open(world, role, model_admin) else ()
        for finding in itertools.chain.from_iterable(find(world, role, model_admin) for find in finds):
            yield f"{model_admin.model.__name__} as {role}: {finding}"
    for finding in () if only else follow(world, role):
        yield f"view on site as {role}: {finding}"


def list_of(model_admin: ModelAdmin) -> str:
    options = model_admin.opts
    return address(f"admin:{options.app_label}_{options.model_name}_changelist")


def is_open(world: World, role: str, model_admin: ModelAdmin) -> bool:
    with undone():
        return world.client(role).get(list_of(model_admin)).status_code == 200


def secrets(world: World, role: str, model: type[models.Model]) -> set[int]:
    """The rows of this model that this role may not see in the admin."""
    if role in HIDDEN:
        hidden = HIDDEN[role].union(*(line.HIDDEN.get(role, ()) for line in LINES))
    else:
        seen = VISIBLE.get(role, set()).union(*(line.VISIBLE.get(role, ()) for line in LINES))
        hidden = set(world.records) - seen - OF_ALL
    return {world.records[name].pk for name in hidden if isinstance(world.records[name], model)}


def look_at_list(world: World, role: str, model_admin: ModelAdmin) -> Iterator[str]:
    """The list as it stands, and by each filter, search word, order and trick of the address."""
    client, secret = world.client(role), secrets(world, role, model_admin.model)
    with undone():
        plain = client.get(list_of(model_admin))
        for query in queries(world, plain):
            response = client.get(list_of(model_admin) + query)
            if response.status_code not in (200, 302, 400):
                yield f"{query} answers {response.status_code}"
            for word in canaries_in(world, role, response, query):
                yield f"{query}: {word}"
            shown = response.context_data["cl"].result_list if response.status_code == 200 else ()
            if {row.pk for row in shown} & secret:
                yield f"{query} lists hidden rows"


def queries(world: World, plain: HttpResponse) -> Iterator[str]:
    changelist = plain.context_data["cl"]
    yield from ("?", "?q=kanarie", "?all=", "?_popup=1", "?_to_field=id", "?_to_field=email", "?p=2")
    yield from (f"?o={number}" for number in range(1, len(changelist.list_display)))
    for spec in changelist.filter_specs:
        choices = itertools.islice(spec.choices(changelist), 1, 1 + CHOICES_TRIED)
        yield from (choice["query_string"] for choice in choices)
    for field in changelist.opts.get_fields():
        if isinstance(field, models.ForeignKey):
            yield f"?{field.name}__id__exact={row_of(world, field.related_model)}"
            yield f"?{field.name}__pk__gte=0"


def row_of(world: World, model: type[models.Model]) -> int:
    """A row of A, or of somebody who has to do with it."""
    known = [*world.records.values(), *world.people.values(), world.a]
    return next((record.pk for record in known if isinstance(record, model)), 1)


def act(world: World, role: str, model_admin: ModelAdmin) -> Iterator[str]:
    """Each action on rows that are hidden, picked one by one and all at once."""
    client, secret = world.client(role), secrets(world, role, model_admin.model)
    with undone():
        form = client.get(list_of(model_admin)).context_data["action_form"]
    for action in [name for name, _label in form.fields["action"].choices if name] if form else ():
        for across in ("0", "1"):
            with undone():
                before = state_of(world)
                chosen = {"action": action, "_selected_action": sorted(secret), "select_across": across}
                response = client.post(list_of(model_admin), chosen)
                words = list(canaries_in(world, role, response))
                is_unchanged = role not in ("hr_lender", "hr_strange", "officer") or state_of(world) == before
            if response.status_code not in (200, 302, 403):
                yield f"{action} answers {response.status_code}"
            if not is_unchanged:
                yield f"{action} changed hidden rows"
            yield from (f"{action}: {word}" for word in words)


def complete(world: World, role: str, model_admin: ModelAdmin) -> Iterator[str]:
    """What the search box of every foreign key of this model offers."""
    client, options = world.client(role), model_admin.opts
    for field in options.get_fields():
        if not isinstance(field, models.ForeignKey):
            continue
        source = {
            "app_label": options.app_label,
            "model_name": options.model_name,
            "field_name": field.name,
            "term": "kanarie",
        }
        with undone():
            response = client.get(address("admin:autocomplete"), source)
        for word in canaries_in(world, role, response):
            yield f"autocomplete of {field.name}: {word}"
        if response.status_code == 200:
            offered = {int(row["id"]) for row in response.json()["results"]}
            if offered & secrets(world, role, field.related_model):
                yield f"autocomplete of {field.name} offers hidden rows"


def follow(world: World, role: str) -> Iterator[str]:
    """The short link that Django's admin has to a record's own page, for all that this role may not see."""
    client = world.client(role)
    public = tuple(start for line in LINES for start in line.PUBLIC)
    for name, record in world.records.items():
        if name.startswith(public) or record.pk not in secrets(world, role, type(record)):
            continue
        kind = ContentType.objects.get_for_model(record).pk
        with undone():
            shown, absent = f"beheer/r/{kind}/{record.pk}/", f"beheer/r/{kind}/999999999/"
            response, nothing = client.get(f"/en/{shown}"), client.get(f"/en/{absent}")
        if steady(response, shown) != steady(nothing, absent):
            yield f"{name} differs from what does not exist"
        yield from canaries_in(world, role, response)


def add(world: World, role: str, model_admin: ModelAdmin) -> Iterator[str]:
    """A new record that points at a hidden one; the answer must be that of one that does not exist."""
    client, options = world.client(role), model_admin.opts
    form = address(f"admin:{options.app_label}_{options.model_name}_add")
    for field in options.get_fields():
        if not isinstance(field, models.ForeignKey):
            continue
        for hidden in sorted(secrets(world, role, field.related_model))[:3]:
            with undone():
                response = client.post(form, {field.name: hidden})
                nothing = client.post(form, {field.name: 999999999})
            yield from canaries_in(world, role, response)
            if steady(response, str(hidden)) != steady(nothing, "999999999"):
                yield f"adding one of {field.name} differs from what does not exist"
