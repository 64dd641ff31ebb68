import json
from argparse import ArgumentParser
from collections.abc import Iterator
from functools import partial
from inspect import getclosurevars
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import URLResolver

from haven.casework.access.routes import Declared

METHODS = ["GET", "POST"]


class Command(BaseCommand):
    help = "List every address: who may open it, by what rule on the object, and whether it shows people."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(routes())
        undeclared = [route["path"] for route in found if not route["roles"]]
        if undeclared:
            raise CommandError(f"These addresses do not say who may open them: {', '.join(undeclared)}")
        lines = [f"{route['path']}  {route['name']}  {', '.join(route['roles'])}" for route in found]
        self.stdout.write(json.dumps(found) if options["json"] else "\n".join(lines))


def routes() -> Iterator[dict[str, Any]]:
    """Every address of this copy of Haven, with what its view declares; no roles where it declares nothing."""
    for path, name, pattern in addresses(get_resolver()):
        declared: Declared | None = getattr(pattern.callback, "declared", None)
        yield {
            "name": name,
            "path": f"/{path}",
            "methods": methods_of(pattern),
            "roles": list(declared.roles) if declared else [],
            "object_rule": declared.rule if declared else "none",
            "personal_data": bool(declared and declared.personal),
        }


def addresses(
    resolver: URLResolver, before: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, URLPattern]]:
    """Each pattern with its whole path and its name as `reverse` takes it."""
    for entry in resolver.url_patterns:
        path = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, path, (*spaces, entry.namespace) if entry.namespace else spaces)
        else:
            yield path, ":".join((*spaces, entry.name or "")), entry


def methods_of(pattern: URLPattern) -> list[str]:
    """The methods the view answers, where a decorator or its class says so; otherwise those our views tell apart."""
    view: Any = pattern.callback
    said = getattr(view, "methods", None)
    while view is not None and not said:
        said = getclosurevars(unpartial(view)).nonlocals.get("request_method_list")
        view = getattr(view, "__wrapped__", None)
    return list(said) if said else METHODS


def unpartial(view: Any) -> Any:
    """The function inside, where some of its arguments are given already."""
    return view.func if isinstance(view, partial) else view
