"""A text that was shown masked comes back whole."""

import pytest

from haven.lib.masking import MARK, put_back

WAS = "Seen at 14 Larch Terrace on Friday. She is calm. Ring 07700 900123 after six."
SHOWN = f"Seen at {MARK} on Friday. She is calm. Ring {MARK} after six."


def test_a_text_left_as_it_was_comes_back_whole() -> None:
    assert put_back(SHOWN, WAS) == WAS


def test_what_was_changed_around_it_is_kept() -> None:
    changed = SHOWN.replace("She is calm.", "She was afraid.")
    assert put_back(changed, WAS) == WAS.replace("She is calm.", "She was afraid.")


@pytest.mark.parametrize("typed", [f"All new {MARK} words", f"{MARK}{MARK}", f"on Friday {MARK} x {MARK} Ring"])
def test_what_cannot_be_told_is_not_guessed(typed: str) -> None:
    assert put_back(typed, WAS) is None
