"""What an administrator is asked about a partner's system."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from haven.casework.partners.models import Partner, PartnerToken
from haven.casework.partners.models.partners import SCOPES
from haven.design.forms import GovForm
from haven.pathways.adults.codes import PERSONAL_SOURCES, SOURCES, choices, values

AGENCIES = [code for code in values(SOURCES) if code not in PERSONAL_SOURCES]


class AddPartner(GovForm):
    """Whose system it is, and who tells us by it."""

    name = forms.CharField(
        label=_("What people here call it"), max_length=120, help_text=_("Such as “Eastmere Acute”.")
    )
    source_code = forms.ChoiceField(
        label=_("Who tells us by it"),
        choices=[("", ""), *choices(SOURCES, only=AGENCIES)],
        help_text=_("Every concern it sends is counted so."),
    )


class IssueToken(GovForm):
    """What the token is for, and which it takes the place of."""

    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=list(SCOPES.items()),
        initial=list(SCOPES),
        widget=forms.CheckboxSelectMultiple,
    )
    replaces = forms.ModelChoiceField(
        label=_("In place of"),
        queryset=PartnerToken.objects.none(),
        required=False,
        empty_label=_("None: one more"),
        help_text=_("The earlier one goes on for seven days, so that they can change over."),
    )

    def __init__(self, *args: Any, partner: Partner, **options: Any) -> None:
        super().__init__(*args, **options)
        live = PartnerToken.objects.live(timezone.now()).filter(partner=partner)
        self.fields["replaces"].queryset = live  # type: ignore[attr-defined]
        self.fields["replaces"].label_from_instance = lambda token: f"…{token.hint}"  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class Webhook(GovForm):
    """Where the partner's system is told that something it sent has moved on."""

    webhook_url = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("It begins with https:// and is on the internet. Leave it empty to tell it nothing."),
    )

    def answers(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class Expected(GovForm):
    """How long a partner is usually silent at most."""

    expected_hours = forms.IntegerField(
        label=_("Hours"),
        required=False,
        help_text=_("If nothing comes for longer, the duty team is asked to ring them. Leave it empty to go by the "
                    "last four weeks."),
    )  # fmt: skip
