"""Forms that ask in GOV.UK's manner. A form asks and cleans; it never saves and never decides."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from copy import copy
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from haven.design.fields import (
    AutocompleteSelect,
    DateBoxes,
    DateTimeBoxes,
    GovDateField,
    GovDateTimeField,
    NhsNumberField,
    PhoneField,
    PostcodeField,
    YesNoField,
)
from haven.design.questions import STOCK_REQUIRED, asking
from haven.design.rendering import revealed
from haven.lib.masking import MARK, put_back

__all__ = [
    "AutocompleteSelect", "DateBoxes", "DateTimeBoxes", "GovDateField", "GovDateTimeField", "GovForm", "GovRenderer",
    "NhsNumberField", "PhoneField", "PostcodeField", "PublicForm", "YesNoField", "as_key", "posted_key",
    "posted_version", "shown_as_typed",
]  # fmt: skip

VERSION, KEY, CARRIED_ON = "_version", "_key", "_kept"
"""Hidden in a form: the version of the record it edits, its own key, and the key of kept typing it carries on from."""

_as_typed: ContextVar[bool] = ContextVar("shown_as_typed", default=False)
STILL_MASKED = _("[protected] stands for something you are not shown. Leave it and the words beside it as they were.")
Reveals = Mapping[str, Mapping[str, Sequence[str]]]


@contextmanager
def shown_as_typed() -> Iterator[None]:
    """Show every form inside as it was typed so far: nothing is complained of, and none is taken as sent (TR-31)."""
    token = _as_typed.set(True)
    try:
        yield
    finally:
        _as_typed.reset(token)


class GovRenderer(TemplatesSetting):
    """Every form, whoever wrote it, is drawn with GOV.UK components."""

    form_template_name = "design/forms/body.html"
    field_template_name = "design/forms/field.html"


class GovForm(forms.Form):
    """A form that says how its questions are grouped and which answers open further questions.

    `sections` = (heading, fields, hint); `reveals` = {field: {value: fields}}; `hints` = {field: {value: hint}};
    `exclusive` = {field: value that clears the others}; `inline` = fields whose choices stand side by side;
    `page_heading` = the field whose question is the heading of the page; `asks_whose` = whether the page of a case asks
    whose words a long text holds.
    """

    use_required_attribute = False
    mark_optional: bool = True
    small: bool = True
    page_heading: str | None = None
    asks_whose: bool = True
    sections: ClassVar[Sequence[tuple[Any, Sequence[str], Any]]] = ()
    reveals: ClassVar[Reveals] = {}
    hints: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    exclusive: ClassVar[Mapping[str, str]] = {}
    inline: ClassVar[Sequence[str]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if field.error_messages.get("required") == STOCK_REQUIRED:
                field.error_messages["required"] = asking(field, name)

    def is_valid(self) -> bool:
        """Whether the answers can be taken; never while the form is only shown as it was typed."""
        return not _as_typed.get() and super().is_valid()

    def full_clean(self) -> None:
        """Look at the answers, unless they are shown as typed."""
        super().full_clean()
        if _as_typed.get():
            self._errors, self.cleaned_data = forms.utils.ErrorDict(), {}

    def grouped(self) -> list[tuple[Any, list[str], Any]]:
        """The sections, each with its fields in order; those that no section lists come last, without a heading."""
        listed = {name for section in self.sections for name in section[1]}
        rest = [name for name in self.fields if name not in listed | revealed(self)]
        own = [(title, [name for name in names if name in self.fields], hint) for title, names, hint in self.sections]
        return [*own, ("", rest, "")] if rest else own

    def concealed(self) -> set[str]:
        """The questions that the answers given leave closed."""
        closed: set[str] = set()
        for opener, choices in self.reveals.items():
            given = self.answers_to(opener) if opener not in closed else set()
            for value, names in choices.items():
                closed |= set() if value in given else set(names)
            closed -= {name for value in given & set(choices) for name in choices[value]}
        return closed & set(self.fields)

    def answers_to(self, name: str) -> set[str]:
        """What was chosen for a question, as sent."""
        given = self[name].data
        return {str(each) for each in given} if isinstance(given, (list, tuple)) else {str(given)}

    def _clean_fields(self) -> None:
        """Clean, then set aside what was typed under a choice that was not made."""
        super()._clean_fields()  # type: ignore[misc]
        for name in self.concealed():
            self.errors.pop(name, None)
            self.cleaned_data[name] = nothing(self.fields[name])

    def _post_clean(self) -> None:
        """Put back what was masked when the form was shown, so that saving it overwrites nothing protected."""
        super()._post_clean()  # type: ignore[misc]
        for name, typed in list(self.cleaned_data.items()):
            if isinstance(typed, str) and MARK in typed:
                self._put_back(name, typed)

    def _put_back(self, name: str, typed: str) -> None:
        whole = put_back(typed, str(self.get_initial_for_field(self.fields[name], name) or ""))
        if whole is None:
            self.add_error(name, ValidationError(STILL_MASKED))
        else:
            self.cleaned_data[name] = whole


class PublicForm(GovForm):
    """A form for the public: large choices, and every question may be left out, so none is marked optional."""

    mark_optional = False
    small = False


def nothing(field: forms.Field) -> Any:
    """What a field cleans to when it is left empty."""
    unasked = copy(field)
    unasked.required = False
    many = isinstance(field.widget, (forms.CheckboxSelectMultiple, forms.SelectMultiple))
    return unasked.clean([] if many else None)


def posted_version(request: HttpRequest) -> int | None:
    """The version of the record that the form edited, or None when the form carried none."""
    typed = request.POST.get(VERSION, "")
    return int(typed) if typed.isascii() and typed.isdecimal() else None


def posted_key(request: HttpRequest) -> uuid.UUID | None:
    """The key that makes a second press of the same button count once: a program's header, or the hidden field."""
    return as_key(request.headers.get("Idempotency-Key", "")) or as_key(request.POST.get(KEY, ""))


def as_key(given: str) -> uuid.UUID | None:
    """A key as it was sent; None where it is none."""
    with suppress(ValueError):
        return uuid.UUID(given)
    return None
