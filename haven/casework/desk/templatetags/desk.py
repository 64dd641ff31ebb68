"""The tag that draws a panel of a process inside the case page."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def filled(context: template.Context, shown: Any) -> SafeString:
    """The panel's template, with what the process filled it with: by name, and together as `panel`."""
    engine = context.template.engine  # type: ignore[union-attr]
    with context.update({**shown.context, "panel": shown.context}):
        return engine.get_template(shown.template).render(context)
