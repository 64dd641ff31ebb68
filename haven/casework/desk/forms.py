"""What the desk asks: a case note, its correction, a search."""

from typing import Any

from django import forms

from haven.casework.cases.codes import NOTE_HOWS, NOTE_STANDINGS
from haven.casework.desk.protected_forms import WarnsOfProtected
from haven.design.forms import GovDateField, GovDateTimeField, GovForm, PostcodeField


class AddCaseNote(WarnsOfProtected):
    """A case note: how, when, what kind of knowledge, and the words (PR-17)."""

    how = forms.ChoiceField(label="How", choices=list(NOTE_HOWS.items()))
    happened_at = GovDateTimeField(label="When it happened")
    words = forms.CharField(
        label="What happened",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Who you saw or spoke with, and what was said or done.",
    )
    standing = forms.ChoiceField(label="This is", choices=list(NOTE_STANDINGS.items()), widget=forms.RadioSelect)
    inline = ("standing",)


class SupersedeCaseNote(WarnsOfProtected):
    """The corrected text of a note, and why it needed correcting; the first text stays readable behind it."""

    words = forms.CharField(label="The note as it should read", widget=forms.Textarea(attrs={"rows": 8}))
    reason = forms.CharField(label="Why it needed correcting", max_length=300)


class Search(GovForm):
    """One box, and three that narrow it. A search is sent, never put in an address (TR-06)."""

    q = forms.CharField(
        label="Name, or the reference of a case or a report",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="A date of birth (2 5 1943) or a postcode may be typed here too.",
    )
    date_of_birth = GovDateField(label="Date of birth", required=False)
    postcode = PostcodeField(label="Postcode", required=False)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(answers.values()):
            self.add_error("q", "Type a name, a reference, a date of birth or a postcode.")
        return answers


class DecideAlert(GovForm):
    """What an alert was, and why it is decided so (TR-04)."""

    outcome = forms.ChoiceField(label="What was it?", widget=forms.RadioSelect)
    reasons = forms.CharField(label="Your reasons", widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)

    def __init__(self, *args: Any, outcomes: dict[str, Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outcome"].choices = list(outcomes.items())  # type: ignore[attr-defined]


class FindLooks(GovForm):
    """Whose access report: by a reference, sent and never in an address (TR-41)."""

    reference = forms.CharField(
        label="Reference of a case or a report",
        max_length=20,
        help_text="It is on every letter and receipt. Of a report, you see who looked at the person it is about.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
