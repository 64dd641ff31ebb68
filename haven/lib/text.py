"""Names made comparable, and sources as a reader is shown them."""

import re
import unicodedata

LOCAL = "Local procedure"
_MARK = r"(?:PR|TR|[FRST])-\d+"
_MARKS = rf"{_MARK}(?:\s*[,…]\s*{_MARK})*"
_IN_BRACKETS = re.compile(rf"\s*\({_MARKS}\)")
_ALONE = re.compile(rf"(?:\b(?:catalogue|practice)\s+)?\b{_MARKS}:?\s*", re.IGNORECASE)


def normalise(name: str) -> str:
    """The name in lower case, without accents, with single spaces: "  Zoë  O'Néill " -> "zoe o'neill"."""
    apart = unicodedata.normalize("NFKD", name.casefold().replace("’", "'"))
    unaccented = "".join(character for character in apart if not unicodedata.combining(character))
    return " ".join(unaccented.split())


def cited(source: str) -> str:
    """A source in words, without the marks that only the builders' lists explain: "Care Act 2014 s42(2); PR-12"
    -> "Care Act 2014 s42(2)". Where nothing but such marks is left it is local procedure.
    """
    parts = (_ALONE.sub("", _IN_BRACKETS.sub("", part)).strip() for part in source.split(";"))
    said = "; ".join(part for part in parts if part)
    return said[:1].upper() + said[1:] if said else LOCAL
