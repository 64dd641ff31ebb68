"""What is asked about a file that waits."""

from django import forms

from haven.casework.desk.waiting_files import OUTCOMES
from haven.design.forms import GovForm


class DecideFile(GovForm):
    """Released in a safe form, or not to be opened; with reasons."""

    asks_whose = False
    outcome = forms.ChoiceField(label="What becomes of it?", choices=list(OUTCOMES.items()), widget=forms.RadioSelect)
    reasons = forms.CharField(
        label="Why?", widget=forms.Textarea(attrs={"rows": 3}), max_length=2_000,
        help_text="What it is, who sent it, what you found out. If it is locked, ask for it again without a password.",
    )  # fmt: skip
