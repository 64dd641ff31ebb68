"""One adult a report is about: a name, a description or a whereabouts is enough (PR-03)."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.design.forms import GovDateField, GovForm, PostcodeField

MOST_ADULTS = 20
"""In one report. An incident in a larger home is told in a second one, and joined."""

KEEP = _("Keep where they are, and how to reach them, from everybody but the workers who need it")
"""Asked wherever an address, a number or a whereabouts is typed (TR-07)."""


class ReportedAdult(GovForm):
    """What is known of one adult. All of it may be left out but one way to find them."""

    mark_optional = False

    given_name = forms.CharField(
        label=_("First name"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"width": "20", "autocomplete": "off"}),
    )
    family_name = forms.CharField(
        label=_("Last name"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"width": "20", "autocomplete": "off"}),
    )
    date_of_birth = GovDateField(label=_("Date of birth"), required=False)
    age_estimate = forms.IntegerField(
        label=_("Or about how old?"), required=False, min_value=0, max_value=120,
        widget=forms.NumberInput(attrs={"width": "3", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Enter the age in years, like 82"), "max_value": _("Enter an age up to 120")},
    )  # fmt: skip
    whereabouts = forms.CharField(
        label=_("Where are they now?"), max_length=300, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("An address, a home or ward, or where they are usually seen."),
    )  # fmt: skip
    postcode = PostcodeField(label=_("Postcode"), required=False)
    no_fixed_address = forms.BooleanField(label=_("They have no fixed address"), required=False)
    keep_protected = forms.BooleanField(label=KEEP, help_text=_("A refuge is always kept so."), required=False)
    description = forms.CharField(
        label=_("Anything else that helps us to know or find them"), max_length=300, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("What they look like, care and support needs, language, how they communicate."),
    )  # fmt: skip

    rows: ClassVar[Any] = (
        ("given_name", "family_name"),
        ("date_of_birth", "age_estimate"),
        ("whereabouts", "postcode"),
    )
    rest: ClassVar[Any] = ("no_fixed_address", "keep_protected", "description")

    def __init__(self, key: str, data: Any = None) -> None:
        super().__init__(data, prefix=f"adult-{key}")
        self.key = key

    def quietly(self) -> "ReportedAdult":
        """As typed, without complaints."""
        self._errors: Any = forms.utils.ErrorDict()
        self.cleaned_data: dict[str, Any] = {}
        return self

    @property
    def is_blank(self) -> bool:
        """Nothing at all was typed."""
        return not any(self.cleaned_data.get(name) not in (None, "", False) for name in self.fields)

    def facts(self) -> dict[str, Any]:
        """The adult as a contact keeps one."""
        return {name: self.cleaned_data.get(name) for name in self.fields}
