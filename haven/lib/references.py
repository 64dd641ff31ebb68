"""References that people read out, type and write down, and that reveal nothing: no sequence, no date, no place."""

import secrets

# No vowels, so no words; none of 0 O, 1 I L, 5 S, 8 B, U V: pairs that are misread or misheard.
ALPHABET = "234679CDFGHJKMNPQRTWXY"


def random_groups(*lengths: int) -> str:
    """Groups of random characters joined by hyphens, e.g. `random_groups(4, 2)` -> "7K4M-2Q"."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(length)) for length in lengths)


def new_reference(prefix: str) -> str:
    """A new reference such as "AS-7K4M-2QTX".

    Eight characters (22**8, about 5 × 10¹⁰): among 100,000 cases two share one about once in ten such databases, and
    the column's unique constraint refuses the second.
    """
    return f"{prefix}-{random_groups(4, 4)}"


def typed_reference(text: str) -> str:
    """The reference somebody typed, as it is stored: upper case, no spaces, any dash a hyphen."""
    without_spaces = "".join(text.split()).upper()
    return without_spaces.replace("–", "-").replace("—", "-").replace("‑", "-")
