"""What the tests of the look share: drawing a template, and one form that asks every kind of question."""

from typing import Any

from django import forms
from django.template import engines
from django.test import RequestFactory

from haven.design.forms import AutocompleteSelect, GovDateField, GovDateTimeField, GovForm, NhsNumberField, YesNoField

WORKERS = [("priya", "Priya"), ("desmond", "Desmond")]
OUTCOMES = [("section_42", "Section 42 enquiry"), ("declined", "Not an enquiry")]


class DecideJoansConcern(GovForm):
    """A form with every kind of question."""

    joan_knows = YesNoField(label="Does Joan know?", help_text="Ask only if it is safe")
    outcome = forms.ChoiceField(label="Decision", choices=OUTCOMES, widget=forms.RadioSelect)
    destination = forms.CharField(label="Where does it go instead?")
    types = forms.MultipleChoiceField(
        label="Types",
        choices=[("neglect", "Neglect"), ("none", "None of these")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    held_on = GovDateField(label="When did it happen?", required=False)
    heard_at = GovDateTimeField(label="When did you hear?")
    worker = forms.ChoiceField(label="Worker", choices=[("", "-"), *WORKERS], widget=AutocompleteSelect)
    reasons = forms.CharField(label="Reasons", widget=forms.Textarea, max_length=400)
    notes = forms.CharField(label="Notes", widget=forms.Textarea, required=False)
    email = forms.EmailField(label="E-mail", required=False)
    nhs_number = NhsNumberField(label="NHS number", required=False)
    urgent = forms.BooleanField(label="Urgent", required=False)
    letter = forms.FileField(label="Letter", required=False)
    secret = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    source = forms.CharField(widget=forms.HiddenInput, required=False)

    reveals = {"outcome": {"declined": ["destination"]}}
    hints = {"outcome": {"section_42": "The three limbs are met"}}
    exclusive = {"types": "none"}
    sections = [("Joan", ["joan_knows", "held_on"], "What she said"), ("The decision", ["outcome", "reasons"], "")]


COMPLETE = {
    "joan_knows": "yes",
    "outcome": "section_42",
    "heard_at-day": "3",
    "heard_at-month": "March",
    "heard_at-year": "2026",
    "heard_at-time": "2:05pm",
    "worker": "priya",
    "reasons": "Her pension is gone",
}


def draw(source: str, **context: Any) -> str:
    """Draw a template's source as a page would."""
    request = context.pop("request", None) or RequestFactory().get("/")
    return engines["django"].from_string("{% load gov %}" + source).render(context, request)
