"""What is asked to record where somebody is and how to reach them, and to end or release what is protected."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.casework.people.protecting import Sought, carried_in
from haven.design.forms import GovDateField, GovForm, PostcodeField

KEEP = _("Keep this from everybody but the workers who need it")
ASKED_FOR = _("Shown only with a reason, written down each time, and never sent to somebody named as a risk.")
BY_DEFAULT = _("Somebody is named as a risk to them, so it is protected. A manager can end that later, with reasons.")


def keep_it() -> forms.BooleanField:
    """The choice to protect."""
    return forms.BooleanField(label=KEEP, help_text=ASKED_FOR, required=False)


def short(label: Any, *, length: int = 120, help_text: Any = "", required: bool = False) -> forms.CharField:
    """One line that a browser does not remember."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=length, required=required, help_text=help_text, widget=widget)


class Protecting(GovForm):
    """A form with the choice to protect; ticked and fixed where it is protected by default (PR-22)."""

    def __init__(self, *args: Any, by_default: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if by_default:
            self.fields["protected"].initial = self.fields["protected"].disabled = True
            self.fields["protected"].help_text = BY_DEFAULT


class RecordAddress(Protecting):
    """An address with who says so, since when, and who confirmed it (TR-27)."""

    lines = short(_("Address, or where they stay"), length=200)
    postcode = PostcodeField(label=_("Postcode"), required=False)
    no_fixed_address = forms.BooleanField(label=_("They have no fixed address"), required=False)
    kind = forms.ChoiceField(
        label=_("What is it?"), widget=forms.RadioSelect, initial="lives",
        choices=[("lives", _("Where they live")), ("stays", _("Where they stay for now")),
                 ("works", _("Where they work or learn"))],
    )  # fmt: skip
    from_on = GovDateField(label=_("Since when?"), required=False)
    source = short(_("Who says so?"), help_text=_("For example the adult, the GP record, a neighbour."), required=True)
    confirmed_by = short(_("Who made sure of it, and how?"), help_text=_("Leave empty until somebody has."))
    replaces = forms.BooleanField(
        label=_("This replaces the address recorded before"), required=False,
        help_text=_("If you are not sure, leave it: both stand, and everybody is warned that they conflict."),
    )  # fmt: skip
    protected = keep_it()
    inline: ClassVar[Any] = ()


class RecordNumber(Protecting):
    """A telephone number or an e-mail address, with who gave it."""

    kind = forms.ChoiceField(
        label=_("What is it?"), widget=forms.RadioSelect, initial="mobile",
        choices=[("mobile", _("Mobile")), ("phone", _("Telephone")), ("email", _("E-mail"))],
    )  # fmt: skip
    value = short(_("Number or e-mail address"), required=True)
    source = short(_("Who gave it?"), required=True)
    protected = keep_it()


class RecordHomeEntry(GovForm):
    """How to get in: always protected."""

    words = short(
        _("How do we get in?"), length=300, required=True, help_text=_("A key safe and its code, who holds a key.")
    )
    source = short(_("Who says so?"), required=True)


class Reasons(GovForm):
    """The reasons for what a button does."""

    reasons = forms.CharField(label=_("Your reasons"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class ReleaseOrNot(Reasons):
    """Let it go as it is, or not."""

    answer = forms.ChoiceField(
        label=_("What do you decide?"), widget=forms.RadioSelect,
        choices=[("release", _("Let exactly these words go")), ("decline", _("Do not let them go"))],
    )  # fmt: skip
    field_order = ("answer", "reasons")


HOLDS_SOME = _("This text holds something protected. Take it out, or tick the box below to keep it.")


class WarnsOfProtected(GovForm):
    """A form whose words are looked at before they are kept: do they hold something protected?"""

    looked_at: ClassVar[tuple[str, ...]] = ("words",)

    def __init__(self, *args: Any, sought: list[Sought] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sought = sought or []
        self.fields["keep_words"] = forms.BooleanField(
            label=_("Keep it in this text. It is masked wherever the text is shown, copied or sent"), required=False
        )
        if not (self.sought and self.is_bound and self._holds_some()):
            del self.fields["keep_words"]

    def _holds_some(self) -> bool:
        said = " ".join(self.data.get(self.add_prefix(name), "") for name in self.looked_at)
        return bool(carried_in(said, self.sought))

    def clean(self) -> dict[str, Any]:
        """Warn once; whoever ticks the box goes on."""
        answers: dict[str, Any] = super().clean() or {}
        if "keep_words" in self.fields and not answers.get("keep_words"):
            self.add_error(
                self.looked_at[0],
                _("This text holds something protected. Take it out, or tick the box below to keep it."),
            )
        return answers

    def answers(self) -> dict[str, Any]:
        """What the operation is told."""
        return {name: value for name, value in self.cleaned_data.items() if name != "keep_words"}
