"""Call a GOV.UK component's macro from Django, safely.

A macro escapes what it is given as `text` and prints what it is given as `html`. So `html` is taken only when it is
already a SafeString, and a string of attributes is never taken at all: a name typed by the public cannot become markup.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader

PACKAGE = "govuk_frontend_jinja"


class UnsafeHtml(ValueError):
    """A component was given HTML, or a string of attributes, that nobody has declared safe."""


@cache
def environment() -> Environment:
    """The Jinja environment that holds the macros, and nothing else."""
    loader = PrefixLoader({PACKAGE: PackageLoader(PACKAGE)})
    return Environment(loader=loader, autoescape=True, undefined=ChainableUndefined, auto_reload=False)


@cache
def macro(name: str) -> Callable[[dict[str, Any]], str]:
    """The macro of a component named as GOV.UK names it: "button", "back-link"."""
    module = environment().get_template(f"{PACKAGE}/components/{name}/macro.html").module
    found: Callable[[dict[str, Any]], str] = getattr(module, "govuk" + name.title().replace("-", ""))
    return found


def component(name: str, params: dict[str, Any]) -> SafeString:
    """Render one GOV.UK component."""
    return mark_safe(str(macro(name.replace("_", "-"))(checked(params))).strip())  # noqa: S308 - escaped by the macro


def checked(params: dict[str, Any]) -> dict[str, Any]:
    """Copy the parameters with lazy texts resolved; refuse HTML that is not marked safe."""
    return {key: _checked(key, value) for key, value in params.items()}


def _checked(key: str, value: Any) -> Any:
    if isinstance(value, Promise):
        value = str(value)
    if isinstance(value, dict):
        return checked(value)
    if isinstance(value, (list, tuple)):
        return [_checked(key, item) for item in value]
    if isinstance(value, str) and _is_markup(key) and not isinstance(value, SafeString):
        raise UnsafeHtml(f"“{key}” of a component must be a SafeString; use “text” for plain words")
    return value


def _is_markup(key: str) -> bool:
    return key == "html" or key.endswith("Html") or key == "attributes"


def nested(keywords: dict[str, Any]) -> dict[str, Any]:
    """Turn template keywords into macro parameters: `label__text` nests, snake_case becomes camelCase."""
    params: dict[str, Any] = {}
    for keyword, value in keywords.items():
        *path, last = keyword.split("__")
        place = params
        for step in path:
            place = place.setdefault(_camel(step), {})
        place[last.replace("_", "-") if path and path[-1] == "attributes" else _camel(last)] = value
    return params


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
