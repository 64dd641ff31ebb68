"""A text as letters and digits alone, each knowing where it stood: so that no spelling hides a word. Pure."""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

_LOOKS = r"(?:\s+(?:class|style|id|lang|dir|face|color|size|x|y|dx|dy)=(?:\"[^\"<>]*\"|'[^'<>]*'))*"
"""Attributes that no reader reads. Any other may hold the value itself, and is looked through."""

_TOKEN = re.compile(
    r"(?P<plain>[A-Za-z0-9]+)"
    r"|(?P<tag></?(?:p|li|div|td|dd|dt)\s*/?>"
    rf"|</?(?i:br|wbr|b|i|u|s|em|strong|mark|span|small|font|bdi|ins|del|tspan)(?i:{_LOOKS})\s*/?>)"
    r"|(?P<entity>&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)"
    r"|(?P<percent>(?:%[0-9A-Fa-f]{2})+)"
    r"|(?P<escape>\\u[0-9a-fA-F]{4}|\\[nrt])"
    r"|(?P<soft>=\r?\n)"
    r"|(?P<quoted>(?:=[C-F][0-9A-F](?:=[89AB][0-9A-F]){1,3})+)"
    r"|(?P<other>[^\x00-\x7f])"
)
_ALIKE = str.maketrans("аеорсхуіԁѕкмтвнјԛԝ" + "ζχοαεηικμνρτυβ", "aeopcxyidskmtbhjqw" + "zxoaehikmnptyb")
"""Letters of other scripts that look the same, as capitals or small."""


@dataclass(frozen=True)
class Squeezed:
    """`letters`: lower case, unaccented, nothing between them. `starts[i]`, `ends[i]`: where letter i stood."""

    letters: str
    starts: list[int]
    ends: list[int]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the letters from `first` up to, not including, `last` stood in the text."""
        return self.starts[first], self.ends[last - 1]

    def is_apart(self, first: int, last: int) -> bool:
        """Whether nothing stands against these letters on either side."""
        before = first == 0 or self.ends[first - 1] < self.starts[first]
        after = last == len(self.letters) or self.ends[last - 1] < self.starts[last]
        return before and after


def squeeze(text: str) -> Squeezed:
    """The text without case, accents, spaces, punctuation, simple mark-up and escapes of the web."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found, at, until in _tokens(text):
        letters.append(found)
        if len(found) == until - at:
            starts.extend(range(at, until))
            ends.extend(range(at + 1, until + 1))
        else:
            starts.extend([at] * len(found))
            ends.extend([until] * len(found))
    return Squeezed("".join(letters), starts, ends)


def squeezed(text: str) -> str:
    """Only the letters."""
    return squeeze(text).letters


def _tokens(text: str) -> Iterator[tuple[str, int, int]]:
    for token in _TOKEN.finditer(text):
        said = token[0].lower() if token.lastgroup == "plain" else _plain(_unescaped(token))
        if said:
            yield said, token.start(), token.end()


def _unescaped(token: re.Match[str]) -> str:
    kind, said = token.lastgroup, token[0]
    if kind == "entity":
        return html.unescape("&" + said[1:].replace("amp;", ""))
    if kind == "quoted":
        said, kind = said.replace("=", "%"), "percent"
    if kind == "percent":
        return unquote_to_bytes(said).decode("utf-8", "replace")
    if kind == "escape" and said[1] == "u":
        return chr(int(said[2:], 16))
    return said if kind == "other" else ""


def _plain(said: str) -> str:
    """Letters and digits of any script in the form they are compared in."""
    apart = unicodedata.normalize("NFKD", said.casefold())
    return "".join(character for character in apart if character.isalnum()).translate(_ALIKE)
