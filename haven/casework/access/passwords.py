"""Which passwords are refused: those that a machine would guess soon. Nobody is made to change a good one.

National Cyber Security Centre, "Password administration for system owners": no forced rotation, refuse common ones.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from zxcvbn import zxcvbn  # type: ignore[import-untyped]

from haven.casework.access.models import Authority

LEAST = 3
"""Of zxcvbn's 0 to 4: about a hundred million guesses or more."""

READ = 72
"""Characters looked at: zxcvbn's work grows with the length, and what is longer is hard enough."""


class HardToGuess:
    """Refuses a password that zxcvbn guesses in fewer than 10⁸ tries, knowing names, addresses and authorities."""

    def validate(self, password: str, user: Any = None) -> None:
        if zxcvbn(password[:READ], user_inputs=_known_about(user))["score"] < LEAST:
            raise ValidationError(
                _("This password could be guessed. Use four or more words that have nothing to do with one another."),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return str(gettext_lazy("Four or more words that have nothing to do with one another make a good password."))


def _known_about(user: Any) -> list[str]:
    """What a guesser would try first: the person's name and address, and the councils here."""
    said = [getattr(user, "name", ""), getattr(user, "email", ""), *Authority.objects.values_list("name", flat=True)]
    return ["haven", "safeguarding", *(word for words in said for word in re.split(r"[\W_]+", words) if word)]
