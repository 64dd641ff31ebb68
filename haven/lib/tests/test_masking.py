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


@pytest.mark.parametrize(
    "typed",
    [
        f"at {MARK}a",
        f"at {MARK}e",
        f"7{MARK}1 after six.",
        f"14 L{MARK}c",
        f"Ring 0{MARK}3",
        f"Seen at {MARK}T",
        f"at {MARK}7{MARK}x",
        f"Seen at {MARK}r{MARK}h Terrace",
    ],
)
def test_trying_letters_beside_a_mark_tells_nothing_of_what_is_behind_it(typed: str) -> None:
    assert put_back(typed, WAS) is None
