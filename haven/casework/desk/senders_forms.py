"""What is asked about something a sender sent that did not come."""

from django import forms

from haven.design.forms import GovForm


class ExplainGap(GovForm):
    """Whom was asked, and what they said."""

    reasons = forms.CharField(
        label="Why did it not come, or why need it not?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="Whom you rang and what they said. Nothing about the adult: if a concern is missing, ask for it.",
    )
