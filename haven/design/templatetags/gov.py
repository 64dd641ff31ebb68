"""The tag library `gov`: GOV.UK components, our own parts, forms and moments. Load it once: {% load gov %}."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from haven.design.macros import component, nested
from haven.design.templatetags import gov_forms, gov_moments, gov_parts

register = template.Library()
for library in (gov_forms, gov_moments, gov_parts):
    register.tags.update(library.register.tags)
    register.filters.update(library.register.filters)


@register.simple_tag
def gov(name: str, params: dict[str, Any] | None = None, /, **keywords: Any) -> SafeString:
    """A GOV.UK component by its name, with parameters from a dict and from keywords."""
    return component(name, {**(params or {}), **nested(keywords)})
