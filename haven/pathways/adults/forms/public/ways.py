"""The ways in which it is safe to reach somebody. Nothing is sent and nobody is rung without that yes (PR-07)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.pathways.adults.forms.public.asking import Answers, Question, choose_any, line

SAFE_WAYS = [
    ("ring", _("Ring me")),
    ("message", _("Leave a voice message")),
    ("text", _("Send me a text message")),
    ("email", _("E-mail me")),
]
"""The codes are those of Referrer.safe_ways."""

BY_TELEPHONE = {"ring", "text", "message"}


def ways() -> forms.MultipleChoiceField:
    """Which ways are safe."""
    return choose_any(_("It is safe to:"), SAFE_WAYS)


def telephone() -> forms.CharField:
    """The number to ring, however it is written."""
    return line(_("Your telephone number"), longest=40, type="tel", width="20", autocomplete="tel")


def email() -> forms.EmailField:
    """The address to write to."""
    widget = forms.EmailInput(attrs={"autocomplete": "email"})
    return forms.EmailField(label=_("Your e-mail address"), required=False, max_length=254, widget=widget)


def check_ways(form: Question) -> Answers:
    """Ask for the number or the address that a ticked way needs."""
    data = form.cleaned_data
    ticked = set(data.get("safe_ways") or ())
    if ticked & BY_TELEPHONE and not data.get("telephone"):
        form.add_error("telephone", _("Enter your telephone number, or take away the ticks for calls and messages"))
    if "email" in ticked and not data.get("email") and not form.has_error("email"):
        form.add_error("email", _("Enter your e-mail address, or take away the tick for e-mail"))
    return data
