"""Tags that draw forms: whole, by section, or one question at a time."""

import uuid
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from haven.design.forms import CARRIED_ON, KEY, VERSION
from haven.design.macros import component
from haven.design.questions import messages
from haven.design.rendering import fault_id, render_field, render_fields

register = template.Library()

ASKED_AGAIN = SafeString("<span hidden data-hv-asked-again></span>")


@register.inclusion_tag("design/forms/form.html", takes_context=True, name="form")
def form_tag(context: template.Context, form: forms.BaseForm, **options: Any) -> dict[str, Any]:
    """A whole form: errors, sections, hidden keys, buttons. Options: action submit cancel version kind secondary."""
    return {
        "form": form,
        "options": {"submit": _("Save and continue"), **options},
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token"),
        "asks_whose": asks_whose(context, form),
        "whose": said_whose(context),
    }


def said_whose(context: template.Context) -> tuple[str, str]:
    """What was said of whose words these are, where the form is asked again."""
    request = context.get("request")
    sent = request.POST if isinstance(request, HttpRequest) else {}
    return sent.get("_from_whom", ""), sent.get("_from_words", "")


def asks_whose(context: template.Context, form: forms.BaseForm) -> bool:
    """Whether to ask, under the questions, whose words a long text holds: where it is kept in the record of a case."""
    long_text = any(isinstance(field.widget, forms.Textarea) for field in form.fields.values())
    return long_text and context.get("case") is not None and getattr(form, "asks_whose", True)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """One question."""
    return render_field(bound)


@register.simple_tag
def fields(form: forms.BaseForm, *names: str) -> SafeString:
    """The named questions, or all of them."""
    return render_fields(form, names)


@register.simple_tag
def section_fields(form: forms.BaseForm, names: list[str]) -> SafeString:
    """The questions of one section."""
    return render_fields(form, names) if names else SafeString("")


@register.simple_tag
def form_sections(form: forms.BaseForm) -> list[tuple[Any, list[str], Any]]:
    """A form's sections; a form without any is one section without a heading."""
    grouped = getattr(form, "grouped", None)
    return grouped() if grouped else [("", list(form.fields), "")]


@register.simple_tag
def error_summary(*shown: forms.BaseForm) -> SafeString:
    """What must be put right, each line leading to its question; nothing when nothing must."""
    errors = [line for form in shown if form.is_bound for line in fault_lines(form)]
    if not errors:
        return SafeString("")
    return component("error-summary", {"titleText": _("There is a problem"), "errorList": errors})


def fault_lines(form: forms.BaseForm) -> list[dict[str, str]]:
    """The lines of the summary: what concerns the whole form, then each question in its order."""
    lines = [{"text": str(message)} for message in form.non_field_errors()]
    for name in form.fields:
        lines += [{"text": message, "href": f"#{fault_id(form[name])}"} for message in messages(form[name])]
    return lines


@register.simple_tag(takes_context=True)
def form_keys(
    context: template.Context, version: int | None = None, fresh: bool = False, carry_on: bool = False
) -> SafeString:
    """The hidden version and the key that makes a second press count once; kept as sent after an error.

    `fresh` begins another form; with `carry_on` it takes the place of the one sent, whose kept typing is then its own.
    A form that is asked again says so, for what was sent may not have been kept yet (`_kept`: see `drafts/typing.py`).
    """
    request = context.get("request")
    sent = request.POST if isinstance(request, HttpRequest) and (carry_on or not fresh) else QueryDict()
    shown = version if fresh else sent.get(VERSION) or version
    hidden: list[tuple[str, Any]] = [(VERSION, shown)] if shown is not None else []
    hidden += [(KEY, uuid.uuid4() if fresh else sent.get(KEY) or uuid.uuid4())]
    hidden += [(CARRIED_ON, key) for key in sent.getlist(CARRIED_ON) + (sent.getlist(KEY) if fresh else [])]
    lines = format_html_join("", '<input type="hidden" name="{}" value="{}">', hidden)
    return lines + (ASKED_AGAIN if sent else SafeString(""))


@register.simple_tag(takes_context=True)
def error_prefix(context: template.Context) -> str:
    """“Error: ” before the title of a page whose form could not be taken."""
    shown = [context.get("form"), *(context.get("forms") or ())]
    faulty = any(isinstance(form, forms.BaseForm) and form.is_bound and form.errors for form in shown)
    return _("Error: ") if faulty else ""


@register.inclusion_tag("design/forms/post_button.html", takes_context=True)
def post_button(context: template.Context, text: str, url: str, **options: Any) -> dict[str, Any]:
    """A button that changes something, in a form of its own. Options: kind version key; the rest are hidden fields."""
    own = {name: options.pop(name, None) for name in ("kind", "version", "key", "label")}
    return {
        "text": text, "url": url, "own": own, "hidden": options,
        "classes": button_classes(own["kind"]),
        "attributes": {"data-key": own["key"]} if own["key"] else {},
        "request": context.get("request"), "csrf_token": context.get("csrf_token"),
    }  # fmt: skip


def button_classes(kind: str | None) -> str:
    """GOV.UK's class for a kind of button."""
    return f"govuk-button--{kind}" if kind else ""
