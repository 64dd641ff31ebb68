"""What a protected value may look like once it is written down: patterns over squeezed text (lib/squeezing). Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from haven.lib.squeezing import squeezed

STREET_TYPES = {
    "street": "str?(?:eet)?", "road": "r(?:oa)?d", "avenue": "ave?(?:nue)?", "lane": "l(?:a)?ne?",
    "close": "cl(?:ose)?", "crescent": "cres(?:cent)?", "gardens": "g(?:ar)?de?ns", "court": "c(?:our)?t",
    "drive": "dr(?:ive)?", "place": "pl(?:ace)?", "square": "sq(?:uare)?", "grove": "gro?(?:ve)?",
    "terrace": "terr(?:ace)?|tce",
    "house": "h(?:ou)?se", "row": "row", "mews": "mews", "way": "way", "walk": "walk", "hill": "hill", "park": "park",
    "view": "view", "green": "green", "rise": "rise", "parade": "parade", "lodge": "lodge",
    "buildings": "b(?:ui)?ldi?n?gs", "wharf": "wharf", "quay": "quay", "yard": "yard", "gate": "gate",
    "broadway": "broadway",
}  # fmt: skip
"""Kinds of street, each with the ways it is shortened."""

SHORT = {"st": "street", "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane", "cl": "close", "cres": "crescent",
         "gdns": "gardens", "ct": "court", "dr": "drive", "pl": "place", "sq": "square", "gr": "grove",
         "terr": "terrace", "tce": "terrace", "hse": "house", "bldgs": "buildings"}  # fmt: skip

EVERYWHERE = frozenset(
    "high station church main london park victoria green manor kings queens king queen new mill the west north south "
    "east school grange springfield windsor albert york chapel broad bridge alexandra".split()
)
"""Names of streets that every town has: alone they give nobody away; with the number of the house they do."""

LITTLE = frozenset(
    "a an and at by day care flat from gp her herself him his home hospital house in is mobile near not of on or out "
    "own phone place room school she sister brother mother father daughter son niece nephew friend neighbour staying "
    "still surgery the their them there to town up ward with work known now no number ring text email".split()
)
"""Words that by themselves say nothing of where somebody is."""

POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?:flat|apartment|apt|unit|room)?\s*(\d{1,4}\s?[a-z]?)\b[\s,.-]+(?=\D)(.+)$", re.IGNORECASE)
_TELEPHONE = re.compile(r"(?:\+|00)?\d[\d\s().–-]{7,18}\d")
_TITLES = "(?:mr|mrs|ms|miss|mx|dr|sister|nurse|pc|rev)"
LOOKS_LIKE_DIGITS = str.maketrans("oil", "011")


@dataclass(frozen=True)
class Spelling:
    """One form: which part of the value it is, its pattern, and whether it must stand apart from what is beside it."""

    part: str
    pattern: re.Pattern[str]
    apart: bool = True
    as_digits: bool = False
    needle: str = ""
    """Letters that stand in every match: looked for first, for that is quick."""


def spellings_of(kind: str, text: str) -> list[Spelling]:
    """Every form this value may be written in. A value too short to be told from anything has none."""
    return list({form.pattern.pattern: form for form in _MAKERS.get(kind, _words)(text)}.values())


def _form(part: str, pattern: str, needle: str = "", *, apart: bool = True, as_digits: bool = False) -> Spelling:
    return Spelling(part, re.compile(pattern), apart, as_digits, needle or (pattern if pattern.isalnum() else ""))


def _address(text: str) -> Iterator[Spelling]:
    """The postcode; house and street; the street alone where it is distinctive; the name of the house; all of it."""
    yield from _where(text)
    whole = squeezed(text)
    if len(whole) >= 6 and not _says_little(text):
        yield _form("whole", re.escape(whole))


def _reach(text: str) -> Iterator[Spelling]:
    """Words that say how somebody is reached: the numbers, addresses and streets in them, not the words."""
    yield from (form for form in _where(text) if form.part != "place")
    for found in re.finditer(r"\S+@\S+\w", text):
        yield from _email(found[0])


def _where(text: str) -> Iterator[Spelling]:
    for found in POSTCODE.finditer(text):
        code = squeezed(found[0])
        yield _form("postcode", code, apart=len(code) < 6)
    pieces = [piece.strip() for piece in re.split(r"[,;\n]", POSTCODE.sub(",", text)) if piece.strip()]
    pieces = _joined(pieces)
    for place, piece in enumerate(pieces):
        yield from _piece(piece, is_town=0 < place == len(pieces) - 1)
    yield from _telephone(text)


def _says_little(words: str) -> bool:
    """“At home with her sister” is nobody's address."""
    return {squeezed(word) for word in words.split()} <= LITTLE


def _joined(pieces: list[str]) -> list[str]:
    """“14, Larch Terrace” is one piece: a bare number belongs to what follows it."""
    joined: list[str] = []
    for piece in pieces:
        if joined and re.fullmatch(r"\d{1,4}\s?[A-Za-z]?", joined[-1]):
            piece = f"{joined.pop()} {piece}"
        joined.append(piece)
    return joined


