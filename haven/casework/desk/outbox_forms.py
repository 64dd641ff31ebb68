"""What is asked about a message that could not be sent."""

from typing import Any, ClassVar

from django import forms

from haven.casework.deliveries.settling import REASONS
from haven.design.forms import GovForm

RETRY, READDRESS, SETTLE = "retry", "readdress", "settle"
_TRY, _END = (RETRY, "Try again now"), (SETTLE, "It need not be sent: settle it")


class SeeToDelivery(GovForm):
    """Try again, or settle with a reason."""

    answer = forms.ChoiceField(label="What do you want to do?", choices=[_TRY, _END], widget=forms.RadioSelect)
    reason = forms.ChoiceField(label="Why", required=False, choices=[("", ""), *REASONS.items()])
    reveals: ClassVar[Any] = {"answer": {SETTLE: ["reason"]}}


class SeeToAddressed(SeeToDelivery):
    """Or send it to another address, which is looked at as the first one was."""

    answer = forms.ChoiceField(
        label="What do you want to do?",
        choices=[_TRY, (READDRESS, "Send it to another address"), _END],
        widget=forms.RadioSelect,
    )
    to_address = forms.CharField(label="The address", required=False, max_length=300)
    reveals: ClassVar[Any] = {"answer": {READDRESS: ["to_address"], SETTLE: ["reason"]}}
