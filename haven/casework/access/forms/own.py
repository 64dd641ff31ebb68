"""What is asked on the pages before and around signing in."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haven.design.forms import GovForm


class Unlock(GovForm):
    """Password and code, to unlock the screen."""

    mark_optional = False

    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=gettext_lazy("Code from your authenticator app"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


class ChoosePassword(GovForm):
    """A password, twice."""

    mark_optional = False

    password = forms.CharField(
        label=gettext_lazy("Password"),
        help_text=gettext_lazy(
            "At least 12 characters. Four or more words that have nothing to do with one another are easy to remember. "
            "You will not be made to change it."
        ),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, whose: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whose = whose

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.whose)
        return password

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise ValidationError(_("The two passwords are not the same. Type them again."))
        return again


class WhichCouncil(GovForm):
    """The address whose ending says which council's sign-in it is."""

    mark_optional = False

    email = forms.EmailField(
        label=gettext_lazy("Your work e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
