"""What every question carries, whatever draws it: its words, its hint, what is wrong with the answer, its size."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Params = dict[str, Any]
STOCK_REQUIRED = forms.Field.default_error_messages["required"]
OURS = frozenset(
    "class rows cols maxlength minlength required autofocus placeholder width prefix suffix type inputmode "
    "autocomplete spellcheck size aria-describedby aria-invalid".split()
)


def common(bound: BoundField, *, sub: bool = False) -> Params:
    """What every component takes: id, name, label, hint, error, attributes."""
    attrs = bound.field.widget.attrs
    params: Params = {
        "id": bound.auto_id or bound.html_name,
        "name": bound.html_name,
        "label": {"text": label(bound), **heading(bound, "govuk-label", sub)},
        "attributes": {key: value for key, value in attrs.items() if key not in OURS and value is not None},
        "disabled": bound.field.disabled,
    }
    if bound.help_text:
        params["hint"] = words(bound.help_text)
    if bound.errors:
        params["errorMessage"] = {"text": " ".join(messages(bound)), "visuallyHiddenText": _("Error")}
    return params


def asking(field: forms.Field, name: str) -> str:
    """The message for a question left empty, naming the question."""
    question = str(field.label or name.replace("_", " ").capitalize()).rstrip("?")
    if isinstance(field, (forms.ChoiceField, forms.BooleanField)):
        return _("Choose an answer: %(question)s") % {"question": question}
    if isinstance(field, forms.FileField):
        return _("Choose a file: %(question)s") % {"question": question}
    return _("Enter an answer: %(question)s") % {"question": question}


def messages(bound: BoundField) -> list[str]:
    """What is wrong with an answer; where another author's form says only “required”, the question is named."""
    stock = str(STOCK_REQUIRED)
    return [asking(bound.field, bound.name) if str(each) == stock else str(each) for each in bound.errors]


def words(text: Any) -> Params:
    """A text parameter, or an HTML one when the form's author marked it safe."""
    text = str(text)
    return {"html": text} if isinstance(text, SafeString) else {"text": text}


def label(bound: BoundField) -> str:
    """The question; “(optional)” is said only where the form wishes it."""
    text = str(bound.label or "")
    optional = getattr(bound.form, "mark_optional", False) and not bound.field.required
    return _("%(question)s (optional)") % {"question": text} if optional and text else text


def heading(bound: BoundField, block: str, sub: bool) -> Params:
    """Whether the question is the page's heading, and how large it is written."""
    if getattr(bound.form, "page_heading", None) == bound.name:
        return {"classes": f"{block}--l", "isPageHeading": True}
    return {} if sub else {"classes": f"{block}--s"}


def grouped(params: Params) -> Params:
    """The same parameters for a component whose question is the legend of a fieldset."""
    question = params.pop("label")
    size = question.get("classes", "").replace("govuk-label", "govuk-fieldset__legend")
    params["fieldset"] = {"legend": {**question, "classes": size}}
    return params


def width(wanted: Any) -> str:
    """GOV.UK's width class: by characters (“10”) or by share (“two-thirds”)."""
    if not wanted:
        return ""
    return f"govuk-input--width-{wanted}" if str(wanted).isdecimal() else f"govuk-!-width-{wanted}"


def small(bound: BoundField, block: str) -> str:
    """Smaller circles and boxes, for staff who answer hundreds; large ones, for the public, are GOV.UK's own."""
    return f"govuk-{block}--small" if getattr(bound.form, "small", False) else ""
