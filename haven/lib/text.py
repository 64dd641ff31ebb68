"""Names made comparable."""

import unicodedata


def normalise(name: str) -> str:
    """The name in lower case, without accents, with single spaces: "  Zoë  O'Néill " -> "zoe o'neill"."""
    apart = unicodedata.normalize("NFKD", name.casefold().replace("’", "'"))
    unaccented = "".join(character for character in apart if not unicodedata.combining(character))
    return " ".join(unaccented.split())
