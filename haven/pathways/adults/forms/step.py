"""What the forms of a case's steps have in common: their heading, the law beside them, and short ways to ask."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.design.forms import GovForm
from haven.lib.text import cited
from haven.pathways.adults import codes

LONG = 4000
"""Characters of a text that tells something; more belongs in a document."""


Cell = Sequence[str]
Layout = Sequence[tuple[Any, Sequence[Sequence[Cell]], Any]]
"""Heading, rows of cells, hint."""


class StepForm(GovForm):
    """The form of one operation.

    `heading` is the page's, `submit` the button's; `source` the law, guidance or procedure that asks; `lead` a line of
    advice above the questions. `answers()` gives what the operation is told.
    """

    heading: ClassVar[Any] = ""
    submit: ClassVar[Any] = _("Save")
    source: ClassVar[str] = ""
    lead: ClassVar[Any] = ""
    layout: ClassVar["Layout"] = ()

    @classmethod
    def asked_under(cls) -> str:
        """The source in words; nothing where the form names none."""
        return cited(cls.source) if cls.source else ""

    def laid_out(self) -> "Layout":
        """The sections as rows of cells side by side, each cell a column of questions; none: one below the other."""
        return self.layout

    def shape(self, **grouping: Any) -> None:
        """Give this one form its own `sections`, `reveals`, `inline` or `layout`: they follow from what is known."""
        self.__dict__.update(grouping)

    def answers(self) -> dict[str, Any]:
        """The operation's answers by name; what is typed under a choice not made is already set aside."""
        return self.cleaned_data

    def quietly(self) -> "StepForm":
        """As typed, without complaints: a page asked to draft or to preview has not been sent yet."""
        self._errors: Any = forms.utils.ErrorDict()
        self.cleaned_data: dict[str, Any] = {}
        return self

    def need(self, name: str, message: Any) -> None:
        """Ask for an answer that another answer has made necessary."""
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, message)


def one_of(
    label: Any, entries: codes.Codes, *, only: Sequence[str] | None = None, required: bool = True, help_text: Any = ""
) -> forms.ChoiceField:
    """One of a code list, as radios; `only` gives those offered, in that order."""
    offered = codes.choices(entries, only=only)
    if only is not None:
        offered.sort(key=lambda choice: only.index(choice[0]))
    return forms.ChoiceField(
        label=label, choices=offered, required=required, widget=forms.RadioSelect, help_text=help_text
    )


def one_from_many(label: Any, entries: codes.Codes, *, required: bool = True, help_text: Any = "") -> forms.ChoiceField:
    """One of a long code list, as a list to choose from."""
    offered = [("", ""), *codes.choices(entries)]
    return forms.ChoiceField(label=label, choices=offered, required=required, help_text=help_text, widget=forms.Select)


def long_text(label: Any, *, rows: int = 4, required: bool = True, help_text: Any = "") -> forms.CharField:
    """Several lines."""
    return forms.CharField(
        label=label, required=required, help_text=help_text, max_length=LONG, widget=forms.Textarea({"rows": rows})
    )


def line(
    label: Any, *, length: int = 120, required: bool = True, help_text: Any = "", width: str = ""
) -> forms.CharField:
    """One line."""
    attrs = {"autocomplete": "off", **({"width": width} if width else {})}
    widget = forms.TextInput(attrs)
    return forms.CharField(label=label, max_length=length, required=required, help_text=help_text, widget=widget)


def hints_of(entries: codes.Codes) -> dict[str, Any]:
    """The hints a code list carries, for the choices of a question."""
    return {entry.code: entry.hint for entry in entries if entry.hint}


def truth(answer: str) -> bool | None:
    """Yes, no, or not known, as a fact."""
    return {"yes": True, "no": False}.get(answer)


class Chosen(forms.ModelChoiceField):
    """One record of a few, as radios; `said` says each in words."""

    def __init__(self, queryset: Any, *, said: Callable[[Any], str], **options: Any) -> None:
        self.said = said
        super().__init__(queryset, empty_label=None, widget=forms.RadioSelect, **options)

    def label_from_instance(self, record: Any) -> str:
        return self.said(record)