def _piece(piece: str, *, is_town: bool) -> Iterator[Spelling]:
    numbered = _NUMBERED.match(piece)
    number, name = (squeezed(numbered[1]), numbered[2]) if numbered else ("", piece)
    core, street = _street(name)
    if number and street:
        yield from _house(number, core, street)
    if street and core not in EVERYWHERE and len(core) > 3:
        yield _form("street", street, core)
    elif not street and not is_town and len(squeezed(piece)) >= 6 and not _says_little(piece):
        yield _form("place", re.escape(squeezed(piece)))
        if number:
            yield _form("house and street", re.escape(number + squeezed(name)))


def _house(number: str, core: str, street: str) -> Iterator[Spelling]:
    """The number before the street, or after it."""
    yield _form("house and street", rf"(?<!\d){number}{street}", core, apart=False)
    yield _form("house and street", rf"{street}(?:n|no|nr|num|number|house)?{number}(?!\d)", core)
    if len(core) > 3:
        yield _form("house and street", rf"(?<!\d){number}{re.escape(core)}", core, apart=False)


def _street(name: str) -> tuple[str, str]:
    """The name without its kind (“larch”), and the pattern of both however shortened; nothing where it is no street."""
    words = [squeezed(word) for word in name.split() if squeezed(word)]
    ends = [place for place, word in enumerate(words) if place and SHORT.get(word, word) in STREET_TYPES]
    if not ends:
        return "", ""
    kind = SHORT.get(words[ends[0]], words[ends[0]])
    core = "".join(words[: ends[0]])
    return core, re.escape(core) + f"(?:{STREET_TYPES[kind]})"


def _telephone(text: str) -> Iterator[Spelling]:
    """However it is spaced, with 0, +44 or 0044 before it; and its last six digits alone."""
    for found in _TELEPHONE.finditer(text):
        core = core_number(found[0])
        if len(core) >= 7:
            yield _form("number", rf"(?:0{{0,2}}44)?0?{core}", core, apart=False, as_digits=True)
            yield _form("number", rf"(?<!\d){core[-6:]}(?!\d)", core[-6:], as_digits=True)


def core_number(text: str) -> str:
    """A telephone number's digits without what is dialled before them: “+44 (0)7700 900123” -> “7700900123”."""
    digits = "".join(filter(str.isdecimal, text))
    return digits.removeprefix("00").removeprefix("44").lstrip("0")


def _email(text: str) -> Iterator[Spelling]:
    """Also with “at” and “dot” written out."""
    local, _, domain = text.strip().partition("@")
    if domain:
        dotted = "(?:dot)?".join(re.escape(squeezed(part)) for part in domain.split(".") if part)
        yield _form("e-mail", re.escape(squeezed(local)) + "(?:at)?" + dotted, apart=False)
    elif len(squeezed(text)) >= 6:
        yield _form("e-mail", re.escape(squeezed(text)))


def _number(text: str) -> Iterator[Spelling]:
    yield from _email(text) if "@" in text else _telephone(text)


def _code(text: str) -> Iterator[Spelling]:
    """A code of a key safe or door. One that reads as a year counts only beside a word for it."""
    for code in re.findall(r"(?<![A-Z\d])[A-Z]?\d(?:[ *#]?\d){2,9}[A-Z]?(?![A-Z\d])", text.upper()):
        plain = squeezed(code)
        if re.fullmatch(r"(?:19|20)\d\d", plain):
            yield _form("code", rf"(?:code|safe|key|pad|door|entry|gate)(?:is|no|number|code)*{plain}", apart=False)
        elif len(plain) >= 4:
            yield _form("code", plain)


def _name(text: str) -> Iterator[Spelling]:
    """The full name either way round, an initial or a title with the family name; what is in the next pieces whole."""
    for piece in filter(None, (part.strip() for part in re.split(r"[,;\n]", text))):
        yield from _number(piece) if re.search(r"@|\d{4}", piece) else _named(piece)


def _named(piece: str) -> Iterator[Spelling]:
    words = [squeezed(word) for word in re.split(r"\s+", piece) if squeezed(word)]
    if words and re.fullmatch(_TITLES, words[0]):
        words = words[1:]
    if len(words) < 2:
        if words and len(words[0]) >= 6:
            yield _form("name", re.escape(words[0]))
        return
    first, last = re.escape(words[0]), re.escape(words[-1])
    whole = "".join(map(re.escape, words))
    yield _form("name", whole)
    yield _form("name", f"{first}[a-z]?{last}", last)
    yield _form("name", f"{last}{first}")
    if len(words) == 2 and len(last) >= 3:
        yield _form("name", f"(?:{_TITLES}|{first[0]}){last}", last)


def _words(text: str) -> Iterator[Spelling]:
    if len(squeezed(text)) >= 5:
        yield _form("words", re.escape(squeezed(text)))


_MAKERS: dict[str, Callable[[str], Iterator[Spelling]]] = {
    "address": _address,
    "whereabouts": _address,
    "place": _address,
    "number": _number,
    "home_entry": _code,
    "referrer": _name,
    "former_name": _name,
    "reach": _reach,
}
