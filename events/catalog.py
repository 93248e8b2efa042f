"""Everything there is: the resources found in `events/resources/`, their commands and their events (A5).

A new kind of record is one new file in that folder. Nothing else lists them: table, routes, schemas and contract tests
are made from this catalog.
"""

import hashlib
import importlib
import json
import pkgutil
from collections.abc import Iterable
from functools import cached_property
from types import ModuleType
from typing import Any

from events import resources as resource_folder
from events.errors import NotFound, Unknown
from events.resource import Command, Resource
from stores.record import Record


class Catalog:
    """The resources by plural, the commands by name. ValueError where two claim the same name or a reference leads nowhere."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self.resources: dict[str, Resource] = {}
        self.commands: dict[str, Command] = {}
        self._of_class: dict[type[Record], Resource] = {}
        for resource in resources:
            self._add(resource)
        self._check_references()

    def _add(self, resource: Resource) -> None:
        twice = ({resource.plural} & self.resources.keys()) | (resource.commands.keys() & self.commands.keys())
        if twice:
            raise ValueError(f"declared twice: {', '.join(sorted(twice))}")
        self.resources[resource.plural] = resource
        self.commands.update(resource.commands)
        self._of_class[resource.record] = resource

    def _check_references(self) -> None:
        for resource in self.resources.values():
            for name, refers in resource.references.items():
                if refers.to not in self.resources:
                    raise ValueError(f"{resource.plural}.{name} refers to {refers.to}, which is not a resource")

    @property
    def record_classes(self) -> dict[str, type[Record]]:
        """Plural → record class: what the stores make tables from."""
        return {plural: resource.record for plural, resource in self.resources.items()}

    @property
    def events(self) -> dict[str, Resource]:
        """Every event's name → the resource it tells of."""
        found: dict[str, Resource] = {}
        for resource in self.resources.values():
            standard = (f"{resource.noun}_created", f"{resource.noun}_updated")
            named = (name for c in resource.commands.values() for name in (c.event, c.personal) if name)
            found.update(dict.fromkeys((*standard, *named), resource))
        return found

    def command(self, name: object) -> Command:
        """The command of this name, or `Unknown`."""
        command = self.commands.get(name) if isinstance(name, str) else None
        if command is None:
            raise Unknown("There is no such command.")
        return command

    def wire_resource(self, plural: object) -> Resource:
        """The resource of this plural that clients may know of, or `NotFound`."""
        resource = self.resources.get(plural) if isinstance(plural, str) else None
        if resource is None or resource.private:
            raise NotFound("There is no such kind of record.")
        return resource

    def wire_command(self, name: object) -> Command:
        """The command of this name that clients may use, or `Unknown`."""
        command = self.command(name)
        if not command.on_wire:
            raise Unknown("There is no such command.")
        return command

    @property
    def wire_plurals(self) -> tuple[str, ...]:
        """The resources that clients know of."""
        return tuple(plural for plural, resource in self.resources.items() if not resource.private)

    def of(self, record: Record) -> Resource:
        """The resource that a record is one of."""
        return self._of_class[type(record)]

    @cached_property
    def mark(self) -> str:
        """A fingerprint of what stored events look like: when it changes, old events are not replayed (F8)."""
        # Made from the JSON schema: a field's annotation, printed, holds addresses of functions, and each start once had
        # another mark, so that every client took a snapshot after every restart.
        shape = {resource.plural: _public_schema(resource) for resource in self.resources.values()}
        return hashlib.sha256(json.dumps(shape, sort_keys=True).encode()).hexdigest()[:16]


def _public_schema(resource: Resource) -> dict[str, Any]:
    """The JSON schema of each field that clients see, all from one schema: one a field took 0.2 s of each start."""
    properties = resource.record.model_json_schema(mode="serialization")["properties"]
    return {name: properties[name] for name in resource.public_fields}


def discover(extra: Iterable[Resource] = ()) -> Catalog:
    """The catalog of all resource files, and of `extra` ones that a test brings along."""
    names = sorted(module.name for module in pkgutil.iter_modules(resource_folder.__path__))
    modules = [importlib.import_module(f"{resource_folder.__name__}.{name}") for name in names]
    found = [resource for module in modules for resource in _resources_of(module)]
    return Catalog([*found, *extra])


def _resources_of(module: ModuleType) -> list[Resource]:
    """The resources a module makes itself; one it imported belongs to its own file."""
    return [
        value for value in vars(module).values()
        if isinstance(value, Resource) and value.record.__module__ == module.__name__
    ]  # fmt: skip
