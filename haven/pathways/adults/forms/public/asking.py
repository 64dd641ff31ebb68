"""What a page of questions to the public is. Every question may be left out, and no answer is too untidy to keep."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haven.design.forms import PublicForm

Words = Any
"""A text, or one that is translated when it is shown."""

Answers = dict[str, Any]

KNOWN_OR_NOT: list[tuple[str, Words]] = [
    ("yes", gettext_lazy("Yes")),
    ("no", gettext_lazy("No")),
    ("not_known", gettext_lazy("I do not know")),
]

# What is typed about somebody else stays out of the browser's own list of things typed before, which others may open.
# A question about the person who types says what it asks for (WCAG 1.3.5), so that a browser or a symbol board can help
# them (docs/decisions/0006).
UNTRACED = {"autocomplete": "off"}


class Question(PublicForm):
    """One page: its code in the address, its heading, and its questions, said to *you* where the adult is writing.

    `me` gives the words (label, hint) that change where the report is about the person writing (PR-08), `me_choices`
    the choices, `me_purpose` what each then asks of them (WCAG 1.3.5); `only_me` and `not_me` name the questions asked
    of one and not of the other.
    """

    step: ClassVar[str]
    heading: ClassVar[Words]
    heading_for_me: ClassVar[Words] = ""
    lead: ClassVar[Words] = ""
    lead_for_me: ClassVar[Words] = ""
    page_heading_for_me: ClassVar[str | None] = None
    not_about_me: ClassVar[bool] = False
    me: ClassVar[Mapping[str, tuple[Words, Words]]] = {}
    me_choices: ClassVar[Mapping[str, Sequence[tuple[str, Words]]]] = {}
    me_purpose: ClassVar[Mapping[str, str]] = {}
    only_me: ClassVar[Sequence[str]] = ()
    not_me: ClassVar[Sequence[str]] = ()

    def __init__(self, *args: Any, known: Answers | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = known or {}
        self.about_me = self.known.get("about") == "me"
        for name in self.left_out(self.known):
            del self.fields[name]
        shown = {name: choices for name, choices in self.reveals.items() if name in self.fields}
        self.reveals = shown  # type: ignore[misc]  # a question left out opens nothing
        if self.about_me:
            self._say_you()
            self.page_heading = self.page_heading or self.page_heading_for_me
        if self.page_heading:
            self.fields[self.page_heading].label = self.title

    @property
    def title(self) -> Words:
        """The heading of the page."""
        return self.heading_for_me if self.about_me and self.heading_for_me else self.heading

    @property
    def opening(self) -> Words:
        """What stands under the heading."""
        return self.lead_for_me if self.about_me and self.lead_for_me else self.lead

    @classmethod
    def left_out(cls, known: Answers) -> set[str]:
        """The questions not asked, given what is known."""
        return set(cls.not_me if known.get("about") == "me" else cls.only_me)

    @classmethod
    def asks(cls, known: Answers) -> set[str]:
        """The questions asked, given what is known."""
        return set(cls.base_fields) - cls.left_out(known)

    def _say_you(self) -> None:
        for name, (label, hint) in self.me.items():
            self.fields[name].label, self.fields[name].help_text = label, hint
        for name, choices in self.me_choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)
        for name, purpose in self.me_purpose.items():
            self.fields[name].widget.attrs["autocomplete"] = purpose

    def given(self) -> Answers:
        """The answers as they are kept in a draft."""
        return {name: _kept(value) for name, value in self.cleaned_data.items() if value not in (None, "", [], False)}

    def answered(self, answers: Answers) -> list[tuple[str, str]]:
        """The questions of the page that were answered, with the answer in words."""
        return [
            (str(field.label), _in_words(field, answers[name]))
            for name, field in self.fields.items()
            if answers.get(name)
        ]


def _kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _in_words(field: forms.Field, value: Any) -> str:
    if value is True:
        return _("Yes")
    if isinstance(field, forms.ChoiceField):
        chosen = value if isinstance(value, list) else [value]
        pairs: Any = field.choices
        return ", ".join(str(label) for code, label in pairs if code in chosen and code)
    return str(value or "")


def choose(label: Words, choices: Sequence[tuple[str, Words]], hint: Words = "") -> forms.ChoiceField:
    """One answer of several."""
    return forms.ChoiceField(
        label=label, choices=list(choices), help_text=hint, required=False, widget=forms.RadioSelect
    )


def choose_any(label: Words, choices: Sequence[tuple[str, Words]], hint: Words = "") -> forms.MultipleChoiceField:
    """As many answers as are true."""
    return forms.MultipleChoiceField(
        label=label, choices=list(choices), help_text=hint, required=False, widget=forms.CheckboxSelectMultiple
    )


def line(label: Words, hint: Words = "", *, longest: int = 300, **attrs: Any) -> forms.CharField:
    """A short answer in words."""
    widget = forms.TextInput(attrs={**UNTRACED, **attrs})
    return forms.CharField(label=label, help_text=hint, required=False, max_length=longest, widget=widget)


def lines(label: Words, hint: Words = "", *, rows: int = 4, longest: int = 4000) -> forms.CharField:
    """A longer answer in words."""
    widget = forms.Textarea(attrs={**UNTRACED, "rows": rows})
    return forms.CharField(label=label, help_text=hint, required=False, max_length=longest, widget=widget)
