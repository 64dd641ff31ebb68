"""Closing: the adult told, those who told us told or held back, a named person's decision (PR-12, PR-21, R-093)."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.casework.contacts.models import Contact
from haven.design.forms import GovDateTimeField
from haven.pathways.adults import codes
from haven.pathways.adults.forms.step import Chosen, StepForm, long_text, one_from_many, one_of

TOLD, NOT_TOLD = "told", "not_told"


class PrepareClosing(StepForm):
    """Begin closing; nothing is asked."""

    heading = _("Begin closing")
    submit = _("Begin closing")
    source = "R-093; PR-12"


class TellAdult(StepForm):
    """When and how the adult was told, or why not."""

    heading = _("The adult was told")
    source = "PR-12, PR-21; R-093"
    lead = _("The adult, or who speaks for them, is told before anybody else, unless that is unsafe.")

    told = forms.ChoiceField(
        label=_("Was the adult, or who speaks for them, told what we did?"), widget=forms.RadioSelect,
        choices=[(TOLD, _("Yes")), (NOT_TOLD, _("No"))],
    )  # fmt: skip
    how = one_of(_("How?"), codes.TOLD_HOW)
    told_at = GovDateTimeField(label=_("When?"))
    because = one_from_many(_("Why not?"), codes.ADULT_NOT_TOLD)

    reveals: ClassVar[Any] = {"told": {TOLD: ["how", "told_at"], NOT_TOLD: ["because"]}}
    inline: ClassVar[Any] = ("how",)

    def answers(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "told"}


def referrer_in_words(contact: Contact) -> str:
    """Who told us, for a worker to choose from."""
    return f"{contact.reference}: {contact.referrer.called()}"


class SendFeedback(StepForm):
    """How much one who told us is told, how, and in which words (PR-21)."""

    heading = _("Tell those who told us")
    submit = _("Send")
    source = "PR-21; R-087 … R-089; London (2019): within 5 working days"

    contact = Chosen(Contact.objects.none(), said=referrer_in_words, label=_("Whom do you tell?"))
    checked = forms.BooleanField(
        label=_("I have made sure who they are"), required=False,
        help_text=_("For example by ringing back on a number found elsewhere. Needed to tell more than a receipt."),
    )  # fmt: skip
    level = one_of(_("How much are they told?"), codes.FEEDBACK_LEVELS)
    ground = one_from_many(_("Why may they be told the outcome?"), codes.FEEDBACK_GROUNDS)
    words = long_text(
        _("The outcome, and what we need from them"), rows=4, required=False,
        help_text=_(
            "In your own words. Name nobody else; leave out shifts, rooms and phrases only one person would know."
        ),
    )  # fmt: skip
    how = one_of(_("How are they told?"), codes.TOLD_HOW)

    reveals: ClassVar[Any] = {"level": {"outcome": ["ground", "words"]}}
    inline: ClassVar[Any] = ("how",)

    def __init__(self, *args: Any, contacts: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["contact"] = Chosen(contacts, said=referrer_in_words, label=_("Whom do you tell?"))

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("level") == "outcome":
            self.need("words", _("Write the outcome and what you need from them, in your own words."))
        return self.cleaned_data


class HoldFeedback(StepForm):
    """Why one who told us is not told."""

    heading = _("Hold back feedback")
    submit = _("Hold it back")
    source = "PR-21"

    contact = Chosen(Contact.objects.none(), said=referrer_in_words, label=_("Who is not told?"))
    because = one_of(_("Why are they not told?"), codes.HELD_REASONS)

    def __init__(self, *args: Any, contacts: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["contact"] = Chosen(contacts, said=referrer_in_words, label=_("Who is not told?"))


class CloseCase(StepForm):
    """A named person closes the case, with reasons; only what is not known yet is asked."""

    heading = _("Close the case")
    submit = _("Close the case")
    source = "R-093; London multi-agency policy (2019), stage 4"

    children_considered = one_of(_("What was done for children?"), codes.CHILDREN_CONSIDERED)
    reasons = long_text(_("Why may this case be closed?"), rows=3)
    how_to_come_back = long_text(_("How can the adult come back to us?"), rows=2)
    plan_status = one_of(_("What became of the plan?"), codes.PLAN_STATUS)
    learning_flag = forms.BooleanField(label=_("There is something to learn from this case"), required=False)

    def __init__(self, *args: Any, ask_children: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        if not ask_children:
            del self.fields["children_considered"]


class ReopenCase(StepForm):
    """Why the case is opened again, and what begins."""

    heading = _("Open the case again")
    submit = _("Open it again")
    source = "PR-17: the first clocks stay"

    reasons = long_text(_("Why is it opened again?"))
    kind = one_of(_("What kind of enquiry begins?"), codes.ENQUIRY_KINDS)
